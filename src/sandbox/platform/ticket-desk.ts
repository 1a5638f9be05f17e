import {compare, type Money} from '../../domain/money.ts';
import {Impossible} from './impossible.ts';
import type {Assortment} from './assortment.ts';
import type {OrderBook} from './order-book.ts';
import type {PlatformOrder} from './platform-order.ts';
import {hasEnded, reduceTicket, type PlatformTicket, type TicketEvent, type TicketMessage} from './ticket.ts';
import type {Replacement, Trade} from './trade.ts';

/** What a supplier decides about a ticket. */
export type TicketDecision =
  | ({readonly kind: 'replace'} & Replacement)
  /** `amount` absent: all that was not paid back yet. `cardIds` names the cards it is for: they are worthless then. */
  | {readonly kind: 'refund'; readonly amount?: Money; readonly cardIds?: readonly number[]}
  | {readonly kind: 'reject'};

export interface TicketDeskOptions {
  readonly tickets: readonly PlatformTicket[];
  readonly assortment: Assortment;
  readonly orders: OrderBook;
  readonly trade: Trade;
  readonly now: () => number;
  readonly onChange: () => void;
}

/** After-sales: merchants open tickets, suppliers answer them, and money and cards follow in the same step. */
export class TicketDesk {
  readonly #options: TicketDeskOptions;
  readonly #tickets: Map<number, PlatformTicket>;
  readonly #idsByOrder = new Map<string, number[]>();

  constructor(options: TicketDeskOptions) {
    this.#options = options;
    this.#tickets = new Map();
    for (const ticket of options.tickets) this.#file(ticket);
  }

  /** All tickets, oldest first. */
  all(): readonly PlatformTicket[] {
    return [...this.#tickets.values()];
  }

  find(id: number): PlatformTicket | undefined {
    return this.#tickets.get(id);
  }

  /** The tickets of an order, oldest first. */
  of(tradeNo: string): readonly PlatformTicket[] {
    return (this.#idsByOrder.get(tradeNo) ?? []).map(id => this.#tickets.get(id)!);
  }

  /**
   * A merchant complains about an order of its own. An order has one ticket at a time.
   * @throws {RangeError} when the order is absent or somebody else's, or has a ticket that has not ended.
   */
  open(asked: {readonly merchantId: number; readonly tradeNo: string; readonly topic: string; readonly text: string}) {
    const {orders, assortment, now} = this.#options;
    const order = orders.must(asked.tradeNo);
    if (order.merchantId !== asked.merchantId) {
      throw new RangeError(`There is no order "${asked.tradeNo}" of merchant ${asked.merchantId} on the platform.`);
    }
    const running = this.of(asked.tradeNo).find(ticket => !hasEnded(ticket));
    if (running) throw new Impossible(`Order "${asked.tradeNo}" has ticket ${running.id}, which has not ended.`);
    const ticket: PlatformTicket = {
      id: this.#tickets.size + 1,
      tradeNo: asked.tradeNo,
      merchantId: asked.merchantId,
      supplierId: order.supplierId ?? assortment.must(order.goodId).supplierId,
      topic: asked.topic,
      messages: [{from: 'merchant', text: asked.text, at: now()}],
      state: 'waiting',
      openedAt: now(),
    };
    this.#file(ticket);
    return this.#changed(ticket);
  }

  /** Asks for an order's money, in the ticket it has or one of its own. */
  askBack(order: PlatformOrder): void {
    this.#options.orders.replace({...order, askedBack: true});
    const {tradeNo, merchantId} = order;
    if (this.of(tradeNo).every(hasEnded)) this.open({merchantId, tradeNo, topic: '申请退款', text: '申请退款'});
    this.#options.onChange();
  }

  /** @throws {RangeError | TransitionError} when there is no such ticket, or it has ended. */
  write(id: number, from: TicketMessage['from'], text: string): PlatformTicket {
    return this.#apply(id, {type: 'wrote', from, text, at: this.#options.now()});
  }

  /** @throws {RangeError | TransitionError} when there is no such ticket, or it has ended. */
  withdraw(id: number): PlatformTicket {
    return this.#apply(id, {type: 'withdrawn', at: this.#options.now()});
  }

  /**
   * The supplier decides: cards are replaced or taken back, money returns to the merchant's wallet, or neither.
   * @throws {RangeError | TransitionError} when it cannot be done; nothing has changed then.
   */
  decide(id: number, decision: TicketDecision, text = ''): PlatformTicket {
    const {now} = this.#options;
    const ticket = this.#must(id);
    const rejected: TicketEvent = {type: 'decided', outcome: {kind: 'rejected'}, text, at: now()};
    // Says so before money or cards have moved.
    reduceTicket(ticket, rejected);
    if (decision.kind === 'reject') return this.#apply(id, rejected);
    const outcome = decision.kind === 'replace' ? this.#replace(ticket, decision) : this.#refund(ticket, decision);
    return this.#apply(id, {type: 'decided', outcome, text, at: now()});
  }

  #replace({tradeNo}: PlatformTicket, replacement: Replacement) {
    const {orders, trade} = this.#options;
    const before = orders.must(tradeNo);
    const after = trade.replaceCards(tradeNo, replacement);
    return {
      kind: 'replaced',
      voidCardIds: (after.voidCardIds ?? []).slice(before.voidCardIds?.length ?? 0),
      cardIds: after.cardIds.slice(before.cardIds.length),
    } as const;
  }

  #refund({tradeNo}: PlatformTicket, {amount, cardIds}: Extract<TicketDecision, {kind: 'refund'}>) {
    const {trade} = this.#options;
    const rest = trade.refundable(tradeNo);
    const refunded = amount ?? rest;
    const isFull = compare(refunded, rest) === 0;
    trade.checkCards(tradeNo, cardIds ?? []);
    trade.refund(tradeNo, refunded);
    if (isFull || cardIds) trade.voidCards(tradeNo, isFull ? undefined : cardIds);
    return {kind: 'refunded', amount: refunded, isFull} as const;
  }

  #apply(id: number, event: TicketEvent): PlatformTicket {
    const ticket = reduceTicket(this.#must(id), event);
    this.#tickets.set(id, ticket);
    if (ticket.state === 'withdrawn' || ticket.outcome?.kind === 'rejected') this.#endAsking(ticket);
    return this.#changed(ticket);
  }

  #endAsking({tradeNo}: PlatformTicket): void {
    const {orders} = this.#options;
    const {askedBack: _, ...order} = orders.must(tradeNo);
    orders.replace(order);
  }

  #must(id: number): PlatformTicket {
    const ticket = this.#tickets.get(id);
    if (!ticket) throw new RangeError(`There is no ticket ${id} on the platform.`);
    return ticket;
  }

  #file(ticket: PlatformTicket): void {
    this.#tickets.set(ticket.id, ticket);
    const ids = this.#idsByOrder.get(ticket.tradeNo);
    if (ids) ids.push(ticket.id);
    else this.#idsByOrder.set(ticket.tradeNo, [ticket.id]);
  }

  #changed<T>(result: T): T {
    this.#options.onChange();
    return result;
  }
}
