import {compare, isPositive, money, zero, type Money} from '../../domain/money.ts';
import {cardLines} from '../card-lines.ts';
import type {BuyOutcome, BuyRequest, FollowOutcome} from '../port.ts';
import {placeholderFor, topUpDone, topUpUnderWay} from '../top-up.ts';
import {currency, type OrderRow} from './answers.ts';

/** Source: the fact sheet's table of states; all others are under way. */
const status = {cardsDone: 1, unpaid: 2, failed: 4, done: 5} as const;

/** Of `refundstatus`: all, a part, all by the way it was paid. `3` is marked only, and no money has moved. */
const refundedStates: ReadonlySet<number> = new Set([1, 2, 4]);

/** What an order, read after it was bought or found again, makes of the purchase. */
export function outcomeOf(row: OrderRow, {delivery}: Pick<BuyRequest, 'delivery'>): BuyOutcome {
  const {orderno: orderId} = row;
  const charged = chargedFor(row);
  const code = String(row.status);
  const placeholder = placeholderFor(delivery);
  switch (row.status) {
    case status.unpaid:
      return {kind: 'refused', reason: 'other', text: `Order ${orderId} was not paid from the wallet.`, code};
    case status.failed: {
      // Failed is not paid back: only money that has come back, to the last cent, was never spent.
      const isPaidBack = isPositive(charged) && compare(refundedOf(row), charged) >= 0;
      return isPaidBack
        ? {kind: 'refused', reason: 'other', text: describe(row), code}
        : {kind: 'charged_without_goods', orderId, charged, text: describe(row)};
    }
  }
  const secret = secretOf(row, placeholder);
  if (secret === undefined) return {kind: 'accepted', orderId, charged, placeholder};
  const expiresAt = endOf(row);
  return {kind: 'delivered', orderId, charged, secret, ...(expiresAt !== undefined && {expiresAt})};
}

/** What an accepted order says by now. */
export function progressOf(row: OrderRow, placeholder: string): FollowOutcome {
  const refunded = refundedOf(row);
  const text = describe(row);
  switch (row.status) {
    case status.unpaid:
      return {kind: 'absent', text};
    case status.failed:
      return isPositive(refunded) ? {kind: 'refunded', refunded, text} : {kind: 'absent', text};
  }
  const secret = secretOf(row, placeholder);
  if (secret !== undefined) return {kind: 'delivered', secret, ...(isPositive(refunded) && {refunded})};
  if (isPositive(refunded)) return {kind: 'refunded', refunded, text};
  return row.status === status.done
    ? {kind: 'absent', text: `${text} Nothing was handed over with it.`}
    : {kind: 'pending', text};
}

export function chargedFor({money: charged}: Pick<OrderRow, 'money'>): Money {
  return money(charged, currency);
}

/** What has come back. An amount that only stands there, without a state that says so, has not. */
export function refundedOf({refundstatus, refundmoney}: OrderRow): Money {
  return refundedStates.has(refundstatus) ? money(refundmoney, currency) : zero(currency);
}

/** `cards` goes before the lines for display, which older platforms have alone. */
function secretOf(row: OrderRow, placeholder: string): string | undefined {
  if (row.status !== status.done && row.status !== status.cardsDone) return undefined;
  const cards = cardLines(row.cards.map(({card_no: number, card_pwd: password}) => ({number, password})));
  const secret = cards ?? displayedCards(row.cardlist);
  if (secret !== undefined) return secret;
  const isDoneTopUp = placeholder === topUpUnderWay && row.status === status.done;
  return isDoneTopUp ? topUpDone(row.receipt) : undefined;
}

/**
 * Lines for display: a label, and perhaps a carriage return. A label before a single code is taken off; labels with
 * nothing behind them are no card.
 */
function displayedCards(lines: readonly string[]): string | undefined {
  const cards = lines.map(line => line.trim()).filter(line => !/^(?:(?:卡号|卡密|密码)[:：]\s*)*$/.test(line));
  const codes = cards.map(line => /^(?:卡号|卡密)[:：]\s*(\S+)$/.exec(line)?.[1] ?? line);
  return codes.length === 0 ? undefined : codes.join('\n');
}

/** When the first of the cards ends, in epoch milliseconds. */
function endOf({cards}: OrderRow): number | undefined {
  const ends = cards.map(({card_expire_at: at}) => at ?? '').filter(at => /^[1-9]\d{0,11}$/.test(at));
  return ends.length === 0 ? undefined : Math.min(...ends.map(Number)) * 1000;
}

/** The words of an order that did not fail are what a buyer gets, and are told to nobody else. */
function describe(row: OrderRow): string {
  const said = row.status === status.failed ? [row.receipt, row.refundreceipt] : [];
  const words = said.map(text => text.trim()).filter(text => text !== '');
  const state = `Order ${row.orderno} has status ${row.status} and refund status ${row.refundstatus}; ${row.refundmoney} of ${row.money} is named as paid back.`;
  return [state, ...words.map(text => text.slice(0, 200))].join(' ');
}
