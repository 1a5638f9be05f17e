import {afterDiscount} from '../../domain/coupon.ts';
import {share, subtract, type Money} from '../../domain/money.ts';
import type {OrderLineRecord} from '../persistence/records.ts';

/** What the buyer paid for `failed` more pieces of a line; all its pieces together come to exactly what they paid for it. */
export function paidFor(
  {total, discount, quantity}: Pick<OrderLineRecord, 'total' | 'discount' | 'quantity'>,
  failedBefore: number,
  failed: number,
): Money {
  const paid = afterDiscount(total, discount);
  return subtract(share(paid, failedBefore + failed, quantity), share(paid, failedBefore, quantity));
}
