import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {AuditPage} from '../../../src/contract/console.ts';
import type {Order, PlacedOrder} from '../../../src/contract/order.ts';
import type {Refund, RefundList, RefundPage} from '../../../src/contract/refund.ts';
import {money} from '../../../src/domain/money.ts';
import {createMetrics} from '../../../src/server/operations/metrics.ts';
import {doubtPausesMs, waitingPatienceMs} from '../../../src/server/refunds/send-refund.ts';
import {newId} from '../../../src/server/security/ids.ts';
import {admit} from '../../support/console-people.ts';
import {fakeRefunds, type FakeRefunds, type RefundFate} from '../../support/fake-refunds.ts';
import {delivered, refused} from '../../support/fake-upstream.ts';
import {sweepWithoutJobs} from '../../support/one-purchase.ts';
import {consoleToken as token, json, openShop, problem, type TestShop} from '../../support/shop-server.ts';

const hour = 3_600_000;
let keys = 0;
const newKey = () => `refund-key-${String(++keys).padStart(6, '0')}`;
const yuan = (amount: string) => ({currency: 'CNY', amount});

/** A shop whose provider gives money back, and whose platform has sold out. */
async function soldOutShop(...fates: readonly RefundFate[]): Promise<{shop: TestShop; refunds: FakeRefunds}> {
  const shop = await openShop();
  const refunds = fakeRefunds();
  refunds.fates.push(...fates);
  shop.provider.refunds = refunds;
  shop.upstream.script({buy: async () => refused('sold_out')});
  return {shop, refunds};
}

async function paidBack(...fates: readonly RefundFate[]) {
  const {shop, refunds} = await soldOutShop(...fates);
  const placed = await shop.placePaid();
  await shop.work();
  return {shop, refunds, placed};
}

/** A delivered order for 12.00, of which nothing went back. */
async function bought() {
  const shop = await openShop();
  const refunds = fakeRefunds();
  shop.provider.refunds = refunds;
  const placed = await shop.placePaid();
  await shop.work();
  return {shop, refunds, placed};
}

const ask = async (shop: TestShop, {order}: PlacedOrder, body: unknown, key = newKey(), who = token) =>
  shop.fetch(`/v1/console/orders/${order.id}/refunds`, {token: who, key, body});
const ofOrder = async (shop: TestShop, {order}: PlacedOrder) =>
  (await json<RefundList>(await shop.fetch(`/v1/console/orders/${order.id}/refunds`, {token}))).items;
const waiting = async (shop: TestShop, query = '') =>
  (await json<RefundPage>(await shop.fetch(`/v1/console/refunds${query}`, {token}))).items;
const decide = async (shop: TestShop, {id}: Pick<Refund, 'id'>, body: unknown, key = newKey()) =>
  shop.fetch(`/v1/console/refunds/${id}/decisions`, {token, key, body});
const seen = async (shop: TestShop, placed: PlacedOrder) => {
  const {state, refundDue, refunded, refunds = []} = await shop.order(placed);
  return [state, refundDue.amount, refunded?.amount, refunds.map(each => [each.amount.amount, each.state].join(' '))];
};

