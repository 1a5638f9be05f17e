import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {describe, it} from 'node:test';
import type {RefundRecord} from '../../../src/server/persistence/refund-record.ts';
import {StaleRecordError, type Store} from '../../../src/server/persistence/store.ts';
import {anOrder, aPayment, aRefund} from './record-builders.ts';

/** What every store keeps to where money goes back. */
export function refundContract(opened: () => {readonly store: Store; readonly rival: Store}) {
  describe('refunds of an order', () => {
    async function storedPayment() {
      const order = anOrder();
      const payment = aPayment(order);
      await opened().store.transaction(async tx => {
        await tx.insertOrder(order);
        await tx.insertPayment(payment);
      });
      return {order, payment};
    }
    const put = (...refunds: readonly RefundRecord[]) =>
      opened().store.transaction(async tx => {
        for (const each of refunds) await tx.insertRefund(each);
      });

    it('are kept in order, and found while they are open', async () => {
      const paid = await storedPayment();
      const late = aRefund(paid, {createdAt: 20, state: 'sent', purpose: 'pieces 2'});
      const [early, done] = [aRefund(paid), aRefund(paid, {createdAt: 15, state: 'refunded', purpose: 'ticket 1'})];
      await put(late, early, done);
      const {rival, store} = opened();
      assert.deepEqual(await rival.refunds(paid.order.id), [early, done, late]);
      assert.deepEqual(await rival.refund(done.id), done);
      assert.equal(await rival.refund('absent'), undefined);
      const own = async () =>
        (await rival.unfinished(Date.now())).openRefundIds.filter(id =>
          [late, early, done].some(each => each.id === id),
        );
      assert.deepEqual(await own(), [early.id, late.id]);
      await store.transaction(tx => tx.saveRefund({...early, state: 'needs_help'}));
      assert.deepEqual(await own(), [late.id]);
      const needing = await rival.refundsIn('needs_help', {offset: 0, limit: 1000});
      assert.deepEqual(
        needing.filter(({orderId}) => orderId === paid.order.id),
        [{...early, state: 'needs_help', version: 2}],
      );
      assert.deepEqual(await rival.refundsIn('needs_help', {offset: needing.length, limit: 1}), []);
    });

    it('are counted by reason while they wait for a person', async () => {
      const {rival, store} = opened();
      const refused = async () =>
        (await rival.refundsWaiting()).find(({reason}) => reason === 'refused') ?? {count: 0, since: Infinity};
      const before = await refused();
      const paid = await storedPayment();
      const needing = (purpose: string, since: number) =>
        aRefund(paid, {purpose, state: 'needs_help', help: {reason: 'refused', evidence: 'no', since}});
      const [first, second] = [needing('ticket 1', 7), needing('ticket 2', 5)];
      await put(first, second);
      assert.deepEqual(await refused(), {reason: 'refused', count: before.count + 2, since: 5});
      await store.transaction(tx => tx.saveRefund({...second, state: 'refunded'}));
      const {count, since} = await refused();
      assert.deepEqual([count, since], [before.count + 1, Math.min(7, before.since)]);
      await store.transaction(tx => tx.saveRefund({...first, state: 'refunded'}));
      assert.equal((await refused()).count, before.count);
    });

    it('are one per payment and purpose, and never of no order or payment', async () => {
      const paid = await storedPayment();
      await put(aRefund(paid));
      await assert.rejects(put(aRefund(paid)), {
        name: 'DuplicateRecordError',
        message: /one refund per payment and purpose/,
      });
      await assert.rejects(put(aRefund(paid, {orderId: randomUUID(), purpose: 'x'})), {
        name: 'MissingRecordError',
        message: /refund of an order/,
      });
      await assert.rejects(put(aRefund(paid, {paymentId: randomUUID(), purpose: 'x'})), {
        name: 'MissingRecordError',
        message: /refund of a payment/,
      });
    });

    it('are not saved over a newer version, and tell whoever watches the order', async () => {
      const paid = await storedPayment();
      const refund = aRefund(paid);
      const {store} = opened();
      let changes = 0;
      const stop = store.onOrderChanged(paid.order.id, () => changes++);
      await put(refund);
      await store.transaction(tx => tx.saveRefund({...refund, state: 'sent', sentAt: 20}));
      assert.equal(changes, 2);
      stop();
      await assert.rejects(
        store.transaction(tx => tx.saveRefund(refund)),
        StaleRecordError,
      );
    });
  });
}
