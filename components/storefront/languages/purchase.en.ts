import {checkoutEn} from '../checkout/checkout.en.ts';
import {couponFieldEn} from '../cart/coupon-field/coupon-field.en.ts';
import {keyRevealEn} from '../key-reveal/key-reveal.en.ts';
import {orderEn} from '../order/order.en.ts';
import {orderListEn} from '../order-list/order-list.en.ts';
import {orderLookupEn} from '../order-lookup/order-lookup.en.ts';
import {ticketEn} from '../ticket/ticket.en.ts';
import type {words as zhCN} from './purchase.zh-cn.ts';

export const words: typeof zhCN = {
  checkout: checkoutEn,
  'coupon-field': couponFieldEn,
  order: orderEn,
  'key-reveal': keyRevealEn,
  'order-list': orderListEn,
  'order-lookup': orderLookupEn,
  ticket: ticketEn,
};
