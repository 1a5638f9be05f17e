import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {describe, it} from 'node:test';
import type {DeliveryRecord} from '../../../src/server/persistence/delivery-record.ts';
import {StaleRecordError, type Store} from '../../../src/server/persistence/store.ts';
import {aDelivery, anOrder} from './record-builders.ts';

/** What every store keeps to where messages about orders are put down. */
export function deliveryContract(opened: () => {readonly store: Store; readonly rival: Store}) {
  describe('messages about an order', () => {
    async function storedOrder() {
      const order = anOrder();
      await opened().store.transaction(tx => tx.insertOrder(order));
      return order;
    }
    const put = (...deliveries: readonly DeliveryRecord[]) =>
      opened().store.transaction(async tx => {
        for (const each of deliveries) await tx.insertDelivery(each);
      });

    it('are kept in order, and found while they wait', async () => {
      const order = await storedOrder();
      const [late, early] = [aDelivery(order.id, {createdAt: 20, turn: 2}), aDelivery(order.id)];
      const done = aDelivery(order.id, {channel: 'callback', state: 'sent', createdAt: 15});
      await put(late, early, done);
      const {rival, store} = opened();
      assert.deepEqual(await rival.deliveries(order.id), [early, done, late]);
      assert.deepEqual(await rival.delivery(done.id), done);
      assert.equal(await rival.delivery('absent'), undefined);
      const own = async () =>
        (await rival.unfinished(Date.now())).pendingDeliveryIds.filter(id =>
          [late, early, done].some(each => each.id === id),
        );
      assert.deepEqual(await own(), [early.id, late.id]);
      await store.transaction(tx => tx.saveDelivery({...early, state: 'failed', reason: 'no'}));
      assert.deepEqual(await own(), [late.id]);
      assert.deepEqual(await rival.delivery(early.id), {...early, state: 'failed', reason: 'no', version: 2});
    });

    it('are one per order, channel, occasion and turn, and never of no order', async () => {
      const order = await storedOrder();
      await put(aDelivery(order.id));
      await assert.rejects(put(aDelivery(order.id)), {
        name: 'DuplicateRecordError',
        message: /one delivery per order, channel, occasion and turn/,
      });
      await put(aDelivery(order.id, {channel: 'sms'}), aDelivery(order.id, {occasion: 'refunded'}));
      await assert.rejects(put(aDelivery(randomUUID())), {name: 'MissingRecordError', message: /delivery of an order/});
    });

    it('are not saved over a newer version, and tell whoever watches the order', async () => {
      const order = await storedOrder();
      const delivery = aDelivery(order.id);
      const {store} = opened();
      let changes = 0;
      const stop = store.onOrderChanged(order.id, () => changes++);
      await put(delivery);
      await store.transaction(tx => tx.saveDelivery({...delivery, state: 'sent', sentAt: 20}));
      assert.equal(changes, 2);
      stop();
      await assert.rejects(
        store.transaction(tx => tx.saveDelivery(delivery)),
        StaleRecordError,
      );
    });
  });
}