describe('money that goes back', () => {
  it('is sent through the provider, by a reference of ours, and told to the buyer when it is done', async () => {
    const {shop, refunds, placed} = await paidBack();
    const [refund] = await ofOrder(shop, placed);
    const [payment] = await shop.payments(placed);
    assert.deepEqual(refunds.sent, [
      {
        reference: refund!.id,
        paymentId: payment!.id,
        paymentReference: payment!.providerReference,
        amount: money('12.00', 'CNY'),
        paid: money('12.00', 'CNY'),
      },
    ]);
    assert.deepEqual([refund!.state, refund!.reference, refund!.choices], ['refunded', `re-${refund!.id}`, []]);
    assert.deepEqual(await seen(shop, placed), ['refunded', '0.00', '12.00', ['12.00 done']]);
  });

  it('is not called done while the provider has only taken it in', async () => {
    const {shop, refunds, placed} = await paidBack('taken in');
    assert.deepEqual(await seen(shop, placed), ['refund_pending', '12.00', undefined, ['12.00 under_way']]);
    const [{id}] = (await ofOrder(shop, placed)) as [Refund];
    refunds.settle(id, true);
    await shop.work(hour);
    assert.deepEqual(await seen(shop, placed), ['refunded', '0.00', '12.00', ['12.00 done']]);
    assert.equal(refunds.sent.length, 1);
  });

  it('keeps the buyer listening until it is done', async () => {
    const {shop, placed} = await paidBack('taken in');
    const answer = await shop.fetch(`/v1/orders/${placed.order.id}/events`, {token: placed.token});
    const text = answer.text();
    const [{id}] = (await ofOrder(shop, placed)) as [Refund];
    (shop.provider.refunds as FakeRefunds).settle(id, true);
    await shop.work(hour);
    const states = [...(await text).matchAll(/^data: (.*)$/gm)].map(([, data]) => (JSON.parse(data!) as Order).state);
    assert.deepEqual([states[0], states.at(-1)], ['refund_pending', 'refunded']);
  });

  it('is asked about as soon as the provider says something of it', async () => {
    const {shop, refunds, placed} = await paidBack('taken in');
    const [{id, paymentId}] = (await ofOrder(shop, placed)) as [Refund];
    refunds.settle(id, true);
    const event = {eventId: 'e-refund', paymentId, status: {state: 'pending'}, isAboutRefund: true};
    const answer = await shop.fetch('/v1/payments/fakepay/notifications', {
      body: JSON.stringify(event),
      headers: {'Content-Type': 'application/json', 'X-Fake-Signature': 'signed by fakepay'},
    });
    assert.equal(answer.status, 200);
    await shop.work();
    assert.deepEqual(await seen(shop, placed), ['refunded', '0.00', '12.00', ['12.00 done']]);
  });

  for (const [fate, sends] of [
    ['lost on its way', 2],
    ['lost on its way back', 1],
  ] as const) {
    it(`is asked about when its answer was lost, and sent again only where it never arrived: ${fate}`, async () => {
      const {shop, refunds, placed} = await paidBack(fate);
      assert.deepEqual(await seen(shop, placed), ['refund_pending', '12.00', undefined, ['12.00 under_way']]);
      await shop.work(doubtPausesMs[0]);
      assert.deepEqual(await seen(shop, placed), ['refunded', '0.00', '12.00', ['12.00 done']]);
      assert.deepEqual([refunds.sent.length, refunds.asked.length], [sends, 1]);
      assert.equal(new Set(refunds.sent.map(({reference}) => reference)).size, 1);
    });
  }

  it('waits for a person when nobody can find out, and never is sent blindly', async () => {
    const {shop, refunds, placed} = await soldOutShop('lost on its way back').then(async opened => {
      opened.refunds.isMute = true;
      const order = await opened.shop.placePaid();
      await opened.shop.work();
      return {...opened, placed: order};
    });
    for (const pause of doubtPausesMs) await shop.work(pause);
    const [refund] = await waiting(shop);
    assert.deepEqual([refund!.reason, refund!.choices], ['unanswered', ['sent_back', 'retry']]);
    assert.equal(refunds.sent.length, 1);
    assert.deepEqual(await seen(shop, placed), ['refund_pending', '12.00', undefined, ['12.00 needs_help']]);
    refunds.isMute = false;
    await json(await decide(shop, refund!, {choice: 'retry'}), 201);
    await shop.work();
    assert.deepEqual([(await shop.order(placed)).state, refunds.sent.length], ['refunded', 1]);
  });

  it('waits for a person when the provider has taken it in and done nothing for two weeks', async () => {
    const {shop} = await paidBack('taken in');
    for (let day = 0; day <= waitingPatienceMs; day += 24 * hour) await shop.work(24 * hour);
    const [refund] = await waiting(shop);
    assert.deepEqual([refund!.reason, refund!.state], ['unanswered', 'needs_help']);
  });

  it('that waits for a person is counted, for the console and for the figures', async () => {
    const {shop, refunds} = await soldOutShop('refused');
    const metrics = createMetrics();
    Object.assign(shop.ports.log, metrics.counting({...shop.log}));
    metrics.watch(shop.store);
    const figures = async () => {
      const text = await (await metrics.read()).text();
      return text.split('\n').filter(line => line.startsWith('keystall_refunds') && line.includes('refused'));
    };
    const counts = async () => (await json<RefundPage>(await shop.fetch('/v1/console/refunds', {token}))).waiting;
    assert.deepEqual([await counts(), await figures()], [[], ['keystall_refunds_waiting{reason="refused"} 0']]);
    await shop.placePaid();
    await shop.work();
    const since = shop.clock.now();
    shop.clock.advance(hour);
    assert.deepEqual(await counts(), [{reason: 'refused', count: 1, since: new Date(since).toISOString()}]);
    assert.deepEqual((await figures()).toSorted(), [
      'keystall_refunds_needing_person_total{reason="refused"} 1',
      'keystall_refunds_waiting_since_seconds{reason="refused"} ' + since / 1000,
      'keystall_refunds_waiting{reason="refused"} 1',
    ]);
    const [refund] = await waiting(shop);
    await json(await decide(shop, refund!, {choice: 'retry'}), 201);
    await shop.work();
    assert.equal(refunds.sent.length, 2);
    assert.deepEqual(await counts(), []);
    assert.ok((await figures()).includes('keystall_refunds_waiting{reason="refused"} 0'));
    Object.assign(shop.store, {refundsWaiting: () => Promise.reject(new Error('the database is gone'))});
    assert.deepEqual(await figures(), ['keystall_refunds_needing_person_total{reason="refused"} 1']);
  });

  it('that was refused is told anew, as another refund, when a person says so', async () => {
    const {shop, refunds, placed} = await paidBack('refused');
    const [refund] = await waiting(shop);
    assert.deepEqual(
      [refund!.reason, refund!.evidence, refund!.state],
      ['refused', 'The provider refused: the bank said no', 'needs_help'],
    );
    assert.deepEqual(await seen(shop, placed), ['refund_pending', '12.00', undefined, ['12.00 needs_help']]);
    await json(await decide(shop, refund!, {choice: 'retry', note: 'card renewed'}), 201);
    await shop.work();
    assert.deepEqual(
      refunds.sent.map(({reference}) => reference),
      [refund!.id, `${refund!.id}-2`],
    );
    assert.deepEqual(await seen(shop, placed), ['refunded', '0.00', '12.00', ['12.00 done']]);
  });

  it('is found again by the sweep when the process went away before it was sent', async () => {
    const {shop, refunds} = await soldOutShop();
    const placed = await shop.placePaid();
    shop.provider.refunds = undefined as never;
    await shop.work();
    shop.provider.refunds = refunds;
    const [refund] = await waiting(shop);
    assert.equal(refund!.reason, 'by_hand');
    const stored = (await shop.store.refund(refund!.id))!;
    const {help: _, ...open} = stored;
    await shop.store.transaction(tx => tx.saveRefund({...open, state: 'asked'}));
    assert.ok((await sweepWithoutJobs(shop)).includes('refund'));
    await shop.work();
    assert.deepEqual([(await shop.order(placed)).state, refunds.sent.length], ['refunded', 1]);
  });

  it('of what did not come goes while the rest is still bought, and does not end the order', async () => {
    const {shop, refunds, placed} = await (async () => {
      const opened = await soldOutShop();
      opened.shop.upstream.script({buy: async () => delivered('AAAA-1')});
      const order = await opened.shop.placePaid(2);
      await opened.shop.work();
      return {...opened, placed: order};
    })();
    const order = await shop.order(placed);
    assert.deepEqual([order.state, order.keysReady, order.refunded?.amount], ['partially_refunded', 1, '12.00']);
    assert.deepEqual(
      refunds.sent.map(({amount, paid}) => [amount.amount, paid.amount]),
      [['12.00', '24.00']],
    );
  });

  it('that came beside the order goes back by the payment it came by', async () => {
    const {shop, refunds} = await bought();
    const placed = await shop.place();
    const [first, second] = [await shop.openPayment(placed), await shop.openPayment(placed, 'fakepay-qr')];
    await shop.notify(first);
    await shop.notify(second);
    await shop.work();
    assert.deepEqual(
      refunds.sent.map(({paymentId}) => paymentId),
      [second.id],
    );
    assert.deepEqual(await seen(shop, placed), ['delivered', '0.00', '12.00', ['12.00 done']]);
  });

  it('where a wrong amount came is looked at by a person first', async () => {
    const {shop, refunds} = await bought();
    const placed = await shop.place();
    const payment = await shop.openPayment(placed);
    await shop.notify(payment, {amount: money('5', 'CNY')});
    await shop.work();
    const [refund] = await waiting(shop);
    assert.deepEqual([refund!.reason, refund!.amount.amount, refunds.sent.length], ['wrong_amount', '5.00', 0]);
    await json(await decide(shop, refund!, {choice: 'retry'}), 201);
    await shop.work();
    assert.deepEqual([refunds.sent.length, refunds.sent[0]!.paid.amount], [1, '5.00']);
    assert.deepEqual(await seen(shop, placed), ['pending_payment', '0.00', '5.00', ['5.00 done']]);
  });

  it('needs a person where the provider gives back once and has done so', async () => {
    const {shop, refunds, placed} = await bought();
    refunds.repeatable = false;
    await json(await ask(shop, placed, yuan('5.00')), 201);
    await shop.work();
    await json(await ask(shop, placed, yuan('3.00')), 201);
    await shop.work();
    const [refund] = await waiting(shop);
    assert.deepEqual([refund!.reason, refund!.choices, refunds.sent.length], ['by_hand', ['sent_back'], 1]);
  });
});

