import type {Order, OrderRequest} from '../../../src/contract/order.ts';
import type {Payment, PaymentRequest} from '../../../src/contract/payment.ts';
import {problemStatuses, type ProblemCode} from '../../../src/contract/problem.ts';
import type {Quote, QuoteCoupon, QuoteLine, QuoteRequest} from '../../../src/contract/quote.ts';
import {afterDiscount} from '../../../src/domain/coupon.ts';
import type {Ticket} from '../../../src/contract/ticket.ts';
import {money, multiply, sum} from '../../../src/domain/money.ts';
import {settledOrderStates} from '../../../src/domain/order.ts';

export type Operation =
  | 'createQuote'
  | 'placeOrder'
  | 'lookUpOrder'
  | 'claimReturn'
  | 'listTickets'
  | 'getOrder'
  | 'watchOrder'
  | 'openPayment'
  | 'revealKeys'
  | 'other';

/**
 * How a request goes wrong: `lost_request` never arrives, `lost_answer` is done but nobody hears of it, `html` and
 * `internal_error` are done and answered badly, `hang` waits until it is aborted.
 */
export type Fault = 'lost_request' | 'lost_answer' | 'html' | 'hang' | ProblemCode;

export interface Seen {
  readonly operation: Operation;
  readonly url: string;
  readonly key: string | null;
  readonly token: string | null;
  readonly body: string;
}

