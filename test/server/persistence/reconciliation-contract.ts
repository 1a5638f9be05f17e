import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {describe, it} from 'node:test';
import type {ReconciliationRecord} from '../../../src/server/persistence/reconciliation-record.ts';
import type {Store} from '../../../src/server/persistence/store.ts';
import {anOrder, aPayment} from './record-builders.ts';

/** What every store keeps to where payments are compared with a provider's. */
export function reconciliationContract(opened: () => {readonly store: Store; readonly rival: Store}) {
  describe('comparisons with a payment provider', () => {
    async function opensPayment(provider: string, createdAt: number): Promise<string> {
      const order = anOrder();
      const payment = aPayment(order, {provider, createdAt});
      await opened().store.transaction(async tx => {
        await tx.insertOrder(order);
        await tx.insertPayment(payment);
      });
      return payment.id;
    }
    const aComparison = (provider: string, overrides: Partial<ReconciliationRecord> = {}): ReconciliationRecord => ({
      id: randomUUID(),
      provider,
      from: 10,
      until: 30,
      startedAt: 40,
      endedAt: 41,
      compared: 2,
      differences: [{kind: 'unknown_there', paymentId: 'pay_1'}],
      differenceCount: 1,
      ...overrides,
    });
    const claim = (record: ReconciliationRecord) => opened().store.transaction(tx => tx.claimReconciliation(record));

    it('find payments by when they began', async () => {
      const provider = randomUUID();
      const [second, first] = [await opensPayment(provider, 20), await opensPayment(provider, 10)];
      await opensPayment(provider, 30);
      await opensPayment(randomUUID(), 15);
      const began = async (offset: number, limit: number) => {
        const found = await opened().rival.paymentsOpened(provider, {from: 10, until: 30}, {offset, limit});
        return found.map(({id}) => id);
      };
      assert.deepEqual(await began(0, 3), [first, second]);
      assert.deepEqual(await began(0, 1), [first]);
      assert.deepEqual(await began(1, 3), [second]);
    });

    it('are kept once each, and found again, the newest first', async () => {
      const provider = randomUUID();
      const {rival} = opened();
      const [first, second] = [aComparison(provider), aComparison(provider, {by: 'anna'})];
      assert.deepEqual(await claim(first), first);
      assert.deepEqual(await claim({...first, compared: 9}), first);
      await claim(second);
      await claim(aComparison(randomUUID()));
      assert.deepEqual(await rival.reconciliations({provider, offset: 0, limit: 9}), [second, first]);
      assert.deepEqual(await rival.reconciliations({provider, offset: 1, limit: 9}), [first]);
      assert.deepEqual(await rival.reconciliations({provider, scheduled: true, offset: 0, limit: 9}), [first]);
      assert.equal((await rival.reconciliations({offset: 0, limit: 3})).length, 3);
      assert.deepEqual(await rival.reconciliation(first.id), first);
      assert.equal(await rival.reconciliation('absent'), undefined);
    });
  });
}
