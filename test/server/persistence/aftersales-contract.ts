import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {before, describe, it} from 'node:test';
import {StaleRecordError, type Store} from '../../../src/server/persistence/store.ts';
import {anEvidence, anOrder, aTicket} from './record-builders.ts';
import {writersOf, type OpenedStores} from './opened-stores.ts';

/** What every store keeps to of tickets, their evidence, and what may be used so many times only. */
export function aftersalesContract(opened: () => OpenedStores) {
  const {write, storedOrder} = writersOf(opened);
  let store: Store;
  let rival: Store;
  before(() => {
    ({store, rival} = opened());
  });

  describe('after-sales', () => {
    it('finds an order by its number', async () => {
      const order = await storedOrder();
      assert.deepEqual(await store.orderByNumber(order.number), order);
      assert.deepEqual(await write(tx => tx.orderByNumber(order.number)), order);
      assert.equal(await store.orderByNumber('absent'), undefined);
    });

    it('opens one ticket per intent of an order, and the others see the first', async () => {
      const [order, other] = [await storedOrder(), await storedOrder()];
      const intent = randomUUID();
      const outcomes = await Promise.all(
        Array.from({length: 8}, (_, index) =>
          (index % 2 ? store : rival).transaction(tx => tx.claimTicket(aTicket(order, {intent}))),
        ),
      );
      assert.equal(outcomes.filter(({claimed}) => claimed).length, 1);
      const [kept, ...none] = await store.tickets(order.id);
      assert.deepEqual(none, []);
      for (const outcome of outcomes) if (!outcome.claimed) assert.deepEqual(outcome.first, kept);
      assert.deepEqual(await write(tx => tx.claimTicket(aTicket(other, {intent}))), {claimed: true});
      await assert.rejects(
        write(tx => tx.claimTicket(aTicket(anOrder()))),
        {name: 'MissingRecordError'},
      );
    });

    it('keeps tickets in order, and refuses to save over a newer version', async () => {
      const order = await storedOrder();
      const [late, early] = [aTicket(order, {createdAt: 20}), aTicket(order, {createdAt: 10})];
      await write(async tx => {
        for (const ticket of [late, early]) await tx.claimTicket(ticket);
      });
      assert.deepEqual(await store.tickets(order.id), [early, late]);
      await write(tx => tx.saveTicket({...early, progress: {state: 'closed'}}));
      await assert.rejects(
        write(tx => tx.saveTicket(early)),
        StaleRecordError,
      );
      assert.deepEqual(await rival.ticket(early.id), {...early, progress: {state: 'closed'}, version: 2});
      assert.equal(await store.ticket('absent'), undefined);
    });

    it('finds what waits for the shop, and what has come to its end, by deadline', async () => {
      const order = await storedOrder();
      const ticket = (state: 'open' | 'waiting_for_shop' | 'waiting_for_buyer' | 'resolved', deadline: number) =>
        aTicket(order, {progress: {state, deadline, ...(state === 'resolved' && {outcome: {kind: 'refuse'}})}});
      const tickets = [
        ticket('waiting_for_shop', 30),
        ticket('open', 10),
        ticket('waiting_for_buyer', 20),
        ticket('resolved', 5),
        ticket('resolved', 21),
        aTicket(order, {progress: {state: 'closed'}}),
      ];
      await write(async tx => {
        for (const each of tickets) await tx.claimTicket(each);
      });
      const own = (ids: readonly string[]) => ids.filter(id => tickets.some(each => each.id === id));
      const waiting = (await store.ticketsForShop()).map(({id}) => id);
      assert.deepEqual(own(waiting), [tickets[1]!.id, tickets[0]!.id]);
      assert.deepEqual(own(await store.endedTicketIds(20)), [tickets[3]!.id, tickets[2]!.id]);
      assert.deepEqual(own(await store.endedTicketIds(4)), []);
    });

    it('keeps files byte by byte', async () => {
      const order = await storedOrder();
      const ticket = aTicket(order);
      const [late, early] = [anEvidence(ticket, {createdAt: 20}), anEvidence(ticket, {createdAt: 10})];
      const bytes = Uint8Array.from({length: 100_000}, (_, index) => index % 256);
      await write(async tx => {
        await tx.claimTicket(ticket);
        await tx.insertEvidence(late, bytes);
        await tx.insertEvidence(early, new Uint8Array([0, 255, 0]));
      });
      assert.deepEqual(await rival.evidence(ticket.id), [early, late]);
      assert.deepEqual(await rival.evidenceBytes(late.id), bytes);
      assert.deepEqual(await store.evidenceBytes(early.id), new Uint8Array([0, 255, 0]));
      assert.equal(await store.evidenceBytes('absent'), undefined);
      const again = anEvidence(ticket, {intent: late.intent});
      await assert.rejects(
        write(tx => tx.insertEvidence(again, bytes)),
        {name: 'DuplicateRecordError'},
      );
      const lost = anEvidence(aTicket(order));
      await assert.rejects(
        write(tx => tx.insertEvidence(lost, bytes)),
        {name: 'MissingRecordError'},
      );
    });

    it('counts scarce uses for all processes together, and begins anew when the window is over', async () => {
      const subject = randomUUID();
      const use = (through: Store, at: number) => through.transaction(tx => tx.recordUse(subject, at, 100));
      const counts = await Promise.all(Array.from({length: 10}, (_, index) => use(index % 2 ? store : rival, 1_000)));
      assert.deepEqual(
        counts.map(({count}) => count).sort((left, right) => left - right),
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      );
      assert.ok(counts.every(({since}) => since === 1_000));
      assert.deepEqual(await use(store, 1_099), {count: 11, since: 1_000});
      assert.deepEqual(await use(rival, 1_100), {count: 1, since: 1_100});
      await write(tx => tx.forgetUses(1_100));
      assert.deepEqual(await use(store, 1_101), {count: 2, since: 1_100});
      await write(tx => tx.forgetUses(1_101));
      assert.deepEqual(await use(store, 1_102), {count: 1, since: 1_102});
    });

    it('does not count what was rolled back', async () => {
      const subject = randomUUID();
      const failing = write(async tx => {
        await tx.recordUse(subject, 1, 100);
        throw new Error('no');
      });
      await assert.rejects(failing);
      assert.equal((await write(tx => tx.recordUse(subject, 2, 100))).count, 1);
    });
  });
}
