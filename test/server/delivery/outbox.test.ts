import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {OrderProgress} from '../../../src/domain/order.ts';
import {occasionOf, tellOfChange} from '../../../src/server/delivery/outbox.ts';
import type {OrderRecord} from '../../../src/server/persistence/records.ts';
import {fakeChannel, later} from '../../support/fake-channel.ts';
import {openShop, type TestShop} from '../../support/shop-server.ts';

const progress = (state: OrderProgress['state'], delivered: number, failed = 0): OrderProgress => ({
  state,
  lines: {l1: {quantity: 3, delivered, failed}},
});

/** A shop with an order for three pieces that come one by one. */
async function arriving() {
  const channel = fakeChannel();
  const shop = await openShop({delivery: [channel]});
  const placed = await shop.place();
  const order = (await shop.store.order(placed.order.id))!;
  const {id} = order.lines[0]!;
  const stands = (state: OrderProgress['state'], delivered: number): OrderRecord => ({
    ...order,
    progress: {state, lines: {[id]: {quantity: 3, delivered, failed: 0}}},
  });
  const becomes = (before: OrderRecord, after: OrderRecord) =>
    shop.store.transaction(async tx => {
      const {version} = (await tx.order(order.id))!;
      await tx.saveOrder({...after, version});
      await tellOfChange(shop.ports, tx, before, after);
    });
  return {shop, channel, order, stands, becomes};
}

const states = async ({store}: TestShop, {id}: OrderRecord) =>
  (await store.deliveries(id)).map(({occasion, state}) => `${occasion} ${state}`);

describe('what there is to tell', () => {
  it('is that pieces came, that the last came, and that some will not', () => {
    const [paid, one, two] = [
      progress('fulfilling', 0),
      progress('partially_delivered', 1),
      progress('partially_delivered', 2),
    ];
    assert.equal(occasionOf(paid, one), 'keys_partly_delivered');
    assert.equal(occasionOf(one, two), 'keys_partly_delivered');
    assert.equal(occasionOf(two, progress('delivered', 3)), 'keys_delivered');
    assert.equal(occasionOf(two, progress('refund_pending', 2, 1)), 'refund_due');
    assert.equal(occasionOf(paid, progress('refund_pending', 0, 3)), 'refund_due');
    assert.equal(occasionOf(paid, paid), undefined);
    assert.equal(occasionOf(one, progress('partially_delivered', 1, 1)), undefined, 'that is told at the end');
  });

  it('of a part waits a minute for the rest, and is left out where that came', async () => {
    const {shop, channel, order, stands, becomes} = await arriving();
    await becomes(stands('fulfilling', 0), stands('partially_delivered', 1));
    await becomes(stands('partially_delivered', 1), stands('partially_delivered', 2));
    await shop.work(59_999);
    assert.deepEqual(channel.messages, []);
    await becomes(stands('partially_delivered', 2), stands('delivered', 3));
    await shop.work(86_400_000);
    assert.deepEqual(
      channel.messages.map(({occasion}) => occasion),
      ['keys_delivered'],
    );
    assert.deepEqual(await states(shop, order), ['keys_partly_delivered dropped', 'keys_delivered sent']);
  });

  it('of a part is told after a minute, once for all that came in it', async () => {
    const {shop, channel, order, stands, becomes} = await arriving();
    await becomes(stands('fulfilling', 0), stands('partially_delivered', 1));
    await becomes(stands('partially_delivered', 1), stands('partially_delivered', 2));
    await shop.work(60_000);
    assert.equal(channel.messages.length, 1);
    await becomes(stands('partially_delivered', 2), stands('delivered', 3));
    await shop.work();
    assert.deepEqual(await states(shop, order), ['keys_partly_delivered sent', 'keys_delivered sent']);
  });

  it('of a part that could not be sent yet is left out, too, when the whole is told', async () => {
    const {shop, channel, order, stands, becomes} = await arriving();
    channel.answer(later);
    await becomes(stands('fulfilling', 0), stands('partially_delivered', 1));
    await shop.work(60_000);
    await becomes(stands('partially_delivered', 1), stands('delivered', 3));
    assert.deepEqual(await states(shop, order), ['keys_partly_delivered dropped', 'keys_delivered pending']);
  });
});
