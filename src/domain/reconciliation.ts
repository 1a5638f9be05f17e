import {compare, isPositive, isZero, subtract, sum, type Money} from './money.ts';

/**
 * By what an outcome became known. `answer`: what the purchase itself was answered with; `follow`: the accepted order was
 * read; after a lost answer `query`: found under our reference, `replay`: the first answer was given again, `repeat`: the
 * same reference was sent again and the platform guards it; `person`: somebody decided.
 */
export type SettlementMeans = 'answer' | 'follow' | 'query' | 'replay' | 'repeat' | 'person';

/**
 * `certain`: the platform says so of this very purchase; `implied`: it follows from what the platform does with a reference
 * that it has seen; `judged`: a person looked at the evidence.
 */
export type Confidence = 'certain' | 'implied' | 'judged';

export interface Settlement {
  readonly means: SettlementMeans;
  readonly confidence: Confidence;
}

export function settledBy(means: SettlementMeans): Settlement {
  return {means, confidence: means === 'person' ? 'judged' : means === 'repeat' ? 'implied' : 'certain'};
}

/**
 * What lies around a purchase whose answer is lost. It helps a person to judge. It never settles anything by itself: other
 * people spend from the same wallet, and a list may lag behind.
 */
export interface Hint {
  readonly means: 'order_list' | 'balance';
  readonly says: 'bought' | 'not_bought' | 'unclear';
  /** What was seen, for people. */
  readonly text: string;
}

export interface BalanceChange {
  readonly before: Money;
  readonly now: Money;
  /** What the lost purchase would have cost. */
  readonly expected: Money;
  /** What other purchases of this shop cost there meanwhile, as far as that is known. */
  readonly explained: readonly Money[];
  /** Other purchases went out meanwhile of which nobody knows what they cost. */
  readonly isBlurred: boolean;
}

/** What the wallet lost, beside what the shop knows it spent. */
export function readBalanceChange({before, now, expected, explained, isBlurred}: BalanceChange): Hint {
  const spent = sum(explained, before.currency);
  const gone = subtract(before, now);
  const left = subtract(gone, spent);
  const beside = isPositive(spent) ? `, of which ${spent.amount} went into other purchases` : '';
  return {
    means: 'balance',
    says: isBlurred ? 'unclear' : says(),
    text: `Since it was sent, the balance went down by ${gone.amount} ${gone.currency}${beside}`,
  };

  function says(): Hint['says'] {
    if (compare(left, expected) === 0) return 'bought';
    return isZero(left) ? 'not_bought' : 'unclear';
  }
}

/** An order of the account as its list shows it. */
export interface ListedOrder {
  readonly orderId: string;
  /** Ours, where the list has it. */
  readonly reference?: string;
  readonly charged?: Money;
  /** The platform's own word for where it stands. */
  readonly status: string;
}

/** What the list of orders since the purchase holds, beside orders whose references belong to other purchases. */
export function readOrderList(
  orders: readonly ListedOrder[],
  reference: string,
  isOther: (reference: string) => boolean,
): Hint {
  const own = orders.filter(order => order.reference === reference);
  const strange = orders.filter(
    order => order.reference !== reference && (order.reference === undefined || !isOther(order.reference)),
  );
  const named = (list: readonly ListedOrder[]) =>
    list
      .slice(0, mostNamed)
      .map(({orderId, status, charged}) => `${orderId} (${status}${charged ? `, ${charged.amount}` : ''})`)
      .join(', ');
  if (own.length > 0) {
    return {means: 'order_list', says: 'bought', text: `The list of orders has it as ${named(own)}`};
  }
  return strange.length > 0
    ? {means: 'order_list', says: 'unclear', text: `The list of orders has orders of nobody’s: ${named(strange)}`}
    : {means: 'order_list', says: 'not_bought', text: `The list of orders does not have it among ${orders.length}`};
}

const mostNamed = 5;
