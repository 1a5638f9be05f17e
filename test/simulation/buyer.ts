import assert from 'node:assert/strict';
import fc from 'fast-check';
import type {PlacedOrder} from '../../src/contract/order.ts';
import type {Payment} from '../../src/contract/payment.ts';
import type {Quote} from '../../src/contract/quote.ts';
import {add, money, subtract, type Money} from '../../src/domain/money.ts';
import type {PaymentStatus} from '../../src/server/payments/port.ts';
import {notification, referenceOf} from '../support/fake-payment-provider.ts';
import type {SimulatedShop} from './shop.ts';

/** What one buyer is going to do. */
export interface BuyerPlan {
  readonly lines: readonly {readonly good: number; readonly quantity: number}[];
  readonly coupon: boolean;
  /** The order is sent so often, with the one key of the intent. */
  readonly sendings: number;
  readonly payment:
    'notified' | 'notified_often' | 'notice_lost' | 'late' | 'too_little_first' | 'paid_twice' | 'never';
  /** How long after the buyer before, and how long between their own steps, in milliseconds. */
  readonly arrivesAfter: number;
  readonly pause: number;
}

export const buyerPlans: fc.Arbitrary<BuyerPlan> = fc.record({
  lines: fc.uniqueArray(
    fc.record({
      // Without its bias to small numbers, which would have everybody want the same few goods.
      good: fc.noBias(fc.nat(10_000)),
      quantity: fc.oneof({arbitrary: fc.constant(1), weight: 3}, fc.integer({min: 1, max: 4})),
    }),
    {minLength: 1, maxLength: 3, selector: ({good}) => good},
  ),
  coupon: fc.boolean(),
  sendings: fc.constantFrom(1, 1, 1, 2),
  payment: fc.oneof(
    {arbitrary: fc.constant('notified' as const), weight: 10},
    {
      arbitrary: fc.constantFrom('notified_often', 'notice_lost', 'late', 'too_little_first', 'paid_twice', 'never'),
      weight: 3,
    },
  ),
  arrivesAfter: fc.integer({min: 1000, max: 60_000}),
  pause: fc.integer({min: 500, max: 20_000}),
});

/** What came of it: the order, and what the buyer's payment provider took from them. */
export interface Purchase {
  readonly placed: PlacedOrder;
  taken: Money;
}

const orderWindowMs = 3_600_000;
/** How often a buyer looks again at a cart that cannot be bought now. */
const mostLooks = 6;
const zeroYuan = money('0', 'CNY');

/** Goes through a purchase; between its steps, as many milliseconds pass as it yields. */
export async function* buy(
  shop: SimulatedShop,
  plan: BuyerPlan,
  serial: number,
  keep: (purchase: Purchase) => void,
): AsyncGenerator<number, void> {
  const address = `10.${(serial >> 16) & 255}.${(serial >> 8) & 255}.${serial & 255}`;
  const lines = plan.lines.map(({good, quantity}) => ({skuId: shop.skuIds[good % shop.skuIds.length]!, quantity}));
  const distinct = lines.filter(({skuId}, index) => lines.findIndex(line => line.skuId === skuId) === index);
  let quote: Quote | undefined;
  for (let look = 0; look < mostLooks && quote?.token === undefined; look++) {
    if (look > 0) yield plan.pause;
    const body = {lines: distinct, ...(plan.coupon && {coupon: 'SAVE10'})};
    const quoted = await shop.call<Quote>('/v1/quotes', {address, body});
    assert.equal(quoted.status, 200);
    quote = quoted.body;
    // Nobody waits for what is sold out, as one does for a platform that is silent for once.
    if (quote.lines.some(({problem}) => problem === 'sold_out')) return;
  }
  // A platform stays silent: nobody is asked for money.
  if (quote?.intent === undefined || quote.token === undefined) return;
  const {intent, token} = quote;
  yield plan.pause;
  let placed: PlacedOrder | undefined;
  for (let sending = 0; sending < plan.sendings; sending++) {
    const sent = await shop.call<PlacedOrder>('/v1/orders', {
      address,
      key: intent,
      body: {quote: token, contact: `buyer-${serial}@example.com`},
    });
    if (sent.status !== 201) return;
    assert.ok(placed === undefined || placed.order.id === sent.body.order.id, 'one intent made two orders');
    placed = sent.body;
  }
  if (!placed) return;
  const purchase: Purchase = {placed, taken: zeroYuan};
  keep(purchase);
  const {order, token: orderToken} = placed;
  if (plan.payment === 'never') return;
  const open = async (method: string) =>
    (
      await shop.call<Payment>(`/v1/orders/${order.id}/payments`, {
        address,
        token: orderToken,
        key: `pay-${serial}-${method}`.padEnd(16, '0'),
        body: {method},
      })
    ).body;
  const payment = await open('fakepay-page');
  const second = plan.payment === 'paid_twice' ? await open('fakepay-qr') : undefined;
  yield plan.pause;
  switch (plan.payment) {
    case 'notified':
      await pay(payment, 1);
      break;
    case 'notified_often':
      await pay(payment, 5);
      break;
    case 'notice_lost':
      await pay(payment, 0);
      break;
    case 'late':
      yield orderWindowMs;
      await pay(payment, 1);
      break;
    case 'too_little_first': {
      const part = money('0.01', payment.amount.currency);
      await tell(payment, {state: 'paid', amount: part}, `${serial}-part`);
      purchase.taken = add(purchase.taken, part);
      yield plan.pause;
      // The provider says in the end that it has the whole; what it said before is part of it.
      purchase.taken = subtract(purchase.taken, part);
      await pay(payment, 1);
      break;
    }
    case 'paid_twice':
      await pay(payment, 1);
      yield plan.pause;
      await pay(second!, 2);
  }

  async function pay(what: Payment, notices: number): Promise<void> {
    const status: PaymentStatus = {
      state: 'paid',
      providerReference: referenceOf(what.id),
      amount: what.amount,
      paidAt: shop.ports.clock.now(),
    };
    shop.provider.statuses.set(what.id, status);
    purchase.taken = add(purchase.taken, what.amount);
    await Promise.all(Array.from({length: notices}, () => tell(what, status, `${serial}-${what.id}`)));
  }

  async function tell({id}: Payment, status: PaymentStatus, eventId: string): Promise<void> {
    const {path, body, headers} = notification('fakepay', {eventId, paymentId: id, status});
    const answer = await shop.call(path, {method: 'POST', body, headers});
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
  }
}
