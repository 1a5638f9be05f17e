import {compare, isPositive, money, type Money} from '../../domain/money.ts';
import {cardLines} from '../card-lines.ts';
import type {BuyOutcome, BuyRequest, FollowOutcome} from '../port.ts';
import {placeholderFor, topUpDone, topUpUnderWay} from '../top-up.ts';
import {currency, type OrderRow} from './answers.ts';

/** Source: the fact sheet's table of `order/info`. */
const status = {unpaid: -1, done: 3, calledOff: 4, refunded: 5} as const;

/** What an order, read after it was bought or found again by its reference, makes of the purchase. */
export function outcomeOf(row: OrderRow, {delivery}: Pick<BuyRequest, 'delivery'>): BuyOutcome {
  const {charged, refunded} = amountsOf(row);
  const code = String(row.status);
  const text = `Order ${row.ordersn} has status ${code}; ${refunded.amount} of ${charged.amount} was paid back.`;
  switch (row.status) {
    case status.unpaid:
      return {kind: 'unknown', reason: 'ambiguous_refusal', text: `${text} It was not paid from the wallet.`, code};
    case status.calledOff:
    case status.refunded:
      // Whatever was charged has come back, to the last cent; cards that are still listed are void.
      if (isPositive(charged) && compare(refunded, charged) === 0)
        return {kind: 'refused', reason: 'other', text, code};
      return row.status === status.refunded
        ? {kind: 'bought_unreadable', text: `${text} Which of its cards are void, it does not say.`}
        : {kind: 'unknown', reason: 'ambiguous_refusal', text, code};
    case status.done: {
      const secret = secretOf(row, delivery === 'manual');
      if (secret === undefined) break;
      const note = cardsOf(row) === undefined ? '' : row.recharge_hints.trim();
      return {kind: 'delivered', orderId: row.ordersn, charged, secret, ...(note !== '' && {note})};
    }
  }
  return {kind: 'accepted', orderId: row.ordersn, charged, placeholder: placeholderFor(delivery)};
}

/** What an accepted order says by now. */
export function progressOf(row: OrderRow, placeholder: string): FollowOutcome {
  const {charged, refunded} = amountsOf(row);
  const text = `The order has status ${row.status}; ${refunded.amount} of ${charged.amount} was paid back.`;
  switch (row.status) {
    case status.calledOff:
    case status.refunded:
      // A list of cards may still be there. They may be dead, so nobody gets them.
      return isPositive(refunded) ? {kind: 'refunded', refunded, text} : {kind: 'absent', text};
    case status.done: {
      const secret = secretOf(row, placeholder === topUpUnderWay);
      return secret === undefined
        ? {kind: 'absent', text: 'The order is done, and nothing was handed over with it.'}
        : {kind: 'delivered', secret};
    }
    default:
      return {kind: 'pending', text};
  }
}

function amountsOf(row: OrderRow): {readonly charged: Money; readonly refunded: Money} {
  return {charged: money(row.total_price, currency), refunded: money(row.has_back_money, currency)};
}

function secretOf(row: OrderRow, isTopUp: boolean): string | undefined {
  return cardsOf(row) ?? (isTopUp || row.recharge_info.length > 0 ? topUpDone(row.recharge_hints) : undefined);
}

function cardsOf({card_list: cards}: OrderRow): string | undefined {
  return cardLines(cards.map(({card_no: number, card_password: password}) => ({number, password})));
}
