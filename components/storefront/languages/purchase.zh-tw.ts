import {checkoutZhTW} from '../checkout/checkout.zh-tw.ts';
import {couponFieldZhTW} from '../cart/coupon-field/coupon-field.zh-tw.ts';
import {keyRevealZhTW} from '../key-reveal/key-reveal.zh-tw.ts';
import {orderZhTW} from '../order/order.zh-tw.ts';
import {orderListZhTW} from '../order-list/order-list.zh-tw.ts';
import {orderLookupZhTW} from '../order-lookup/order-lookup.zh-tw.ts';
import {ticketZhTW} from '../ticket/ticket.zh-tw.ts';
import type {words as zhCN} from './purchase.zh-cn.ts';

export const words: typeof zhCN = {
  checkout: checkoutZhTW,
  'coupon-field': couponFieldZhTW,
  order: orderZhTW,
  'key-reveal': keyRevealZhTW,
  'order-list': orderListZhTW,
  'order-lookup': orderLookupZhTW,
  ticket: ticketZhTW,
};
