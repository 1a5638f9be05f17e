import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import {signal, sweepWithoutJobs} from '../../support/one-purchase.ts';
import {stateOf, states} from '../../support/payment-states.ts';
import {openShop} from '../../support/shop-server.ts';

async function paying() {
  const shop = await openShop();
  const placed = await shop.place();
  return {shop, placed, payment: await shop.openPayment(placed)};
}

describe('asking the provider', () => {
  it('B1: an order whose notification never comes is paid within seconds', async () => {
    const {shop, placed, payment} = await paying();
    await shop.work(3000);
    assert.equal(await stateOf(shop, placed), 'pending_payment');
    shop.provider.statuses.set(payment.id, {state: 'paid', amount: payment.amount, paidAt: shop.clock.now()});
    await shop.work(5000);
    assert.equal(await stateOf(shop, placed), 'delivered');
  });

  it('B1: at the end of the window asks once more before the order expires', async () => {
    const {shop, placed, payment} = await paying();
    shop.provider.statuses.set(payment.id, {state: 'paid', amount: payment.amount});
    shop.clock.advance(900_000);
    await shop.server.runJob({type: 'expire_order', orderId: placed.order.id}, new AbortController().signal);
    assert.equal(await stateOf(shop, placed), 'paid');
  });

  it('B7: believes no amount that is not the whole', async () => {
    const {shop, placed, payment} = await paying();
    shop.provider.statuses.set(payment.id, {state: 'paid', amount: money('0.01', 'CNY')});
    await shop.work(8000);
    assert.equal(await stateOf(shop, placed), 'pending_payment');
  });

  it('while the provider is down expires no order: it may have been paid', async () => {
    const {shop, placed, payment} = await paying();
    shop.provider.isDown = true;
    await shop.work(900_000);
    assert.equal(await stateOf(shop, placed), 'pending_payment');
    shop.provider.isDown = false;
    shop.provider.statuses.set(payment.id, {state: 'paid', amount: payment.amount});
    await shop.work(10_000);
    assert.equal(await stateOf(shop, placed), 'delivered');
  });

  it('B2: goes on for a day after expiry, less and less often, and then ends', async () => {
    const {shop, placed, payment} = await paying();
    await shop.work(900_000);
    const asked = shop.provider.queries.length;
    for (let hour = 0; hour < 24; hour++) await shop.work(3_600_000);
    assert.ok(shop.provider.queries.length - asked >= 24);
    await shop.work(3_600_000);
    assert.deepEqual(shop.jobs.waiting(), []);
    assert.equal((await shop.payments(placed))[0]!.id, payment.id);
    assert.deepEqual(await states(shop, placed), ['expired']);
    assert.deepEqual(await sweepWithoutJobs(shop), []);
    await shop.notify(payment);
    await shop.work(1000);
    assert.deepEqual([await states(shop, placed), await stateOf(shop, placed)], [['paid'], 'delivered']);
  });

  it('asks no more often because somebody looks for what a crash left behind', async () => {
    const shop = await openShop();
    await shop.openPayment(await shop.place());
    const sweep = () => shop.server.runJob({type: 'sweep'}, signal);
    const waiting = shop.jobs.waiting();
    await sweep();
    assert.deepEqual(shop.jobs.waiting(), waiting);
    await shop.work(3_600_000);
    const asked = shop.provider.queries.length;
    for (let time = 0; time < 40; time++) {
      await sweep();
      await shop.work(30_000);
    }
    assert.equal(shop.provider.queries.length - asked, 2);
  });

  it('goes on for as long as the money is on its way from the bank', async () => {
    const {shop, placed, payment} = await paying();
    shop.provider.statuses.set(payment.id, {state: 'processing', amount: payment.amount});
    for (let hour = 0; hour < 72; hour++) await shop.work(3_600_000);
    assert.deepEqual(await states(shop, placed), ['pending']);
    shop.provider.statuses.set(payment.id, {state: 'paid', amount: payment.amount});
    await shop.work(3_600_000);
    assert.deepEqual(await states(shop, placed), ['paid']);
    assert.equal(await stateOf(shop, placed), 'delivered');
  });

  it('stops when the payment is closed', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    shop.provider.statuses.set((await shop.openPayment(placed)).id, {state: 'declined'});
    await shop.work(3000);
    const asked = shop.provider.queries.length;
    await shop.work(60_000);
    assert.deepEqual([await states(shop, placed), shop.provider.queries.length], [['declined'], asked]);
  });
});
