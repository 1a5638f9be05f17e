import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {before, describe, it} from 'node:test';
import type {OrderRecord} from '../../../src/server/persistence/records.ts';
import type {Store, Transaction} from '../../../src/server/persistence/store.ts';
import {anOrder} from './record-builders.ts';
import {writersOf, type OpenedStores} from './opened-stores.ts';

/** What every store keeps to where a coupon is used up. */
export function couponContract(opened: () => OpenedStores) {
  const {write, storedOrder} = writersOf(opened);
  let store: Store;
  let rival: Store;
  before(() => {
    ({store, rival} = opened());
  });

  describe('coupons', () => {
    const uses = async (
      code: string,
      limits: {uses?: number; usesPerContact?: number},
      contacts: readonly string[],
    ) => {
      const orders = await Promise.all(contacts.map(() => storedOrder()));
      return Promise.all(
        contacts.map((contact, index) =>
          (index % 2 ? store : rival).transaction(tx =>
            tx.claimCoupon({orderId: orders[index]!.id, code, contact, at: 1}, limits),
          ),
        ),
      );
    };
    const count = (outcomes: readonly boolean[]) => outcomes.filter(Boolean).length;

    it('are used as often as they may be, however many come at once', async () => {
      const code = randomUUID();
      assert.equal(
        count(
          await uses(
            code,
            {uses: 3},
            Array.from({length: 10}, (_, index) => `c${index}`),
          ),
        ),
        3,
      );
      assert.equal(await store.couponUses(code), 3);
      assert.equal(await rival.couponUses('another'), 0);
    });

    it('are used by one contact as often as that may, and by others still', async () => {
      const code = randomUUID();
      const limits = {usesPerContact: 1};
      assert.equal(count(await uses(code, limits, ['a', 'a', 'a', 'b', 'a', 'b'])), 2);
      assert.deepEqual(await uses(code, limits, ['c']), [true]);
    });

    it('are used once by one order, and without end where there is no limit', async () => {
      const code = randomUUID();
      const {id: orderId} = await storedOrder();
      const claim = () => write(tx => tx.claimCoupon({orderId, code, contact: 'a', at: 1}, {uses: 1}));
      assert.deepEqual([await claim(), await claim()], [true, true]);
      assert.equal(await store.couponUses(code), 1);
      assert.equal(count(await uses(code, {}, ['a', 'a', 'a'])), 3);
    });

    it('are free again when they are given back or rolled back, and count again when they are taken back', async () => {
      const code = randomUUID();
      const limits = {uses: 1, usesPerContact: 1};
      const [first, second] = [await storedOrder(), await storedOrder()];
      const claim = (order: OrderRecord) => (tx: Transaction) =>
        tx.claimCoupon({orderId: order.id, code, contact: 'a', at: 1}, limits);
      const rolledBack = write(async tx => {
        await claim(first)(tx);
        throw new Error('no');
      });
      await assert.rejects(rolledBack);
      assert.equal(await write(claim(first)), true);
      assert.equal(await write(claim(second)), false);
      await write(tx => tx.returnCoupon(first.id));
      assert.equal(await store.couponUses(code), 0);
      assert.equal(await write(claim(second)), true);
      await write(tx => tx.retakeCoupon(first.id));
      assert.equal(await rival.couponUses(code), 2);
      await write(tx => tx.returnCoupon(anOrder().id));
    });
  });
}
