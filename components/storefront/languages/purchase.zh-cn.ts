import {checkoutZhCN} from '../checkout/checkout.zh-cn.ts';
import {couponFieldZhCN} from '../cart/coupon-field/coupon-field.zh-cn.ts';
import {keyRevealZhCN} from '../key-reveal/key-reveal.zh-cn.ts';
import {orderZhCN} from '../order/order.zh-cn.ts';
import {orderListZhCN} from '../order-list/order-list.zh-cn.ts';
import {orderLookupZhCN} from '../order-lookup/order-lookup.zh-cn.ts';
import {ticketZhCN} from '../ticket/ticket.zh-cn.ts';

/** What is said from the checkout on: of buying, of orders, their keys, and what was wrong with them. */
export const words = {
  checkout: checkoutZhCN,
  'coupon-field': couponFieldZhCN,
  order: orderZhCN,
  'key-reveal': keyRevealZhCN,
  'order-list': orderListZhCN,
  'order-lookup': orderLookupZhCN,
  ticket: ticketZhCN,
};