describe('a refund that a person asks for', () => {
  it('goes back in part and then in full, and never beyond', async () => {
    const {shop, refunds, placed} = await bought();
    const {items} = await json<RefundList>(await ask(shop, placed, {...yuan('5.00'), note: 'late'}), 201);
    assert.deepEqual([items[0]!.by, items[0]!.note, items[0]!.state], ['owner', 'late', 'asked']);
    await shop.work();
    assert.deepEqual(await seen(shop, placed), ['partially_refunded', '0.00', '5.00', ['5.00 done']]);
    await problem(await ask(shop, placed, yuan('7.01')), 'validation_failed');
    await json(await ask(shop, placed, yuan('7.00')), 201);
    await shop.work();
    assert.deepEqual(await seen(shop, placed), ['refunded', '0.00', '12.00', ['5.00 done', '7.00 done']]);
    await problem(await ask(shop, placed, yuan('0.01')), 'validation_failed');
    const [payment] = await shop.payments(placed);
    assert.equal(refunds.givenBack(payment!.id).amount, '12.00');
  });

  it('is asked for once, however often it is said, and together with others never goes beyond', async () => {
    const {shop, refunds, placed} = await bought();
    const key = newKey();
    const same = await Promise.all(Array.from({length: 4}, () => ask(shop, placed, yuan('5.00'), key)));
    for (const answer of same) assert.equal((await json<RefundList>(answer, 201)).items.length, 1);
    await problem(await ask(shop, placed, yuan('6.00'), key), 'idempotency_key_reused');
    const others = await Promise.all(Array.from({length: 4}, () => ask(shop, placed, yuan('7.00'))));
    assert.deepEqual(others.map(({status}) => status).toSorted(), [201, 422, 422, 422]);
    await shop.work();
    assert.deepEqual([refunds.sent.length, (await shop.order(placed)).state], [2, 'refunded']);
  });

  it('is of an amount and currency that can go back, and of an order that is there', async () => {
    const {shop, placed} = await bought();
    for (const body of [yuan('0'), yuan('1.005'), {currency: 'USD', amount: '1.00'}, yuan('12.01')])
      await problem(await ask(shop, placed, body), 'validation_failed');
    const absent = await shop.fetch('/v1/console/orders/ord_absent/refunds', {token, key: newKey(), body: yuan('1')});
    await problem(absent, 'order_not_found');
    await problem(await shop.fetch(`/v1/console/orders/${newId('ord')}/refunds`, {token}), 'order_not_found');
    await problem(await shop.fetch('/v1/console/orders/x/refunds', {token}), 'order_not_found');
  });

  it('is for who runs the shop, and in the audit log', async () => {
    const {shop, placed} = await bought();
    for (const role of ['viewer', 'bookkeeper'] as const) {
      const theirs = `refund-token-of-a-${role}-0123456789`;
      await admit(shop.store, {token: theirs, name: role, role});
      await problem(await ask(shop, placed, yuan('1.00'), newKey(), theirs), 'console_role_insufficient');
    }
    const operator = 'refund-token-of-an-operator-0123456789';
    await admit(shop.store, {token: operator, name: 'li', role: 'operator'});
    await json(await ask(shop, placed, yuan('1.00'), newKey(), operator), 201);
    const {items} = await json<AuditPage>(await shop.fetch('/v1/console/audit', {token}));
    assert.deepEqual(
      [items[0]!.action, items[0]!.subject, items[0]!.name],
      ['POST /v1/console/orders/{orderId}/refunds', placed.order.id, 'li'],
    );
  });
});

