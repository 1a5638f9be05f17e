import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {CasePage} from '../../../src/contract/case.ts';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import {money} from '../../../src/domain/money.ts';
import type {FollowOutcome} from '../../../src/upstreams/port.ts';
import {fakeUpstream, type FakeUpstream} from '../../support/fake-upstream.ts';
import {accepted, beingDelivered, buys, owed, paidShop, seen} from '../../support/one-purchase.ts';
import {consoleToken, json, type TestShop} from '../../support/shop-server.ts';

/*
 * A platform takes an order of two pieces for 10 yuan, and pays back what it does not give.
 */

const pending: FollowOutcome = {kind: 'pending', text: beingDelivered};
const paidBack = (amount: string): FollowOutcome => ({
  kind: 'refunded',
  refunded: money(amount, 'CNY'),
  text: 'The order is canceled.',
});

/** The shop once the platform has answered so to one look after another; the last answer stays. */
async function followed(...answers: readonly FollowOutcome[]): Promise<{shop: TestShop; placed: PlacedOrder}> {
  return followedAt(fakeUpstream(), ...answers);
}

async function followedAt(upstream: FakeUpstream, ...answers: readonly FollowOutcome[]) {
  const {shop, placed} = await paidShop(async () => accepted, 2, upstream);
  for (const answer of answers) {
    shop.upstream.script({follow: async () => answer});
    await shop.work(600_000);
  }
  return {shop, placed};
}

const cases = async (shop: TestShop) =>
  (await json<CasePage>(await shop.fetch('/v1/console/cases', {token: consoleToken}))).items;
const costs = async (shop: TestShop, {order}: PlacedOrder) =>
  (await shop.store.earnings(order.id)).map(({cost}) => cost.amount);

describe('an order that the platform pays back after it took it', () => {
  it('A8: is not bought: the buyer is owed the money, nobody is called, and nothing lies at the platform', async () => {
    const {shop, placed} = await followed(pending, paidBack('10'));
    assert.deepEqual(await seen(shop, placed), {...owed, procurement: 'refunded'});
    assert.deepEqual(await cases(shop), []);
    assert.deepEqual(await shop.store.openAttempts('main'), []);
    assert.deepEqual(await costs(shop, placed), ['0.00']);
    const [attempt] = await shop.attempts(placed);
    assert.deepEqual([attempt!.outcome?.kind, attempt!.refunded?.amount], ['refunded', '10.00']);
    shop.upstream.script({follow: async () => ({kind: 'delivered', secret: 'LATE-1\nLATE-2'})});
    await shop.work(86_400_000);
    assert.deepEqual(await seen(shop, placed), {...owed, procurement: 'refunded'});
    assert.equal(buys(shop), 1);
  });

  it('A8: in part: the pieces it paid for are owed to the buyer at once, the others are waited for, and a person knows', async () => {
    const {shop, placed} = await followed(paidBack('5'), paidBack('5'));
    const half = {...owed, line: 'processing', failed: 1, refundDue: '12.00', procurement: 'processing'};
    assert.deepEqual(await seen(shop, placed), {...half, order: 'fulfilling', attention: 'refunded_in_part'});
    const [found] = await cases(shop);
    assert.match(found!.evidence!, /paid 5\.00 of 10\.00 CNY back/);
    assert.deepEqual([found!.quantity, found!.attempts[0]!.refunded?.amount], [1, '5.00']);
    shop.upstream.script({follow: async () => ({kind: 'delivered', secret: 'CCCC-3', refunded: money('5', 'CNY')})});
    await shop.work(600_000);
    const {state, refundDue, keysReady} = await shop.order(placed);
    assert.deepEqual([state, refundDue.amount, keysReady], ['refund_pending', '12.00', 1]);
    assert.deepEqual(await cases(shop), [], 'nobody has to look any more');
    assert.deepEqual(await costs(shop, placed), ['5.00']);
  });

  it('A8: piece by piece until nothing is left of it', async () => {
    const {shop, placed} = await followed(paidBack('5'), paidBack('10'));
    assert.deepEqual(await seen(shop, placed), {...owed, procurement: 'refunded'});
    assert.deepEqual(await cases(shop), []);
  });

  it('A8: by less than a piece is worth: nothing is taken for settled, a person decides, and the buyer waits honestly', async () => {
    const {shop, placed} = await followed(paidBack('4.99'));
    const {order, line, failed, attention} = await seen(shop, placed);
    assert.deepEqual([order, line, failed, attention], ['fulfilling', 'processing', 0, 'refunded_in_part']);
    const [found] = await cases(shop);
    const path = `/v1/console/cases/${found!.id}/decisions`;
    await json(await shop.fetch(path, {token: consoleToken, key: 'decision-part-0001', body: {choice: 'refund'}}), 201);
    assert.deepEqual(await seen(shop, placed), owed);
    assert.deepEqual(await costs(shop, placed), ['5.01']);
  });

  it('A8: for the cards that it does not deliver with the others: those are handed over, and nobody is called', async () => {
    const {shop, placed} = await followed({kind: 'delivered', secret: 'AAAA-1', refunded: money('5', 'CNY')});
    const {procurement, delivered, failed, refundDue, keys, attention} = await seen(shop, placed);
    assert.deepEqual([procurement, delivered, failed, refundDue], ['partially_refunded', 1, 1, '12.00']);
    assert.deepEqual([keys, attention], [1, undefined]);
  });

  for (const outlive of [true, false]) {
    it(`A8: although it delivered everything: its cards, which ${outlive ? 'might be good' : 'are void'}, are handed to nobody, and the buyer is owed the money`, async () => {
      const upstream = fakeUpstream({capabilities: {cardsOutliveRefund: outlive}});
      const {shop, placed} = await followedAt(upstream, {
        kind: 'delivered',
        secret: 'AAAA-1\nBBBB-2',
        refunded: money('10', 'CNY'),
      });
      const attention = outlive ? 'taken_back' : undefined;
      assert.deepEqual(await seen(shop, placed), {...owed, procurement: 'refunded', attention});
      assert.deepEqual(await shop.store.cards(placed.order.id), []);
      assert.deepEqual(await costs(shop, placed), ['0.00']);
      const found = await cases(shop);
      assert.equal(found.length, outlive ? 1 : 0);
      for (const {choices, evidence, attempts} of found) {
        assert.deepEqual(choices, ['give_up']);
        assert.match(evidence!, /order up1 and paid 10\.00 of 10\.00 CNY back/);
        assert.equal(attempts[0]!.refunded?.amount, '10.00');
        assert.ok(!JSON.stringify([found, shop.log.entries]).includes('AAAA-1'));
      }
    });
  }

  it('in a currency nobody can compare leaves it to a person', async () => {
    const {shop, placed} = await followed({kind: 'refunded', refunded: money('10', 'USD'), text: 'Canceled.'});
    const {failed, attention} = await seen(shop, placed);
    assert.deepEqual([failed, attention], [0, 'refunded_in_part']);
  });
});
