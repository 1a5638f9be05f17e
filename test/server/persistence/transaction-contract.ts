import assert from 'node:assert/strict';
import {before, describe, it} from 'node:test';
import type {OrderRecord} from '../../../src/server/persistence/records.ts';
import {StaleRecordError, type Store, type Transaction} from '../../../src/server/persistence/store.ts';
import {anAttempt, anOrder, aPayment, aProcurement} from './record-builders.ts';
import {writersOf, type OpenedStores} from './opened-stores.ts';

/** What a transaction keeps to in every store. `concurrent`: those of `store` and `rival` can be in flight together. */
export function transactionContract(opened: () => OpenedStores, {concurrent}: {readonly concurrent: boolean}) {
  const {write, storedOrder} = writersOf(opened);
  let store: Store;
  let rival: Store;
  before(() => {
    ({store, rival} = opened());
  });

  describe('transactions', () => {
    it('keep nothing when the work throws, and pass the error on', async () => {
      const order = anOrder();
      const failure = new Error('no');
      const running = write(async tx => {
        await tx.insertOrder(order);
        await tx.claimIntent({intent: order.id, requestHash: 'h', orderId: order.id, claimedAt: 1});
        throw failure;
      });
      await assert.rejects(running, error => error === failure);
      assert.equal(await store.order(order.id), undefined);
      assert.equal(await store.intent(order.id), undefined);
    });

    it('show what they wrote to themselves, and to others only when it is kept', async () => {
      const order = anOrder();
      const answer = await write(async tx => {
        await tx.insertOrder(order);
        await tx.saveOrder({...order, contact: 'other@example.org'});
        return tx.order(order.id);
      });
      assert.deepEqual(answer, {...order, contact: 'other@example.org', version: 2});
      assert.deepEqual(await rival.order(order.id), answer);
    });

    it('give copies: what a caller changes afterwards is not stored', async () => {
      const order = anOrder();
      const lines = [...order.lines];
      await write(tx => tx.insertOrder({...order, lines}));
      lines.pop();
      assert.deepEqual((await store.order(order.id))?.lines, order.lines);
    });

    it('keep any text a platform may send', async () => {
      const order = anOrder({contact: 'nul \0 half \ud83d pair 😀 月卡 \u2028'});
      await write(tx => tx.insertOrder(order));
      assert.equal((await store.order(order.id))?.contact, order.contact);
    });

    it('make a read and its save one step, however many come at once', async () => {
      const order = await storedOrder();
      const raise = (through: Store) =>
        through.transaction(async tx => {
          const current = (await tx.order(order.id))!;
          await tx.saveOrder({...current, expiresAt: current.expiresAt + 1});
        });
      await Promise.all(Array.from({length: 12}, (_, index) => raise(index % 2 ? store : rival)));
      const end = await store.order(order.id);
      assert.equal(end?.version, 13);
      assert.equal(end.expiresAt, order.expiresAt + 12);
    });

    if (concurrent) {
      it('are run again when two wait for each other', async () => {
        const [first, second] = [await storedOrder(), await storedOrder()];
        const bothHold = barrier(2);
        const lockBoth = (through: Store, one: OrderRecord, other: OrderRecord) =>
          through.transaction(async tx => {
            const held = (await tx.order(one.id))!;
            await bothHold();
            const wanted = (await tx.order(other.id))!;
            await tx.saveOrder(held);
            await tx.saveOrder(wanted);
          });
        await Promise.all([lockBoth(store, first, second), lockBoth(rival, second, first)]);
        assert.equal((await store.order(first.id))?.version, 3);
        assert.equal((await store.order(second.id))?.version, 3);
      });
    }
  });

  describe('versions', () => {
    it('rise with every save, and a save over a newer one is refused', async () => {
      const order = await storedOrder();
      const payment = aPayment(order);
      const procurement = aProcurement(order);
      const attempt = anAttempt(procurement);
      await write(async tx => {
        await tx.insertPayment(payment);
        await tx.insertProcurement(procurement);
        await tx.insertAttempt(attempt);
      });
      const saves: readonly ((tx: Transaction) => Promise<void>)[] = [
        tx => tx.saveOrder(order),
        tx => tx.savePayment(payment),
        tx => tx.saveProcurement(procurement),
        tx => tx.saveAttempt(attempt),
      ];
      for (const save of saves) {
        await write(save);
        await assert.rejects(write(save), StaleRecordError);
      }
      assert.equal((await store.order(order.id))?.version, 2);
      assert.equal((await store.payment(payment.id))?.version, 2);
      assert.equal((await store.procurement(procurement.id))?.version, 2);
      assert.equal((await store.attempts(procurement.id))[0]?.version, 2);
    });
  });
}

function barrier(size: number): () => Promise<void> {
  const {promise, resolve} = Promise.withResolvers<void>();
  let here = 0;
  return () => {
    if (++here === size) resolve();
    return promise;
  };
}