describe('a refund that a person sends', () => {
  /** The provider cannot: money of the other provider's payments. */
  async function byHand() {
    const shop = await openShop();
    shop.upstream.script({buy: async () => refused('sold_out')});
    const placed = await shop.placePaid();
    await shop.work();
    const [refund] = (await waiting(shop)) as [Refund];
    return {shop, placed, refund};
  }

  it('is done when they say under which reference, once', async () => {
    const {shop, placed, refund} = await byHand();
    assert.deepEqual([refund.reason, refund.choices], ['by_hand', ['sent_back']]);
    assert.deepEqual(await seen(shop, placed), ['refund_pending', '12.00', undefined, ['12.00 needs_help']]);
    const [body, key] = [{choice: 'sent_back', reference: 'ICBC 0042', note: 'by phone'}, newKey()];
    const answers = await Promise.all(Array.from({length: 3}, () => decide(shop, refund, body, key)));
    for (const answer of answers) {
      const {state, reference, decisions} = await json<Refund>(answer, 201);
      assert.deepEqual([state, reference, decisions.length], ['refunded', 'ICBC 0042', 1]);
      assert.deepEqual([decisions[0]!.by, decisions[0]!.note], ['owner', 'by phone']);
    }
    assert.deepEqual(await seen(shop, placed), ['refunded', '0.00', '12.00', ['12.00 done']]);
    await problem(await decide(shop, refund, {...body, reference: 'other'}, key), 'idempotency_key_reused');
    await problem(await decide(shop, refund, body), 'decision_not_possible');
  });

  it('is decided as it can be, and one that is there', async () => {
    const {shop, refund} = await byHand();
    await problem(await decide(shop, refund, {choice: 'sent_back'}), 'validation_failed');
    await problem(await decide(shop, refund, {choice: 'retry', reference: 'x'}), 'validation_failed');
    await problem(await decide(shop, refund, {choice: 'retry'}), 'decision_not_possible');
    const body = {choice: 'sent_back', reference: 'x'};
    await problem(await decide(shop, {id: newId('rfd')}, body), 'not_found');
    await problem(await decide(shop, {id: 'x'}, body), 'not_found');
  });

  it('stands in the list of those that need a person, a page at a time', async () => {
    const {shop} = await byHand();
    await shop.placePaid();
    await shop.work();
    const read = async (query: string) => json<RefundPage>(await shop.fetch(`/v1/console/refunds?${query}`, {token}));
    const first = await read('limit=1');
    const second = await read(`limit=1&cursor=${first.nextCursor}`);
    assert.deepEqual([first.items.length, second.items.length, second.nextCursor], [1, 1, undefined]);
    assert.notEqual(first.items[0]!.id, second.items[0]!.id);
    assert.deepEqual(await waiting(shop, '?state=refunded'), []);
    await problem(await shop.fetch('/v1/console/refunds?cursor=x', {token}), 'validation_failed');
  });
});
