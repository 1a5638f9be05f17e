import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import type {Reconciliation, ReconciliationPage} from '../../../src/contract/reconciliation.ts';
import {money} from '../../../src/domain/money.ts';
import {createMetrics} from '../../../src/server/operations/metrics.ts';
import {createBankTransferProvider} from '../../../src/server/payments/bank-transfer/bank-transfer-provider.ts';
import type {PaymentProvider} from '../../../src/server/payments/port.ts';
import {reconcilePayments} from '../../../src/server/payments/reconcile-payments.ts';
import type {PaymentRecord} from '../../../src/server/persistence/records.ts';
import {referenceOf} from '../../support/fake-payment-provider.ts';
import {fakeRefunds} from '../../support/fake-refunds.ts';
import {delivered} from '../../support/fake-upstream.ts';
import {askBack} from '../../support/pay-back.ts';
import {consoleToken as token, json, openShop, problem, type TestShop} from '../../support/shop-server.ts';

let keys = 0;
const newKey = () => `compare-key-${String(++keys).padStart(8, '0')}`;
const part = {currency: 'CNY', amount: '5.00'};

describe('a comparison with a payment provider', () => {
  const compare = (shop: TestShop, body: unknown, key = newKey()) =>
    shop.fetch('/v1/console/reconciliations', {token, key, body});

  it('finds what was paid there and not here, and takes it in as a question would', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const {id, amount} = await shop.openPayment(placed);
    shop.clock.advance(1000);
    shop.provider.statuses.set(id, {state: 'paid', providerReference: referenceOf(id), amount});
    const key = newKey();
    const found = await json<Reconciliation>(await compare(shop, {provider: 'fakepay'}, key), 201);
    assert.deepEqual(
      found.differences.map(({kind, paymentId, settled}) => [kind, paymentId, settled]),
      [['paid_there', id, true]],
    );
    assert.equal((await shop.order(placed)).state, 'paid');
    assert.ok(shop.log.events('warn').includes('payments differ'));
    assert.equal((await json<Reconciliation>(await compare(shop, {provider: 'fakepay'}, key), 201)).id, found.id);
    await problem(await compare(shop, {provider: 'fakepay', days: 9}, key), 'idempotency_key_reused');
    const {items} = await json<ReconciliationPage>(await shop.fetch('/v1/console/reconciliations', {token}));
    assert.deepEqual(items, [found]);
  });

  it('names what the provider does not know, what has another amount, and what went back there', async () => {
    const shop = await openShop();
    shop.upstream.script({buy: async () => delivered('KEY-1')});
    const [absent, other, back] = [await shop.placePaid(), await shop.placePaid(), await shop.placePaid()];
    const [payment] = await shop.payments(absent);
    const of = async (placed: typeof absent) => (await shop.payments(placed))[0]!;
    shop.provider.statuses.set(payment!.id, {state: 'absent'});
    shop.provider.statuses.set((await of(other)).id, {state: 'paid', amount: money('11', 'CNY')});
    shop.provider.statuses.set((await of(back)).id, {state: 'declined', wentBack: true});
    shop.clock.advance(1000);
    const found = await json<Reconciliation>(await compare(shop, {provider: 'fakepay', days: 1}), 201);
    assert.deepEqual(
      found.differences.map(({kind}) => kind),
      ['unknown_there', 'amount_differs', 'refunded_there'],
    );
    assert.deepEqual([found.compared, found.differenceCount], [3, 3]);
    assert.equal((await shop.order(absent)).state, 'paid');
  });

  it('is made once a day, and again where the provider did not answer', async () => {
    const shop = await openShop();
    const run = () =>
      shop.server.runJob({type: 'reconcile_payments', provider: 'fakepay'}, new AbortController().signal);
    const runs = () => shop.store.reconciliations({offset: 0, limit: 9});
    await shop.placePaid();
    shop.clock.advance(2 * 3_600_000);
    shop.provider.isDown = true;
    await run();
    assert.match((await runs())[0]!.failure!, /does not answer/);
    shop.provider.isDown = false;
    const byHand = await json<Reconciliation>(await compare(shop, {provider: 'fakepay', days: 1}), 201);
    assert.deepEqual([byHand.by, byHand.failure], ['owner', undefined]);
    await run();
    shop.clock.advance(3_600_000);
    await run();
    await run();
    shop.clock.advance(24 * 3_600_000);
    await run();
    assert.deepEqual(
      (await runs()).map(({failure}) => failure === undefined),
      [true, true, true, false],
    );
  });

  it('is not made of transfers, of strangers, or too often', async () => {
    const account = {payee: 'a', bank: 'b', account: 'c'};
    const shop = await openShop({
      paymentProvider: () => createBankTransferProvider({id: 'bank', labels: {en: 'Transfer'}, ...account}),
    });
    await problem(await compare(shop, {provider: 'bank'}), 'validation_failed');
    await problem(await compare(shop, {provider: 'nobody'}), 'validation_failed');
    await problem(await compare(shop, {provider: 'fakepay', days: 32}), 'validation_failed');
    await problem(await shop.fetch('/v1/console/reconciliations?cursor=x', {token}), 'validation_failed');
    for (let time = 0; time < 10; time++) await json(await compare(shop, {provider: 'fakepay'}), 201);
    await problem(await compare(shop, {provider: 'fakepay'}), 'too_many_attempts');
  });

  it('is found page by page, and of one provider', async () => {
    const shop = await openShop();
    const ids: string[] = [];
    for (const provider of ['fakepay', 'otherpay', 'fakepay'])
      ids.unshift((await json<Reconciliation>(await compare(shop, {provider}), 201)).id);
    const page = async (query: string) =>
      json<ReconciliationPage>(await shop.fetch(`/v1/console/reconciliations?${query}`, {token}));
    const first = await page('limit=2');
    const second = await page(`limit=2&cursor=${first.nextCursor}`);
    assert.deepEqual(
      [...first.items, ...second.items].map(({id}) => id),
      ids,
    );
    assert.equal(second.nextCursor, undefined);
    assert.deepEqual(
      (await page('provider=fakepay')).items.map(({id}) => id),
      [ids[0], ids[2]],
    );
  });

  it('knows which refunds the provider sent, and counts every difference', async () => {
    const shop = await openShop();
    shop.provider.refunds = fakeRefunds();
    const [ours, theirs] = [await shop.placePaid(), await shop.placePaid()];
    await shop.work();
    await askBack(shop.ports, ours.order.id, part);
    await shop.work();
    shop.clock.advance(1000);
    const listed = async (placed: PlacedOrder, refunded: string) => {
      const [{id, amount}] = (await shop.payments(placed)) as [PaymentRecord];
      return {paymentId: id, reference: referenceOf(id), isPaid: true, amount, refunded: money(refunded, 'CNY')};
    };
    const list = [await listed(ours, '5'), await listed(theirs, '1')];
    const metrics = createMetrics();
    const found = async () => {
      const provider: PaymentProvider = {
        ...shop.provider,
        async *list() {
          yield* list;
        },
      };
      const ports = {...shop.ports, log: metrics.counting(shop.log)};
      const time = {from: 0, until: shop.clock.now()};
      const {differences} = await reconcilePayments(ports, provider, time, new AbortController().signal);
      return differences.map(({kind, ours, theirs}) => [kind, ours?.amount, theirs?.amount]);
    };
    assert.deepEqual(await found(), [['refunded_there', '0.00', '1.00']]);
    list[0] = await listed(ours, '0');
    assert.deepEqual(await found(), [
      ['refunded_here', '5.00', '0.00'],
      ['refunded_there', '0.00', '1.00'],
    ]);
    const text = await (await metrics.read()).text();
    const counted = 'keystall_payment_differences_total{provider="fakepay",kind=';
    assert.ok(text.includes(`${counted}"refunded_there"} 2`), text);
    assert.ok(text.includes(`${counted}"refunded_here"} 1`), text);
  });
});