/** A shop server in memory that keeps the promises of the contract: one order per intent, one payment per key. */
export class FakeServer {
  readonly address = 'https://shop.example';
  readonly requests: Seen[] = [];
  readonly orders = new Map<string, {order: Order; readonly token: string; readonly body: string}>();
  readonly payments = new Map<string, {readonly payment: Payment; readonly body: string}>();
  readonly prices = new Map<string, string>();
  /** What each code comes to. */
  readonly coupons = new Map<string, Omit<QuoteCoupon, 'code'>>();
  readonly problems = new Map<string, Pick<QuoteLine, 'problem' | 'available'>>();
  readonly tickets: Ticket[] = [];
  readonly expiredTokens = new Set<string>();
  readonly fields: QuoteLine['fields'] = [];
  /** Called for each request; answers how it goes wrong, if it does. */
  fault: (operation: Operation, count: number) => Fault | undefined = () => undefined;
  now = () => Date.parse('2026-01-01T00:00:00.000Z');
  private readonly claimed = new Set<string>();
  private readonly quotes = new Map<string, Quote>();
  private readonly streams = new Set<{
    readonly id: string;
    readonly push: (order: Order) => void;
    readonly end: () => void;
  }>();
  private readonly hanging: Request[] = [];
  private readonly counts = new Map<Operation, number>();

  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const path = new URL(request.url).pathname;
    const operation = operationOf(request.method, path);
    const body = await request.text();
    this.requests.push({
      operation,
      url: request.url,
      key: request.headers.get('idempotency-key'),
      token: request.headers.get('authorization'),
      body,
    });
    const count = (this.counts.get(operation) ?? 0) + 1;
    this.counts.set(operation, count);
    const fault = this.fault(operation, count);
    request.signal.throwIfAborted();
    if (fault === 'hang') {
      // Node lets a request go that nobody holds, and its signal then hears of no abort.
      this.hanging.push(request);
      return untilAborted(request.signal);
    }
    if (fault === 'lost_request') throw new TypeError('fetch failed');
    if (fault && fault in problemStatuses && fault !== 'internal_error') return problem(fault as ProblemCode);
    const answer = this.answer(operation, path, request, body);
    if (fault === 'lost_answer') throw new TypeError('fetch failed');
    if (fault === 'html')
      return new Response('<h1>Bad gateway</h1>', {status: 502, headers: {'content-type': 'text/html'}});
    if (fault) return problem(fault);
    return answer;
  };

  count(operation: Operation): number {
    return this.requests.filter(seen => seen.operation === operation).length;
  }

  /** The order of an id, changed as the world changes it; watchers hear of it. */
  change(orderId: string, change: Partial<Order>): void {
    const held = this.find(orderId);
    if (!held) throw new Error(`No order ${orderId}.`);
    held.order = {...held.order, ...change};
    for (const stream of [...this.streams]) {
      if (stream.id !== orderId) continue;
      stream.push(held.order);
      if (settledOrderStates.has(held.order.state)) stream.end();
    }
  }

  endStreams(): void {
    for (const stream of [...this.streams]) stream.end();
  }

  get openStreams(): number {
    return this.streams.size;
  }

  /** What opens the one order. */
  get theToken(): string {
    const [first] = this.orders.values();
    if (!first) throw new Error('There is no order.');
    return first.token;
  }

  get theOrder(): Order {
    const [first] = this.orders.values();
    if (!first) throw new Error('There is no order.');
    return first.order;
  }

  private answer(operation: Operation, path: string, request: Request, body: string): Response {
    if (operation === 'createQuote') return json(this.quote(JSON.parse(body) as QuoteRequest));
    if (operation === 'lookUpOrder') return this.lookUp(body);
    if (operation === 'claimReturn') return this.claimReturn(body);
    if (operation === 'placeOrder') return this.place(request.headers.get('idempotency-key') ?? '', body);
    const orderId = path.split('/')[3] ?? '';
    const held = this.find(orderId);
    if (!held) return problem('not_found');
    if (request.headers.get('authorization') !== `Bearer ${held.token}`) return problem('order_token_invalid');
    if (operation === 'getOrder') return json(held.order);
    if (operation === 'listTickets') return json({items: this.tickets});
    if (operation === 'watchOrder') return this.stream(held.order, request);
    if (operation === 'revealKeys') return json({keys: [], revealCount: 1});
    return this.pay(held, request.headers.get('idempotency-key') ?? '', body);
  }

  private quote(request: QuoteRequest): Quote {
    const lines = request.lines.map(({skuId, quantity}): QuoteLine => {
      const unitPrice = money(this.prices.get(skuId) ?? '48.00', 'CNY');
      return {
        skuId,
        productId: `product-of-${skuId}`,
        title: skuId,
        choices: {},
        quantity,
        unitPrice,
        total: multiply(unitPrice, quantity),
        contact: 'email',
        fields: this.fields,
        ...this.problems.get(skuId),
      };
    });
    const coupon =
      request.coupon === undefined
        ? undefined
        : {
            code: request.coupon,
            ...(this.coupons.get(request.coupon) ?? {problem: 'unknown' as const}),
          };
    const isBuyable = lines.every(line => line.problem === undefined);
    const number = this.quotes.size + 1;
    const quote: Quote = {
      lines,
      total: afterDiscount(
        sum(
          lines.map(line => line.total),
          'CNY',
        ),
        coupon?.saves,
      ),
      ...(coupon && {coupon}),
      expiresAt: new Date(this.now() + 600_000).toISOString(),
      ...(isBuyable && {intent: `intent-${number}-000000000000`, token: `quote-token-${number}`}),
    };
    this.quotes.set(quote.token ?? `none-${number}`, quote);
    return quote;
  }

  private place(key: string, body: string): Response {
    const known = this.orders.get(key);
    if (known) {
      return known.body === body
        ? json({order: known.order, token: known.token}, 201)
        : problem('idempotency_key_reused');
    }
    const {quote: token, contact} = JSON.parse(body) as OrderRequest;
    const quote = this.quotes.get(token);
    if (quote?.intent !== key) return problem('quote_invalid');
    if (this.expiredTokens.has(token)) return problem('quote_expired');
    if (quote.coupon && contact === 'again@example.com') return problem('coupon_used_up');
    if (contact.endsWith('@refused.example')) {
      return problem('validation_failed', [{path: 'contact', message: 'not taken'}]);
    }
    const number = this.orders.size + 1;
    const order: Order = {
      id: `order-${number}`,
      number: `20260101-000${number}`,
      state: 'pending_payment',
      currency: 'CNY',
      total: quote.total,
      refundDue: money('0.00', 'CNY'),
      createdAt: new Date(this.now()).toISOString(),
      expiresAt: new Date(this.now() + 1_800_000).toISOString(),
      lines: [],
      payments: [],
      keysReady: 0,
      timeline: [],
    };
    this.orders.set(key, {order, token: `order-token-${number}`, body});
    return json({order, token: `order-token-${number}`}, 201);
  }

  private lookUp(body: string): Response {
    const {number} = JSON.parse(body) as {number: string};
    const held = [...this.orders.values()].find(({order}) => order.number === number);
    return held ? json({order: held.order, token: held.token}) : problem('order_not_found');
  }

  /** The code is the id of the order, and works once. */
  private claimReturn(body: string): Response {
    const {code} = JSON.parse(body) as {code: string};
    const held = this.claimed.has(code) ? undefined : this.find(code);
    this.claimed.add(code);
    return held ? json({order: held.order, token: held.token}) : problem('order_not_found');
  }

  private pay(held: {order: Order}, key: string, body: string): Response {
    const known = this.payments.get(key);
    if (known)
      return known.body === body
        ? json(this.current(held.order, known.payment), 201)
        : problem('idempotency_key_reused');
    const {method} = JSON.parse(body) as PaymentRequest;
    if (held.order.state !== 'pending_payment') return problem('payment_not_possible');
    const id = `payment-${this.payments.size + 1}`;
    const payment: Payment = {
      id,
      method,
      state: 'pending',
      amount: held.order.total,
      expiresAt: held.order.expiresAt,
      instructions: {kind: 'qr', text: `pay:${id}`},
    };
    this.payments.set(key, {payment, body});
    this.change(held.order.id, {payments: [payment, ...held.order.payments]});
    return json(payment, 201);
  }

  private current(order: Order, payment: Payment): Payment {
    return order.payments.find(({id}) => id === payment.id) ?? payment;
  }

  private stream(order: Order, request: Request): Response {
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: controller => {
        const entry = {
          id: order.id,
          push: (now: Order) => {
            controller.enqueue(encoder.encode(`event: order\ndata: ${JSON.stringify(now)}\n\n`));
          },
          end: () => {
            if (this.streams.delete(entry)) controller.close();
          },
        };
        this.streams.add(entry);
        this.hanging.push(request);
        request.signal.addEventListener('abort', () => {
          if (this.streams.delete(entry)) controller.error(request.signal.reason);
        });
        entry.push(order);
        if (settledOrderStates.has(order.state)) entry.end();
      },
    });
    return new Response(body, {headers: {'content-type': 'text/event-stream'}});
  }

  private find(orderId: string) {
    return [...this.orders.values()].find(({order}) => order.id === orderId);
  }
}

function operationOf(method: string, path: string): Operation {
  if (path === '/v1/quotes') return 'createQuote';
  if (path === '/v1/orders') return 'placeOrder';
  if (path === '/v1/orders/lookup') return 'lookUpOrder';
  if (method === 'POST' && path === '/v1/orders/return') return 'claimReturn';
  const last = path.split('/')[4];
  if (path.startsWith('/v1/orders/')) {
    if (last === 'events') return 'watchOrder';
    if (last === 'payments') return 'openPayment';
    if (last === 'keys') return 'revealKeys';
    if (last === 'tickets') return 'listTickets';
    if (method === 'GET') return 'getOrder';
  }
  return 'other';
}

export function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), {status, headers: {'content-type': 'application/json'}});
}

export function problem(code: ProblemCode, errors?: readonly {path: string; message: string}[]): Response {
  const status = problemStatuses[code];
  const body = {type: 'about:blank', title: code, status, code, ...(errors && {errors})};
  return new Response(JSON.stringify(body), {status, headers: {'content-type': 'application/problem+json'}});
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}
