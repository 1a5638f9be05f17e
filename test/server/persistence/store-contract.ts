import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {after, before, describe, it} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import type {LineEarnings} from '../../../src/domain/earnings.ts';
import type {Stock} from '../../../src/domain/stock.ts';
import type {Jobs} from '../../../src/server/jobs.ts';
import {pausedForAbsence} from '../../../src/server/persistence/catalogue-changes.ts';
import type {ListingQuery, OrderRecord, SealedKind, SealedRow} from '../../../src/server/persistence/records.ts';
import {StaleRecordError, type Store, type Transaction} from '../../../src/server/persistence/store.ts';
import {
  aCard,
  aCategory,
  aListing,
  anAttempt,
  anEvidence,
  anOrder,
  aPayment,
  aProcurement,
  aTicket,
} from './record-builders.ts';
import {deliveryContract} from './delivery-contract.ts';
import {reconciliationContract} from './reconciliation-contract.ts';
import {refundContract} from './refund-contract.ts';
import {consoleContract} from './console-contract.ts';
import {ownStockContract} from './own-stock-contract.ts';

export interface StoreUnderTest {
  readonly store: Store;
  /** The same data through another process's eyes; the store itself where only one process can have it. */
  readonly rival: Store;
  readonly jobs: Jobs;
  close(): Promise<void>;
}

