import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {before, describe, it} from 'node:test';
import {setImmediate as turn} from 'node:timers/promises';
import type {LineEarnings} from '../../../src/domain/earnings.ts';
import {money} from '../../../src/domain/money.ts';
import {oneClaimPerIntent, type DuplicateRecordError} from '../../../src/server/persistence/rule-errors.ts';
import type {Store, Transaction} from '../../../src/server/persistence/store.ts';
import {aCard, aDelivery, anAttempt, anOrder, aPayment, aProcurement, aRefund} from './record-builders.ts';
import {writersOf, type OpenedStores} from './opened-stores.ts';

/** What every store keeps to of orders and what belongs to them. */
export function orderContract(opened: () => OpenedStores) {
  const {write, storedOrder} = writersOf(opened);
  let store: Store;
  let rival: Store;
  before(() => {
    ({store, rival} = opened());
  });

  describe('intents', () => {
    const claim = (tx: Transaction, intent: string, orderId: string) =>
      tx.claimIntent({intent, requestHash: `hash of ${orderId}`, orderId, claimedAt: 1});

    it('are claimed by exactly one of many, and the others see the first', async () => {
      const intent = randomUUID();
      const seen = await Promise.all(
        Array.from({length: 10}, async (_, index) => {
          const asked = index % 2 ? store : rival;
          try {
            await asked.transaction(tx => claim(tx, intent, `order ${index}`));
            return 'claimed';
          } catch (error) {
            assert.equal((error as DuplicateRecordError).rule, oneClaimPerIntent);
            return asked.intent(intent);
          }
        }),
      );
      const [winner, ...more] = seen.flatMap((outcome, index) => (outcome === 'claimed' ? [index] : []));
      assert.deepEqual(more, []);
      const kept = await store.intent(intent);
      assert.equal(kept?.orderId, `order ${winner}`);
      for (const outcome of seen) if (outcome !== 'claimed') assert.deepEqual(outcome, kept);
    });

    it('undo whatever else the one that comes too late has written', async () => {
      const [intent, order] = [randomUUID(), anOrder()];
      await store.transaction(tx => claim(tx, intent, 'first'));
      const late = rival.transaction(async tx => {
        await claim(tx, intent, order.id);
        await tx.insertOrder(order);
        await tx.enqueue({type: 'expire_order', orderId: order.id}, {startAt: order.expiresAt});
      });
      await assert.rejects(late, {name: 'DuplicateRecordError', rule: oneClaimPerIntent});
      assert.equal(await store.order(order.id), undefined);
    });

    it('are free again when the claim is rolled back', async () => {
      const intent = randomUUID();
      const failing = store.transaction(async tx => {
        await claim(tx, intent, 'first');
        throw new Error('no');
      });
      const following = rival.transaction(tx => claim(tx, intent, 'second'));
      await assert.rejects(failing);
      await following;
      assert.equal((await store.intent(intent))?.orderId, 'second');
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

  describe('a whole order', () => {
    it('has what is read list by list, whatever its texts hold', async () => {
      const order = await storedOrder({contact: 'nul \0 half \ud83d "quoted" \\u0000'});
      assert.deepEqual(await rival.wholeOrder(order.id), {
        order,
        payments: [],
        procurements: [],
        cards: [],
        deliveries: [],
        refunds: [],
      });
      const payment = aPayment(order, {createdAt: 20});
      const [second, first] = [aProcurement(order, {part: 2, createdAt: 20}), aProcurement(order)];
      await write(async tx => {
        await tx.insertPayment(payment);
        await tx.insertPayment(aPayment(order, {createdAt: 10}));
        for (const each of [second, first]) await tx.insertProcurement(each);
        await tx.insertCards([aCard(first, {position: 1}), aCard(first)]);
        await tx.insertDelivery(aDelivery(order.id, {createdAt: 20, turn: 2}));
        await tx.insertDelivery(aDelivery(order.id));
        await tx.insertRefund(aRefund({order, payment}, {createdAt: 20, purpose: 'pieces 2'}));
        await tx.insertRefund(aRefund({order, payment}));
      });
      const whole = {
        order,
        payments: await store.payments(order.id),
        procurements: await store.procurements(order.id),
        cards: await store.cards(order.id),
        deliveries: await store.deliveries(order.id),
        refunds: await store.refunds(order.id),
      };
      assert.deepEqual(
        Object.values(whole).map(list => (Array.isArray(list) ? list.length : 1)),
        [1, 2, 2, 2, 2, 2],
      );
      assert.deepEqual(await rival.wholeOrder(order.id), whole);
      assert.equal(await rival.wholeOrder('absent'), undefined);
    });

    it('is of one moment, while others write', async () => {
      let order = await storedOrder();
      const procurement = aProcurement(order);
      await write(tx => tx.insertProcurement(procurement));
      let isWriting = true;
      const seen: (readonly [version: number, cards: number])[] = [];
      const reading = (async () => {
        while (isWriting) {
          const {order: read, cards} = (await rival.wholeOrder(order.id))!;
          seen.push([read.version, cards.length]);
          await turn();
        }
      })();
      for (let position = 0; position < 40; position++) {
        await write(async tx => {
          await tx.insertCards([aCard(procurement, {position})]);
          await tx.saveOrder(order);
        });
        order = (await store.order(order.id))!;
      }
      isWriting = false;
      await reading;
      assert.ok(seen.length > 0);
      assert.deepEqual(
        seen.filter(([version, cards]) => cards !== version - 1),
        [],
      );
    });
  });

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
}
