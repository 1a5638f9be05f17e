import {money, sum, type Money} from '../../src/domain/money.ts';

/** What a buyer did and has. */
export interface Purchase {
  readonly quantity: number;
  /** Of every answer to the placing of this one order. */
  orderIds: readonly string[];
  isPaid: boolean;
  /** What was shown; absent where the buyer was still waiting at the end. */
  cards?: readonly string[];
}

/** What all sides have written down. */
export interface Books {
  readonly purchases: readonly Purchase[];
  readonly shop: {
    readonly orders: readonly {
      readonly id: string;
      readonly state: string;
      /** What a person was called for. */
      readonly attention?: string | null;
    }[];
    readonly payments: readonly {readonly id: string; readonly orderId: string; readonly state: string}[];
    /** Every purchase that was sent to a platform. */
    readonly attempts: readonly {readonly reference: string; readonly orderId: string}[];
  };
  readonly provider: {readonly payments: readonly {readonly reference: string; readonly status: string}[]};
  readonly platform: {
    readonly orders: readonly {
      readonly requestNo?: string;
      readonly amount: Money;
      readonly cards: readonly string[];
    }[];
    /** What left the wallet for orders, as it stands in its book: negative amounts. */
    readonly spent: readonly Money[];
  };
}

export interface Audited extends Findings {
  /** Orders that wait for a person, who was called. */
  readonly waiting: readonly string[];
}

export interface Findings {
  /** Money, an order or a card that somebody paid for and that is in nobody's book. */
  readonly lost: readonly string[];
  /** What was ordered, paid, bought or handed out more often than it should be. */
  readonly doubled: readonly string[];
  /** Paid orders whose buyer does not have exactly what was bought for them, is owed nothing, and for whom nobody was called. */
  readonly undelivered: readonly string[];
}

/** Holds the books of the buyers, the shop, the payment provider and the platform against each other. */
export function audit({purchases, shop, provider, platform}: Books): Audited {
  const lost: string[] = [];
  const doubled: string[] = [];
  const undelivered: string[] = [];
  const waiting: string[] = [];

  const orders = new Map(shop.orders.map(order => [order.id, order]));
  const orderOf = new Map(shop.attempts.map(({reference, orderId}) => [reference, orderId]));
  const sales = grouped(platform.orders, ({requestNo}) => orderOf.get(requestNo ?? ''));
  const paid = provider.payments.filter(({status}) => status === 'paid').map(({reference}) => reference);
  const shopPayments = new Map(shop.payments.map(payment => [payment.id, payment]));
  const paidPayments = grouped(paid, reference => shopPayments.get(reference)?.orderId);
  const owners = new Map<string, string>();
  const placed = new Set<string>();

  for (const {quantity, orderIds, isPaid, cards} of purchases) {
    const [orderId] = orderIds;
    if (orderId === undefined) continue;
    if (orderIds.length > 1) doubled.push(`one intent was answered with the orders ${orderIds.join(' and ')}`);
    for (const id of orderIds) placed.add(id);
    const order = orders.get(orderId);
    if (!order) {
      lost.push(`order ${orderId} was placed, and the shop has none`);
      continue;
    }
    if (!isPaid) continue;
    const payments = paidPayments.get(orderId) ?? [];
    if (payments.length === 0) lost.push(`order ${orderId} was paid, and the provider has no payment for it`);
    if (payments.length > 1) doubled.push(`order ${orderId} was paid ${payments.length} times`);
    if (order.state === 'pending_payment' || order.state === 'expired') {
      lost.push(`order ${orderId} was paid, and is "${order.state}"`);
      continue;
    }
    const bought = sales.get(orderId) ?? [];
    if (bought.length > 1) doubled.push(`order ${orderId} was bought ${bought.length} times`);
    const due = bought.flatMap(sale => sale.cards);
    if (order.state !== 'delivered') {
      // What the platform refused for good is paid back: with nothing bought, nothing is owed but the money.
      const isPaidBack = paidBack.has(order.state) && due.length === 0;
      if (order.attention)
        waiting.push(`order ${orderId} is "${order.state}", and waits for a person: ${order.attention}`);
      else if (!isPaidBack) undelivered.push(`order ${orderId} was paid, and is "${order.state}"`);
    } else if (due.length !== quantity) undelivered.push(`order ${orderId} has ${due.length} cards of ${quantity}`);
    else if (!cards) undelivered.push(`the buyer of order ${orderId} never saw the keys`);
    else if (!isSame(cards, due)) undelivered.push(`the buyer of order ${orderId} was shown other cards than its own`);
    for (const card of cards ?? []) {
      const owner = owners.get(card);
      if (owner !== undefined) doubled.push(`a card was shown for order ${owner} and for order ${orderId}`);
      owners.set(card, orderId);
    }
  }

  for (const {id} of shop.orders) if (!placed.has(id)) doubled.push(`nobody knows of order ${id}`);
  for (const reference of paid) {
    const payment = shopPayments.get(reference);
    if (payment?.state !== 'paid') lost.push(`payment ${reference} was paid, and is "${payment?.state}" in the shop`);
  }
  for (const [reference, sold] of grouped(platform.orders, ({requestNo}) => requestNo ?? '')) {
    if (!orderOf.has(reference)) lost.push(`the platform sold ${reference}, and the shop knows of no such purchase`);
    if (sold.length > 1) doubled.push(`the platform sold ${reference} ${sold.length} times`);
  }
  const left = sum([...platform.spent, ...platform.orders.map(({amount}) => amount)], 'CNY');
  if (left.amount !== money('0.00', 'CNY').amount) lost.push(`the wallet is off by ${left.amount}`);
  return {lost, doubled, undelivered, waiting};
}

const paidBack: ReadonlySet<string> = new Set(['refund_pending', 'refunded']);

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.toSorted().join('\n') === right.toSorted().join('\n');
}

function grouped<T>(all: readonly T[], keyOf: (each: T) => string | undefined): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const key = keyOf(each);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return groups;
}