/** What every {@link Store} keeps to. `concurrent`: transactions of `store` and `rival` can be in flight together. */
export function storeContract(name: string, open: () => Promise<StoreUnderTest>, {concurrent}: {concurrent: boolean}) {
  describe(`store: ${name}`, () => {
    let opened: StoreUnderTest;
    let store: Store;
    let rival: Store;
    before(async () => {
      opened = await open();
      ({store, rival} = opened);
    });
    after(() => opened.close());

    const write = <Answer>(work: (tx: Transaction) => Promise<Answer>) => store.transaction(work);
    async function storedOrder(overrides: Partial<OrderRecord> = {}) {
      const order = anOrder(overrides);
      await write(tx => tx.insertOrder(order));
      return order;
    }

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

    describe('intents', () => {
      const claim = (tx: Transaction, intent: string, orderId: string) =>
        tx.claimIntent({intent, requestHash: `hash of ${orderId}`, orderId, claimedAt: 1});

      it('are claimed by exactly one of many, and the others see the first', async () => {
        const intent = randomUUID();
        const outcomes = await Promise.all(
          Array.from({length: 10}, (_, index) =>
            (index % 2 ? store : rival).transaction(tx => claim(tx, intent, `order ${index}`)),
          ),
        );
        const winners = outcomes.filter(outcome => outcome.claimed);
        assert.equal(winners.length, 1);
        const kept = await store.intent(intent);
        for (const outcome of outcomes) if (!outcome.claimed) assert.deepEqual(outcome.first, kept);
        assert.equal(
          outcomes.findIndex(({claimed}) => claimed),
          Number(kept?.orderId.split(' ')[1]),
        );
      });

      it('are free again when the claim is rolled back', async () => {
        const intent = randomUUID();
        const failing = store.transaction(async tx => {
          await claim(tx, intent, 'first');
          throw new Error('no');
        });
        const following = rival.transaction(tx => claim(tx, intent, 'second'));
        await assert.rejects(failing);
        assert.deepEqual(await following, {claimed: true});
        assert.equal((await store.intent(intent))?.orderId, 'second');
      });
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

    describe('rules', () => {
      const breaks = (work: (tx: Transaction) => Promise<unknown>, name: string, rule: RegExp) =>
        assert.rejects(write(work), {name, message: rule});

      it('allow each of these once', async () => {
        const order = await storedOrder();
        const payment = aPayment(order, {providerReference: randomUUID()});
        const procurement = aProcurement(order);
        const attempt = anAttempt(procurement);
        const card = aCard(procurement);
        await write(async tx => {
          await tx.insertPayment(payment);
          await tx.insertProcurement(procurement);
          await tx.insertAttempt(attempt);
          await tx.insertCards([card]);
        });
        const {providerReference} = payment as {providerReference: string};
        const another = aPayment(order);
        await write(tx => tx.insertPayment(another));

        await breaks(tx => tx.insertOrder(anOrder({number: order.number})), 'DuplicateRecordError', /order number/);
        await breaks(tx => tx.insertPayment(aPayment(order, {providerReference})), 'DuplicateRecordError', /reference/);
        await breaks(tx => tx.savePayment({...another, providerReference}), 'DuplicateRecordError', /reference/);
        await breaks(tx => tx.insertProcurement(aProcurement(order)), 'DuplicateRecordError', /per order line/);
        const second = aProcurement(order, {part: 2});
        await write(tx => tx.insertProcurement(second));
        await breaks(tx => tx.insertProcurement(aProcurement(order, {part: 2})), 'DuplicateRecordError', /and part/);
        assert.deepEqual(await store.procurements(order.id), [procurement, second]);
        await breaks(
          tx => tx.insertAttempt(anAttempt(procurement, {reference: attempt.reference})),
          'DuplicateRecordError',
          /connection and reference/,
        );
        await breaks(tx => tx.insertCards([aCard(procurement)]), 'DuplicateRecordError', /place in a line/);
        await write(tx => tx.insertPayment(aPayment(order, {providerReference, provider: 'other'})));
        await write(tx => tx.insertCards([aCard(procurement, {position: 1})]));
      });

      it('ask for the record that another belongs to', async () => {
        const absent = anOrder();
        await breaks(tx => tx.insertPayment(aPayment(absent)), 'MissingRecordError', /payment of an order/);
        await breaks(tx => tx.insertProcurement(aProcurement(absent)), 'MissingRecordError', /procurement of an order/);
        const attempt = anAttempt(aProcurement(absent));
        await breaks(tx => tx.insertAttempt(attempt), 'MissingRecordError', /attempt of a procurement/);
      });

      it('count a provider event once, also when two bring it together', async () => {
        const event = randomUUID();
        const seen = await Promise.all(
          [store, rival, store].map(through => through.transaction(tx => tx.recordPaymentEvent('sandbox', event, 1))),
        );
        assert.deepEqual(seen.sort(), [false, false, true]);
        assert.equal(await write(tx => tx.recordPaymentEvent('other', event, 1)), true);
      });
    });

    describe('what belongs to an order', () => {
      it('comes back whole and in order', async () => {
        const order = await storedOrder();
        const [late, early] = [aPayment(order, {createdAt: 20}), aPayment(order, {createdAt: 10})];
        const procurement = aProcurement(order);
        const attempts = [1, 2, 3].map(sentAt => anAttempt(procurement, {sentAt}));
        const outcome = {kind: 'unknown', reason: 'timeout', text: 'no answer'} as const;
        const cards = [2, 0, 10, 1].map(position => aCard(procurement, {position, note: `${position}`}));
        await write(async tx => {
          for (const payment of [late, early]) await tx.insertPayment(payment);
          await tx.insertProcurement(procurement);
          for (const attempt of [...attempts].reverse()) await tx.insertAttempt(attempt);
          await tx.saveAttempt({...attempts[0]!, outcome, settledAt: 9});
          await tx.insertCards(cards);
          await tx.insertCards([]);
        });
        assert.deepEqual(await store.payments(order.id), [early, late]);
        assert.deepEqual(await store.procurements(order.id), [procurement]);
        const settled = {...attempts[0]!, outcome, settledAt: 9, version: 2};
        assert.deepEqual(await store.attempts(procurement.id), [settled, attempts[1], attempts[2]]);
        assert.deepEqual(
          (await store.cards(order.id)).map(({position}) => position),
          [0, 1, 2, 10],
        );
        assert.equal(await store.hasFingerprint(cards[0]!.fingerprint), true);
        assert.equal(await store.hasFingerprint('another'), false);
        assert.equal(await store.hasFingerprint('another', cards[0]!.fingerprint), true);
      });

      it('keeps what each line earned, and replaces it', async () => {
        const order = await storedOrder();
        const yuan = (amount: string) => money(amount, 'CNY');
        const earned = (lineId: string, margin: string): LineEarnings => ({
          orderId: order.id,
          lineId,
          price: yuan('12'),
          coupon: yuan('0'),
          givenBack: yuan('0'),
          kept: yuan('12'),
          listCost: yuan('10'),
          tierDiscount: yuan('0'),
          cost: yuan('10'),
          serviceFee: yuan('0'),
          commission: yuan('0'),
          paymentFee: yuan('0'),
          margin: yuan(margin),
        });
        assert.deepEqual(await store.earnings(order.id), []);
        await write(tx => tx.saveEarnings([earned('l2', '2'), earned('l1', '-0.0001')]));
        await write(tx => tx.saveEarnings([earned('l2', '3')]));
        assert.deepEqual(await rival.earnings(order.id), [earned('l1', '-0.0001'), earned('l2', '3')]);
        await assert.rejects(
          write(tx => tx.saveEarnings([{...earned('l1', '1'), orderId: randomUUID()}])),
          {name: 'MissingRecordError', message: /earnings of an order/},
        );
      });

      it('finds what waits for a person, oldest first, page by page', async () => {
        const order = await storedOrder();
        const attention = {reason: 'overdue', since: 1, evidence: 'none'} as const;
        const waiting = [1, 2, 3].map(part => aProcurement(order, {part, attention, createdAt: 4 - part}));
        const other = aProcurement(order, {part: 4});
        await write(async tx => {
          for (const procurement of [...waiting, other]) await tx.insertProcurement(procurement);
        });
        const all = await store.procurementsForPeople({offset: 0, limit: 1000});
        const own = all.filter(({orderId}) => orderId === order.id);
        assert.deepEqual(own, [waiting[2], waiting[1], waiting[0]]);
        const offset = all.findIndex(({id}) => id === waiting[1]!.id);
        assert.deepEqual(await rival.procurementsForPeople({offset, limit: 1}), [waiting[1]]);
      });

      it('finds the attempts that are under way at one connection, oldest first', async () => {
        const order = await storedOrder();
        const connectionId = randomUUID();
        const open = (part: number, overrides: Parameters<typeof aProcurement>[1]) =>
          aProcurement(order, {part, connectionId, ...overrides});
        const procurements = [
          open(1, {state: 'unknown'}),
          open(2, {state: 'accepted'}),
          open(3, {state: 'submitting'}),
          open(4, {state: 'draft'}),
          open(5, {state: 'delivered'}),
          open(6, {state: 'failed'}),
          open(7, {state: 'unknown', connectionId: 'elsewhere'}),
        ];
        const attempts = procurements.map((procurement, index) =>
          anAttempt(procurement, {connectionId, sentAt: 100 - index}),
        );
        await write(async tx => {
          for (const procurement of procurements) await tx.insertProcurement(procurement);
          for (const attempt of attempts) await tx.insertAttempt(attempt);
        });
        assert.deepEqual(await rival.openAttempts(connectionId), [attempts[2], attempts[1], attempts[0]]);
        assert.deepEqual(await store.openAttempts('nowhere'), []);
      });

      it('finds the last purchases at a platform, newest first, and of one moment the one written last', async () => {
        const order = await storedOrder();
        const connectionId = randomUUID();
        const procurements = [1, 2, 3, 4].map(part => aProcurement(order, {part, connectionId}));
        const attempts = [100, 300, 200, 300].map((sentAt, index) =>
          anAttempt(procurements[index]!, {connectionId, sentAt}),
        );
        await write(async tx => {
          for (const procurement of procurements) await tx.insertProcurement(procurement);
          for (const attempt of attempts) await tx.insertAttempt(attempt);
        });
        const newest = [attempts[3], attempts[1], attempts[2], attempts[0]];
        assert.deepEqual(await rival.latestAttempts(connectionId, {limit: 9}), newest);
        assert.deepEqual(await store.latestAttempts(connectionId, {limit: 2}), newest.slice(0, 2));
        assert.deepEqual(await store.latestAttempts(connectionId, {since: 200, limit: 9}), newest.slice(0, 3));
        assert.deepEqual(await store.latestAttempts('nowhere', {limit: 9}), []);
      });

      it('counts every reveal', async () => {
        const order = await storedOrder();
        const counts = await Promise.all(
          [store, rival, store, rival].map((through, at) => through.transaction(tx => tx.recordReveal(order.id, at))),
        );
        assert.deepEqual(counts.sort(), [1, 2, 3, 4]);
      });

      it('is found when unfinished, oldest first', async () => {
        const orders = await Promise.all([anOrder({createdAt: 30}), anOrder({createdAt: 10})].map(storedOrder));
        const done = await storedOrder({progress: {state: 'delivered', lines: {}}});
        const open = [aPayment(done, {createdAt: 5}), aPayment(done, {state: 'pending', createdAt: 4})];
        const procurements = [
          aProcurement(orders[0]!, {state: 'unknown', createdAt: 2}),
          aProcurement(orders[1]!, {state: 'draft', createdAt: 1, lookAt: 20}),
        ];
        const early = aProcurement(done, {state: 'accepted', lookAt: 21, part: 2});
        // A person was called, and it is looked at all the same.
        const late = aProcurement(await storedOrder({progress: {state: 'fulfilling', lines: {}}}), {
          state: 'accepted',
          attention: {reason: 'overdue', since: 1, evidence: 'none'},
          followUntil: 10,
          createdAt: 3,
        });
        const left = aProcurement(done, {
          attention: {reason: 'unresolved', since: 1, evidence: 'none'},
          state: 'unknown',
        });
        const delivered = await storedOrder();
        const settled = [
          aProcurement(delivered, {state: 'delivered'}),
          aProcurement(delivered, {state: 'partial', part: 2}),
        ];
        await write(async tx => {
          for (const payment of [...open, aPayment(done, {state: 'paid'})]) await tx.insertPayment(payment);
          for (const procurement of [...procurements, early, late, left, ...settled])
            await tx.insertProcurement(procurement);
        });
        const unfinished = await store.unfinished(20);
        const ofThese = (ids: readonly string[], rows: readonly {id: string}[]) =>
          ids.filter(id => rows.some(row => row.id === id));
        assert.deepEqual(ofThese(unfinished.pendingOrderIds, [...orders, done]), [orders[1]!.id, orders[0]!.id]);
        assert.deepEqual(ofThese(unfinished.openPaymentIds, open), [open[1]!.id, open[0]!.id]);
        assert.deepEqual(ofThese(unfinished.openProcurementIds, [...procurements, early, late, left, ...settled]), [
          procurements[1]!.id,
          procurements[0]!.id,
          late.id,
        ]);
        await write(tx => tx.savePayment({...open[0]!, state: 'expired'}));
        assert.deepEqual(ofThese((await store.unfinished(20)).openPaymentIds, open), [open[1]!.id]);
      });
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

    describe('what lies encrypted', () => {
      const kinds: readonly SealedKind[] = ['card', 'attempt', 'ticket', 'evidence'];

      async function allRows(kind: SealedKind, limit: number): Promise<readonly SealedRow[]> {
        const rows: SealedRow[] = [];
        for (;;) {
          const page = await store.sealedRows(kind, rows.at(-1)?.record.id ?? '', limit);
          assert.ok(page.length <= limit);
          if (page.length === 0) return rows;
          rows.push(...page);
        }
      }

      async function oneOfEach() {
        const order = await storedOrder();
        const procurement = aProcurement(order);
        const cards = [aCard(procurement), aCard(procurement, {position: 1})];
        const attempt = anAttempt(procurement);
        const ticket = aTicket(order);
        const evidence = anEvidence(ticket);
        await write(async tx => {
          await tx.insertProcurement(procurement);
          await tx.insertAttempt(attempt);
          await tx.insertCards(cards);
          await tx.claimTicket(ticket);
          await tx.insertEvidence(evidence, Uint8Array.of(1, 2, 3));
        });
        return {order, procurement, cards, attempt, ticket, evidence};
      }

      it('is walked through in the order of ids, a page at a time, nothing left out', async () => {
        const first = await oneOfEach();
        const second = await oneOfEach();
        for (const kind of kinds) {
          const rows = await allRows(kind, 3);
          const ids = rows.map(({record}) => record.id);
          assert.deepEqual(ids, [...new Set(ids)].sort());
          assert.ok(rows.every(row => row.kind === kind));
        }
        const cardIds = (await allRows('card', 3)).map(({record}) => record.id);
        for (const {id} of [...first.cards, ...second.cards]) assert.ok(cardIds.includes(id));
        const file = (await allRows('evidence', 3)).find(({record}) => record.id === first.evidence.id);
        assert.deepEqual(file, {kind: 'evidence', record: first.evidence, sealed: Uint8Array.of(1, 2, 3)});
      });

      it('can be replaced, and is found as before', async () => {
        const {order, procurement, cards, attempt, ticket, evidence} = await oneOfEach();
        const card = {...cards[1]!, keyId: 'k2', sealed: 'bmV3', fingerprint: `new of ${cards[1]!.id}`};
        await write(async tx => {
          await tx.replaceSealed({kind: 'card', record: card});
          await tx.replaceSealed({
            kind: 'attempt',
            record: {...attempt, request: {...attempt.request, password: 'k2.x'}},
          });
          await tx.replaceSealed({kind: 'ticket', record: {...ticket, requestHash: 'new'}});
          await tx.replaceSealed({kind: 'evidence', record: {...evidence, keyId: 'k2'}, sealed: Uint8Array.of(9)});
        });
        assert.deepEqual(await rival.cards(order.id), [cards[0], card]);
        assert.equal(await store.hasFingerprint(card.fingerprint), true);
        assert.equal(await store.hasFingerprint(cards[1]!.fingerprint), false);
        assert.equal((await rival.attempts(procurement.id))[0]?.request.password, 'k2.x');
        assert.equal((await rival.ticket(ticket.id))?.requestHash, 'new');
        assert.deepEqual(await rival.evidence(ticket.id), [{...evidence, keyId: 'k2'}]);
        assert.deepEqual(await rival.evidenceBytes(evidence.id), Uint8Array.of(9));
      });

      it('is not put back by somebody who read it before', async () => {
        const {ticket, attempt} = await oneOfEach();
        await write(async tx => {
          await tx.replaceSealed({kind: 'ticket', record: ticket});
          await tx.replaceSealed({kind: 'attempt', record: attempt});
        });
        await assert.rejects(
          write(tx => tx.saveTicket(ticket)),
          StaleRecordError,
        );
        await assert.rejects(
          write(tx => tx.saveAttempt(attempt)),
          StaleRecordError,
        );
      });
    });

    deliveryContract(() => ({store, rival}));
    ownStockContract(() => ({store, rival}));
    consoleContract(() => ({store, rival}));

    refundContract(() => ({store, rival}));
    reconciliationContract(() => ({store, rival}));

    describe('changes to an order', () => {
      it('are announced after they are kept, to those who still listen', async () => {
        const order = await storedOrder();
        const heard: string[] = [];
        const stop = store.onOrderChanged(order.id, () => heard.push('first'));
        store.onOrderChanged(order.id, () => heard.push('second'));
        await write(async tx => {
          await tx.saveOrder(order);
          await tx.insertProcurement(aProcurement(order));
          assert.deepEqual(heard, []);
        });
        assert.deepEqual(heard, ['first', 'second']);
        stop();
        await write(tx => tx.insertPayment(aPayment(order)));
        assert.deepEqual(heard, ['first', 'second', 'second']);
        await storedOrder();
        assert.equal(heard.length, 3);
      });

      it('are not announced when they are rolled back', async () => {
        const order = await storedOrder();
        let heard = 0;
        store.onOrderChanged(order.id, () => heard++);
        const running = write(async tx => {
          await tx.saveOrder(order);
          throw new Error('no');
        });
        await assert.rejects(running);
        assert.equal(heard, 0);
      });
    });

    describe('catalogue', () => {
      const firstPage = {sort: 'featured', offset: 0, limit: 100} as const;
      const ofConnection = async (connection: string, query: Partial<ListingQuery> = {}) => {
        const {items} = await store.listings({...firstPage, categoryIds: [`${connection}-games`], ...query});
        return items.map(({goodCode}) => goodCode);
      };
      const put = (connection: string, listings: Parameters<Transaction['putListings']>[2]) =>
        write(tx => tx.putListings(connection, [aCategory(connection)], listings));

      it('finds a part of a title in any language, without case, and nothing by pattern', async () => {
        const connection = randomUUID();
        await put(connection, [
          aListing(connection, 'a', {title: '王者荣耀 点券', titles: {en: 'Honor of KINGS'}}),
          aListing(connection, 'b', {title: '50% 折扣_卡', titles: {de: 'Größe'}}),
          aListing(connection, 'c', {title: 'kings paused', pausedFor: 'screening'}),
        ]);
        assert.deepEqual(await ofConnection(connection, {q: '荣耀'}), ['a']);
        assert.deepEqual(await ofConnection(connection, {q: 'of kin'}), ['a']);
        assert.deepEqual(await ofConnection(connection, {q: 'GRÖSSE'.replace('SS', 'ß')}), ['b']);
        assert.deepEqual(await ofConnection(connection, {q: '0%'}), ['b']);
        assert.deepEqual(await ofConnection(connection, {q: '%'}), ['b']);
        assert.deepEqual(await ofConnection(connection, {q: '_'}), ['b']);
        assert.deepEqual(await ofConnection(connection, {q: ''}), ['a', 'b']);
        assert.deepEqual(await ofConnection(connection, {q: 'nothing'}), []);
      });

      it('finds every word, as it is written or as it is spelled, the better match first', async () => {
        const connection = randomUUID();
        await put(connection, [
          aListing(connection, 'spelled', {title: '腾讯 王者荣耀', spelling: 'TengXunWangZheRongYao', position: 1}),
          aListing(connection, 'begins', {title: '王者荣耀 648', spelling: 'WangZheRongYao648', position: 2}),
          aListing(connection, 'written', {title: 'Guide to WZRY', titles: {de: 'Wzry-Karte'}, position: 3}),
          aListing(connection, 'within', {title: 'Card for wzry', position: 4}),
          aListing(connection, 'other', {title: '网易', spelling: 'WangYi', position: 5}),
          aListing(connection, 'two', {title: 'x', titles: {zh: '啊王'}, spelling: 'X AWang', position: 6}),
        ]);
        const find = (q: string) => ofConnection(connection, {q, sort: 'relevance'});
        assert.deepEqual(await find('wzry'), ['written', 'within', 'begins', 'spelled']);
        assert.deepEqual(await find('WANGZHE'), ['begins', 'spelled']);
        assert.deepEqual(await find('wang zhe'), ['begins', 'spelled']);
        assert.deepEqual(await find('wangzry648'), ['begins']);
        assert.deepEqual(await find('荣耀 648'), ['begins']);
        assert.deepEqual(await find('648 荣耀'), ['begins']);
        assert.deepEqual(await find('rongyao'), ['spelled', 'begins']);
        assert.deepEqual(await find("wang'yi"), ['other']);
        assert.deepEqual(await find('ang'), []);
        assert.deepEqual(await find('xa'), []);
        assert.deepEqual(await find('wang'), ['begins', 'other', 'spelled', 'two']);
        assert.deepEqual(await find('王者 网易'), []);
        assert.deepEqual(await find('.* [a-z]*'), []);
        assert.deepEqual(await ofConnection(connection, {sort: 'relevance'}), await ofConnection(connection));
      });

      it('filters by price, stock and delivery, and counts what each filter would leave', async () => {
        const connection = randomUUID();
        const good = (code: string, price: string, delivery: 'automatic' | 'manual', stock: Stock) => {
          const listing = aListing(connection, code, {price: money(price, 'CNY')});
          const [sku] = listing.product.skus;
          const skus = [
            {...sku!, stock: {kind: 'counted', count: 0, at: 1} as const},
            {...sku!, id: `${code}-2`, stock},
          ];
          return {...listing, product: {...listing.product, delivery, skus}};
        };
        const counted = (count: number) => ({kind: 'counted', count, at: 1}) as const;
        await put(connection, [
          good('a', '0.015', 'automatic', {kind: 'unlimited', at: 1}),
          good('b', '9.90', 'automatic', counted(0)),
          good('c', '10', 'manual', counted(1)),
          good('d', '100.00', 'manual', {kind: 'unknown'}),
        ]);
        const filter = async (query: Partial<ListingQuery>) => {
          const page = {...firstPage, categoryIds: [`${connection}-games`], facets: true};
          const {items, total, facets} = await store.listings({...page, ...query});
          assert.equal(total, items.length);
          return {codes: items.map(({goodCode}) => goodCode).join(''), ...facets!};
        };
        const whole = {lowest: money('0.015', 'CNY'), highest: money('100', 'CNY')};
        assert.deepEqual(await filter({}), {
          codes: 'abcd',
          inStock: 2,
          delivery: {automatic: 2, manual: 2},
          price: whole,
        });
        assert.deepEqual(await filter({minPrice: '9.9', maxPrice: '10.00'}), {
          codes: 'bc',
          inStock: 1,
          delivery: {automatic: 1, manual: 1},
          price: whole,
        });
        assert.deepEqual(await filter({inStock: true}), {
          codes: 'ac',
          inStock: 2,
          delivery: {automatic: 1, manual: 1},
          price: {lowest: money('0.015', 'CNY'), highest: money('10', 'CNY')},
        });
        assert.deepEqual(await filter({delivery: 'manual', minPrice: '50'}), {
          codes: 'd',
          inStock: 0,
          delivery: {automatic: 0, manual: 1},
          price: {lowest: money('10', 'CNY'), highest: money('100', 'CNY')},
        });
        assert.deepEqual(await filter({q: 'nothing'}), {
          codes: '',
          inStock: 0,
          delivery: {automatic: 0, manual: 0},
        });
        assert.equal((await filter({minPrice: '11', maxPrice: '9'})).codes, '');
      });

      it('filters by official source, and counts what that would leave', async () => {
        const [official, other] = [randomUUID(), randomUUID()];
        const category = `${official}-games`;
        const good = (connection: string, code: string) => ({...aListing(connection, code), categoryId: category});
        await put(official, [good(official, 'a'), good(official, 'b')]);
        await put(other, [good(other, 'c')]);
        const find = async (query: Partial<ListingQuery>) => {
          const {total, facets} = await store.listings({...firstPage, categoryIds: [category], facets: true, ...query});
          return [total, facets!.official, facets!.inStock + facets!.delivery.automatic];
        };
        const all = await find({});
        assert.deepEqual(all.slice(0, 2), [3, undefined]);
        assert.deepEqual((await find({official: {connectionIds: [official], only: false}})).slice(0, 2), [3, 2]);
        const [total, counted, others] = await find({official: {connectionIds: [official], only: true}});
        assert.deepEqual([total, counted], [2, 2]);
        assert.ok(others! < all[2]!);
        assert.deepEqual((await find({official: {connectionIds: [], only: true}})).slice(0, 2), [0, 0]);
      });

      it('sorts by place, by price as a number, and by title, always the same way', async () => {
        const connection = randomUUID();
        await put(connection, [
          aListing(connection, 'a', {position: 3, price: money('9.90', 'CNY'), title: 'beta'}),
          aListing(connection, 'b', {position: 1, price: money('100', 'CNY'), title: '月卡'}),
          aListing(connection, 'c', {position: 2, price: money('0.015', 'CNY'), title: 'Alpha'}),
          aListing(connection, 'd', {position: 2, price: money('9.9', 'CNY'), title: '😀 card'}),
          aListing(connection, 'e', {position: 4, price: money('10', 'CNY'), title: '\uffee half width'}),
        ]);
        assert.deepEqual(await ofConnection(connection), ['b', 'c', 'd', 'a', 'e']);
        assert.deepEqual(await ofConnection(connection, {sort: 'price_ascending'}), ['c', 'd', 'a', 'e', 'b']);
        assert.deepEqual(await ofConnection(connection, {sort: 'price_descending'}), ['b', 'e', 'd', 'a', 'c']);
        assert.deepEqual(await ofConnection(connection, {sort: 'title'}), ['c', 'a', 'b', 'e', 'd']);
        const page = await store.listings({...firstPage, categoryIds: [`${connection}-games`], offset: 1, limit: 2});
        assert.deepEqual(
          page.items.map(({goodCode}) => goodCode),
          ['c', 'd'],
        );
        assert.equal(page.total, 5);
        assert.deepEqual(await store.listings({...firstPage, categoryIds: []}), {items: [], total: 0});
      });

      it('counts what each category sells, and hides empty ones', async () => {
        const connection = randomUUID();
        const games = aCategory(connection, {position: 2});
        const courses = aCategory(connection, {id: `${connection}-courses`, position: 1, parentId: games.id});
        const empty = aCategory(connection, {id: `${connection}-empty`});
        await write(tx =>
          tx.putListings(
            connection,
            [games, courses, empty],
            [
              aListing(connection, 'a'),
              aListing(connection, 'b'),
              aListing(connection, 'c', {categoryId: courses.id}),
              aListing(connection, 'd', {categoryId: empty.id, pausedFor: 'margin'}),
            ],
          ),
        );
        const categories = (await store.categories()).filter(({connectionId}) => connectionId === connection);
        assert.deepEqual(categories, [
          {...courses, productCount: 1},
          {...games, productCount: 2},
        ]);
      });

      it('is found by SKU and by id, paused or not', async () => {
        const connection = randomUUID();
        const listings = [aListing(connection, 'a'), aListing(connection, 'b', {pausedFor: 'screening'})];
        await put(connection, listings);
        const skus = listings.map(({product}) => product.skus[0]!.id);
        assert.deepEqual(await store.listingsBySku([...skus, 'absent']), listings);
        assert.deepEqual(await store.listingsBySku([]), []);
        assert.deepEqual(await write(tx => tx.listingsBySku([skus[0]!])), [listings[0]]);
        assert.deepEqual(await store.listing(listings[1]!.id), listings[1]);
        assert.equal(await store.listing('absent'), undefined);
      });

      it('takes listings beside those that are there, and touches only what changed', async () => {
        const connection = randomUUID();
        const [kept, other] = [aListing(connection, 'kept'), aListing(connection, 'other')];
        await put(connection, [kept]);
        await put(connection, [other]);
        const version = await store.catalogueVersion();
        await put(connection, [{...kept, updatedAt: 99}]);
        assert.equal(await store.catalogueVersion(), version);
        assert.deepEqual(await store.listing(kept.id), kept);
        await put(connection, [{...kept, contentHash: 'new'}]);
        assert.equal(await store.catalogueVersion(), version, 'nobody can see a hash');
        assert.equal((await store.listing(kept.id))?.contentHash, 'new');
        await put(connection, []);
        assert.deepEqual(await ofConnection(connection), ['kept', 'other']);
      });

      it('is told of a change by whichever listing has one, whatever they are known to be made of', async () => {
        const connection = randomUUID();
        const [first, second] = ['a', 'b'].map(code => aListing(connection, code, {contentHash: 'h1'}));
        await put(connection, [first!, second!]);
        const version = await store.catalogueVersion();
        const rehashed = {...second!, contentHash: 'h2'};
        await put(connection, [first!, rehashed]);
        assert.equal(await store.catalogueVersion(), version);
        assert.deepEqual(await store.listing(second!.id), rehashed);
        const renamed = {...second!, contentHash: 'h3', title: '新'};
        await put(connection, [first!, renamed]);
        assert.ok((await store.catalogueVersion()) > version);
        assert.deepEqual(await store.listing(second!.id), renamed);
        assert.deepEqual(await store.listing(first!.id), first);
      });

      it('is found by what it is now, and not by what it was', async () => {
        const connection = randomUUID();
        const before = aListing(connection, 'a', {spelling: 'DianKa', contentHash: 'h1'});
        const [sku] = before.product.skus;
        const product = {
          ...before.product,
          delivery: 'manual' as const,
          skus: [{...sku!, stock: {kind: 'unknown' as const}}],
        };
        const after = {...before, spelling: 'WangYi', contentHash: 'h2', product};
        const isFoundAs = async ({spelling, product: {delivery}}: typeof before, inStock: boolean) => {
          assert.deepEqual(await ofConnection(connection, {q: spelling!.toLowerCase()}), ['a']);
          assert.deepEqual(await ofConnection(connection, {delivery}), ['a']);
          assert.deepEqual(await ofConnection(connection, {inStock: true}), inStock ? ['a'] : []);
        };
        await put(connection, [before]);
        await isFoundAs(before, true);
        await put(connection, [after]);
        await isFoundAs(after, false);
        assert.deepEqual(await ofConnection(connection, {q: 'dianka'}), []);
        assert.deepEqual(await ofConnection(connection, {delivery: 'automatic'}), []);
        assert.equal((await store.knownListings([after.id]))[0]!.contentHash, 'h2');
        await write(tx => tx.saveListing(before));
        await isFoundAs(before, true);
      });

      it('takes listings of a connection off the shelf, which then forget what they were made of', async () => {
        const connection = randomUUID();
        const listing = aListing(connection, 'a', {contentHash: 'h'});
        const own = aListing(connection, 'own', {pausedFor: 'no_cost', contentHash: 'h'});
        await put(connection, [listing, own]);
        const version = await store.catalogueVersion();
        await write(tx => tx.pauseListings(`${connection}-2`, [listing.id], 'absent'));
        await write(tx => tx.pauseListings(connection, ['nothing', own.id], 'no_cost'));
        assert.equal(await store.catalogueVersion(), version);
        assert.deepEqual(await store.listing(own.id), own);
        await write(tx => tx.pauseListings(connection, [listing.id], 'absent'));
        assert.ok((await store.catalogueVersion()) > version);
        const {contentHash: _, updatedAt: __, ...rest} = listing;
        const {updatedAt: ___, ...stored} = (await store.listing(listing.id))!;
        assert.deepEqual(stored, {...rest, pausedFor: 'absent'});
        assert.deepEqual(await ofConnection(connection), []);
        await put(connection, [listing]);
        assert.deepEqual(await ofConnection(connection), ['a']);
      });

      it('says of many listings at once as much as a sync needs to know', async () => {
        const connection = randomUUID();
        const listings = [
          aListing(connection, 'a', {contentHash: 'h1', position: 7}),
          aListing(connection, 'b', {pausedFor: 'margin_too_small'}),
        ];
        await put(connection, listings);
        const ids = listings.map(({id}) => id);
        const known = [
          {id: ids[0], position: 7, contentHash: 'h1'},
          {id: ids[1], position: listings[1]!.position, pausedFor: 'margin_too_small'},
        ];
        assert.deepEqual(await store.knownListings([...ids, 'nothing']), known);
        assert.deepEqual(await write(tx => tx.knownListings(ids)), known);
        assert.deepEqual(await store.knownListings([]), []);
        assert.deepEqual(await store.listingsById([ids[1]!, 'nothing', ids[0]!]), listings);
        assert.deepEqual(await write(tx => tx.listingsById(ids)), listings);
        assert.deepEqual(await store.listingCounts(connection), {'': 1, margin_too_small: 1});
        assert.deepEqual(await store.listingCounts(randomUUID()), {});
      });
    });

    describe('a catalogue sync', () => {
      it('has one record per connection, which one transaction holds at a time', async () => {
        const connectionId = randomUUID();
        assert.equal(await store.catalogueSync(connectionId), undefined);
        const raise = (through: Store) =>
          through.transaction(async tx => {
            const record = await tx.lockCatalogueSync(connectionId);
            await tx.saveCatalogueSync({...record, failures: record.failures + 1});
          });
        await Promise.all(Array.from({length: 10}, (_, index) => raise(index % 2 ? store : rival)));
        assert.deepEqual(await rival.catalogueSync(connectionId), {connectionId, failures: 10});
        assert.deepEqual(await write(tx => tx.lockCatalogueSync(connectionId)), {connectionId, failures: 10});
      });

      it('finds what its run has not seen, whatever another run or connection saw', async () => {
        const connection = randomUUID();
        const listings = ['a', 'b', 'c', 'd'].map(code => aListing(connection, code));
        const gone = aListing(connection, 'gone', {pausedFor: pausedForAbsence});
        const refused = aListing(connection, 'refused', {pausedFor: 'no_cost'});
        await write(tx => tx.putListings(connection, [], [...listings, gone, refused]));
        const [a, b, c, d] = listings.map(({id}) => id) as [string, string, string, string];
        await write(tx => tx.noteSeen(connection, 'run-1', [a, b]));
        await write(tx => tx.noteSeen(connection, 'run-1', [c, a]));
        await write(tx => tx.noteSeen(connection, 'run-2', [d]));
        await write(tx => tx.noteSeen(`${connection}-2`, 'run-1', [d]));
        const unseen = async (run: string, limit = 10) =>
          (await rival.unseenListings(connection, run, limit)).map(({goodCode}) => goodCode);
        assert.deepEqual(await unseen('run-1'), ['d', 'refused']);
        assert.deepEqual(await unseen('run-1', 1), ['d']);
        assert.deepEqual(await unseen('run-2'), ['a', 'b', 'c', 'refused']);
        await write(tx => tx.forgetSeen(connection));
        assert.deepEqual(await unseen('run-1'), ['a', 'b', 'c', 'd', 'refused']);
      });
    });

    describe('watched goods', () => {
      it('are those that buyers look at, those first that they look at longest', async () => {
        const connection = randomUUID();
        const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];
        await write(async tx => {
          await tx.noteWatched(connection, a, 100);
          await tx.noteWatched(connection, b, 300);
          await tx.noteWatched(connection, c, 200);
          await tx.noteWatched(`${connection}-2`, randomUUID(), 900);
        });
        assert.deepEqual(await store.watchedListingIds(connection, 100, 9), [b, c, a]);
        assert.deepEqual(await store.watchedListingIds(connection, 101, 1), [b]);
        await write(tx => tx.noteWatched(connection, a, 400));
        assert.deepEqual(await rival.watchedListingIds(connection, 101, 9), [a, b, c]);
        await write(tx => tx.forgetWatched(201));
        assert.deepEqual(await store.watchedListingIds(connection, 0, 9), [a, b]);
      });
    });

    describe('a notice of a platform', () => {
      it('is taken once per connection, whoever comes first', async () => {
        const connection = randomUUID();
        const taken = await Promise.all(
          Array.from({length: 6}, (_, index) =>
            (index % 2 ? store : rival).transaction(tx => tx.recordPlatformEvent(connection, 'event', index)),
          ),
        );
        assert.equal(taken.filter(Boolean).length, 1);
        assert.equal(await write(tx => tx.recordPlatformEvent(`${connection}-2`, 'event', 1)), true);
      });

      it('is forgotten after a while', async () => {
        const connection = randomUUID();
        await write(tx => tx.recordPlatformEvent(connection, 'old', 100));
        await write(tx => tx.recordPlatformEvent(connection, 'young', 200));
        await write(tx => tx.forgetPlatformEvents(150));
        assert.equal(await write(tx => tx.recordPlatformEvent(connection, 'young', 300)), false);
        assert.equal(await write(tx => tx.recordPlatformEvent(connection, 'old', 300)), true);
      });

      it('finds its attempt by connection and reference', async () => {
        const order = await storedOrder();
        const procurement = aProcurement(order);
        const attempt = anAttempt(procurement);
        await write(async tx => {
          await tx.insertProcurement(procurement);
          await tx.insertAttempt(attempt);
        });
        const {connectionId, reference} = attempt;
        assert.deepEqual(await rival.attemptByReference(connectionId, reference), attempt);
        assert.deepEqual(await write(tx => tx.attemptByReference(connectionId, reference)), attempt);
        assert.equal(await store.attemptByReference('another', reference), undefined);
        assert.equal(await store.attemptByReference(connectionId, 'another'), undefined);
      });

      it('finds a payment by the reference at its provider', async () => {
        const order = await storedOrder();
        const payment = aPayment(order, {providerReference: 'ref-found'});
        await write(tx => tx.insertPayment(payment));
        const {provider} = payment;
        assert.deepEqual(await rival.paymentByReference(provider, 'ref-found'), payment);
        assert.deepEqual(await write(tx => tx.paymentByReference(provider, 'ref-found')), payment);
        assert.equal(await store.paymentByReference('another', 'ref-found'), undefined);
        assert.equal(await store.paymentByReference(provider, 'ref-other'), undefined);
      });
    });

    describe('what is put on the shelves', () => {
      const put = (connection: string, listings: Parameters<Transaction['putListings']>[2]) =>
        write(tx => tx.putListings(connection, [aCategory(connection)], listings));

      it('has a version that rises with every change a reader could see', async () => {
        const connection = randomUUID();
        const listing = aListing(connection, 'a');
        await put(connection, [listing]);
        const version = await store.catalogueVersion();
        const [sku] = listing.product.skus;
        const seenAgain = {...sku!, stock: {kind: 'counted', count: 3, at: 77} as const};
        const observed = {...listing, product: {...listing.product, skus: [seenAgain]}};
        await write(tx => tx.saveListing(observed));
        assert.equal(await store.catalogueVersion(), version);
        assert.deepEqual(await store.listing(listing.id), observed);
        await write(tx => tx.saveListing({...observed, title: 'new'}));
        const raised = await store.catalogueVersion();
        assert.ok(raised > version);
        await write(tx =>
          tx.putListings(connection, [aCategory(connection, {name: '新'})], [{...observed, title: 'new'}]),
        );
        assert.ok((await store.catalogueVersion()) > raised);
      });

      it('refuses ids that belong to another connection', async () => {
        const [first, second] = [randomUUID(), randomUUID()];
        const listing = aListing(first, 'a');
        await put(first, [listing]);
        await assert.rejects(put(second, [{...listing, connectionId: second}]), {name: 'DuplicateRecordError'});
        assert.deepEqual(await store.listing(listing.id), listing);
      });

      it('takes a thousand and more at once', async () => {
        const connection = randomUUID();
        const listings = Array.from({length: 1_200}, (_, index) => aListing(connection, `${index}`, {position: index}));
        await put(connection, listings);
        const query = {sort: 'featured', offset: 0, limit: 100} as const;
        const {total} = await store.listings({...query, categoryIds: [`${connection}-games`]});
        assert.equal(total, 1_200);
      });
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
