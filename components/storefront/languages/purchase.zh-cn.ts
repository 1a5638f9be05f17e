import {checkoutZhCN} from '../checkout/checkout.zh-cn.ts';
import {couponFieldZhCN} from '../cart/coupon-field/coupon-field.zh-cn.ts';
import {keyRevealZhCN} from '../key-reveal/key-reveal.zh-cn.ts';
import {orderZhCN} from '../order/order.zh-cn.ts';

/** What is said from the checkout on. */
export const words = {
  checkout: checkoutZhCN,
  'coupon-field': couponFieldZhCN,
  order: orderZhCN,
  'key-reveal': keyRevealZhCN,
};
