import {compare, isPositive, money, type Money} from '../../domain/money.ts';
import {cardLines} from '../card-lines.ts';
import type {BuyOutcome, FollowOutcome} from '../port.ts';
import {topUpDone, topUpUnderWay} from '../top-up.ts';
import {currency, type OrderRow} from './answers.ts';

/** What an order is to bring: a top-up, or cards. */
export type Expected =
  | {readonly kind: 'top_up'}
  /** Each piece is `multiple` cards. */
  | {readonly kind: 'cards'; readonly pieces: number; readonly multiple: number}
  /** Nobody remembers. */
  | {readonly kind: 'anything'};

/** Source: the fact sheet's table of orders. */
const status = {unpaid: 0, done: 3, withdrawn: 4, refunded: 5} as const;
/** Cards that are void, or about to be. */
const voidCards: ReadonlySet<number> = new Set([2, 4]);

/** Orders do not say what they are to bring; the text they are accepted with is what keeps it. */
export function placeholderFor(expected: Expected): string {
  switch (expected.kind) {
    case 'top_up':
      return topUpUnderWay;
    case 'cards':
      return `待发货：${expected.pieces}×${expected.multiple} 张卡密`;
    case 'anything':
      return '';
  }
}

export function expectedBy(placeholder: string): Expected {
  if (placeholder === topUpUnderWay) return {kind: 'top_up'};
  const [, pieces, multiple] = /^待发货：(\d+)×(\d+) 张卡密$/.exec(placeholder) ?? [];
  return pieces && multiple ? {kind: 'cards', pieces: Number(pieces), multiple: Number(multiple)} : {kind: 'anything'};
}

/** What an order, read after it was bought or found again by its reference, makes of the purchase. */
export function outcomeOf(row: OrderRow, expected: Expected): BuyOutcome {
  const {charged, refunded} = amountsOf(row);
  const code = String(row.status);
  const text = `Order ${row.orderNumber} has status ${code}; ${refunded.amount} of ${charged.amount} was paid back.`;
  const orderId = row.orderNumber;
  const unclear = {kind: 'unknown', reason: 'ambiguous_refusal', text, code} as const;
  switch (row.status) {
    case status.unpaid:
      return {...unclear, text: `${text} It was not paid from the wallet.`};
    case status.withdrawn:
    case status.refunded: {
      // Whatever was charged has come back, to the last cent; cards that are still listed are void.
      if (isPositive(charged) && compare(refunded, charged) === 0)
        return {kind: 'refused', reason: 'other', text, code};
      if (row.status === status.withdrawn || !isPositive(refunded)) return unclear;
      const left = secretOf(row, expected);
      return left.kind === 'goods'
        ? {kind: 'delivered', orderId, charged, secret: left.secret}
        : {kind: 'bought_unreadable', text: `${text} ${left.text}`};
    }
    case status.done: {
      const found = secretOf(row, expected);
      if (found.kind === 'goods') {
        const note = row.cards.length > 0 ? row.result.trim() : '';
        return {kind: 'delivered', orderId, charged, secret: found.secret, ...(note !== '' && {note})};
      }
      if (found.kind === 'unclear') return {kind: 'bought_unreadable', text: `${text} ${found.text}`};
      break;
    }
  }
  return {kind: 'accepted', orderId, charged, placeholder: placeholderFor(expected)};
}

/** What an accepted order says by now. While money is asked back, nobody can say whether its cards will hold. */
export function progressOf(row: OrderRow, placeholder: string): FollowOutcome {
  const {charged, refunded} = amountsOf(row);
  const text = `The order has status ${row.status}; ${refunded.amount} of ${charged.amount} was paid back.`;
  const isBack = isPositive(refunded);
  const said = isPositive(charged) ? {charged} : {};
  switch (row.status) {
    case status.withdrawn:
      return isBack ? {kind: 'refunded', refunded, ...said, text} : {kind: 'absent', text};
    case status.refunded: {
      if (!isBack) return {kind: 'absent', text: `${text} How much came back, it does not say.`};
      const left = secretOf(row, expectedBy(placeholder));
      return compare(refunded, charged) < 0 && left.kind === 'goods'
        ? {kind: 'delivered', secret: left.secret, refunded, ...said}
        : {kind: 'refunded', refunded, ...said, text};
    }
    case status.done: {
      const found = secretOf(row, expectedBy(placeholder));
      return found.kind === 'goods'
        ? {kind: 'delivered', secret: found.secret, ...said, ...(isBack && {refunded})}
        : {kind: 'absent', text: found.text};
    }
    default:
      return {kind: 'pending', text};
  }
}

function amountsOf(row: OrderRow): {readonly charged: Money; readonly refunded: Money} {
  return {charged: money(row.money, currency), refunded: money(row.retMoney, currency)};
}

type Secret =
  | {readonly kind: 'goods'; readonly secret: string}
  /** `unclear`: something is there, but what of it belongs to which piece cannot be told. */
  | {readonly kind: 'nothing' | 'unclear'; readonly text: string};

/** What was handed over and still holds. */
function secretOf(row: OrderRow, expected: Expected): Secret {
  const good = row.cards.filter(card => !voidCards.has(card.status));
  const secret = cardLines(good.map(({cardNo: number, cardPwd: password}) => ({number, password})));
  if (secret === undefined) {
    return expected.kind === 'top_up' && row.cards.length === 0
      ? {kind: 'goods', secret: topUpDone(row.result)}
      : {kind: 'nothing', text: 'Nothing was handed over with it that holds.'};
  }
  // By lines alone it would look complete with one card of two missing from a piece.
  const count = secret.split('\n').length;
  if (expected.kind === 'cards' && expected.multiple > 1 && count < expected.pieces * expected.multiple) {
    const wanted = expected.pieces * expected.multiple;
    return {kind: 'unclear', text: `${count} of ${wanted} cards came, ${expected.multiple} of which are one piece.`};
  }
  return {kind: 'goods', secret};
}
