import {
  add,
  compare,
  isPositive,
  isZero,
  percentOf,
  round,
  share,
  subtract,
  zero,
  type Money,
} from '../../domain/money.ts';
import type {CommissionRule} from './good.ts';
import type {PlatformOrder} from './platform-order.ts';
import {yuan} from './wallets.ts';

/** How the money of one order is divided. `commission`, `owed` and `open` together are what the merchant paid net. */
export interface Settlement {
  /** What the merchant paid, less what was paid back. */
  readonly net: Money;
  /** What the platform keeps. */
  readonly commission: Money;
  /** What the platform owes the supplier. */
  readonly owed: Money;
  /** Paid for goods that were not handed over: nobody's yet. */
  readonly open: Money;
}

/**
 * Settles an order by the rule it was sold under, piece by piece: each piece has its part of the price, to the cent, and
 * the commission on it is rounded to the cent. What was paid back lowers the price of every piece alike, so that platform
 * and supplier bear a refund in the proportion in which they earned.
 */
export function settle(order: PlatformOrder): Settlement {
  const nothing = zero(order.amount.currency);
  const net = order.refunded ? subtract(order.amount, order.refunded) : order.amount;
  if (order.state !== 'delivered') return {net, commission: nothing, owed: nothing, open: net};
  let commission = nothing;
  let settled = nothing;
  for (let piece = 1; piece <= order.quantity; piece += 1) {
    const upTo = share(net, piece, order.quantity);
    commission = add(commission, commissionOn(subtract(upTo, settled), order.commission ?? {}));
    settled = upTo;
  }
  return {net, commission, owed: subtract(net, commission), open: nothing};
}

/** The commission on one piece, to the cent and never more than the piece brought in. */
export function commissionOn(price: Money, {percent, fixed}: CommissionRule): Money {
  if (isZero(price)) return price;
  const part = percent === undefined ? zero(price.currency) : round(percentOf(price, percent), 'nearest');
  const whole = fixed === undefined ? part : add(part, round(yuan(fixed), 'nearest'));
  const most = isPositive(price) ? round(price, 'down') : zero(price.currency);
  return compare(whole, most) > 0 ? most : whole;
}
