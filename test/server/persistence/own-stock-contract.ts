import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {money} from '../../../src/domain/money.ts';
import type {OwnCardRecord} from '../../../src/server/persistence/records.ts';
import type {OwnOrder, OwnSale, Store} from '../../../src/server/persistence/store.ts';
import {aCard, anOrder, anOwnCard, aProcurement} from './record-builders.ts';

/** What every store keeps to where cards of the shop's own are put in and taken. */
export function ownStockContract(opened: () => {readonly store: Store; readonly rival: Store}) {
  describe('own stock', () => {
    async function stocked(count: number): Promise<{readonly good: string; readonly cards: readonly OwnCardRecord[]}> {
      const good = randomUUID();
      const cards = Array.from({length: count}, (_, index) => anOwnCard({goodCode: good, line: index + 1}));
      await opened().store.transaction(tx => tx.insertOwnCards(cards));
      return {good, cards};
    }

    function sell(goodCode: string, overrides: Partial<OwnOrder> = {}, store = opened().store) {
      const {quantity = 1} = overrides;
      const order: OwnOrder = {
        connectionId: 'own',
        reference: randomUUID(),
        goodCode,
        quantity,
        charged: money(String(quantity), 'CNY'),
        at: 1,
        reusable: false,
        ...overrides,
      };
      return store.transaction(tx => tx.sellOwnCards(order));
    }

    const idsOf = (sale: OwnSale | 'sold_out') => (sale === 'sold_out' ? sale : sale.cards.map(({id}) => id));
    const countOf = async (good: string) => {
      const counts = await opened().rival.ownStock('own');
      const {unsold, sold} = counts.find(({goodCode}) => goodCode === good) ?? {unsold: 0, sold: 0};
      return [unsold, sold];
    };

    it('is counted, and sold in the order it came in', async () => {
      const {good, cards} = await stocked(5);
      assert.deepEqual(await countOf(good), [5, 0]);
      const ids = cards.map(({id}) => id);
      assert.deepEqual(idsOf(await sell(good, {quantity: 2})), ids.slice(0, 2));
      assert.deepEqual(idsOf(await sell(good, {quantity: 3})), ids.slice(2));
      assert.deepEqual(await countOf(good), [0, 5]);
    });

    it('belongs to one good of one connection', async () => {
      const {good} = await stocked(1);
      assert.equal(await sell(good, {connectionId: 'other'}), 'sold_out');
      assert.equal(await sell(randomUUID()), 'sold_out');
      assert.deepEqual(await countOf(good), [1, 0]);
    });

    it('A5: gives the same cards to the same reference, in a row and at once, and takes no others', async () => {
      const {good, cards} = await stocked(3);
      const {store, rival} = opened();
      const reference = randomUUID();
      const sales = await Promise.all(
        Array.from({length: 8}, (_, index) => sell(good, {reference, quantity: 2}, index % 2 ? store : rival)),
      );
      sales.push(await sell(good, {reference, quantity: 2}));
      for (const sale of sales) assert.deepEqual(idsOf(sale), [cards[0]!.id, cards[1]!.id]);
      assert.deepEqual(await countOf(good), [1, 2]);
      const kept = await rival.ownSale('own', reference);
      assert.deepEqual(idsOf(kept!), idsOf(sales[0]!));
      assert.ok(
        kept!.cards.every(({soldBy}) => soldBy === reference),
        'a sold card says to which purchase',
      );
      assert.equal(await store.ownSale('other', reference), undefined);
    });

    it('is sold whole or not at all', async () => {
      const {good} = await stocked(2);
      assert.equal(await sell(good, {quantity: 3}), 'sold_out');
      assert.deepEqual(await countOf(good), [2, 0]);
    });

    it('ends at its cap, whatever is left', async () => {
      const {good} = await stocked(5);
      assert.notEqual(await sell(good, {quantity: 2, stockCap: 3}), 'sold_out');
      assert.equal(await sell(good, {quantity: 2, stockCap: 3}), 'sold_out');
      assert.notEqual(await sell(good, {stockCap: 3}), 'sold_out');
      assert.deepEqual(await countOf(good), [2, 3]);
    });

    it('F4: gives a reusable card to everybody, the one that came last', async () => {
      const {good, cards} = await stocked(1);
      const reusable = {reusable: true};
      for (let buyer = 0; buyer < 3; buyer++) assert.deepEqual(idsOf(await sell(good, reusable)), [cards[0]!.id]);
      const later = anOwnCard({goodCode: good});
      await opened().store.transaction(tx => tx.insertOwnCards([later]));
      assert.deepEqual(idsOf(await sell(good, {...reusable, quantity: 2})), [later.id]);
      assert.deepEqual(await countOf(good), [2, 5]);
      assert.equal(await sell(good, {...reusable, stockCap: 5}), 'sold_out');
    });

    it('F5: sells ten cards to 64 buyers ten times, none twice', async () => {
      const {good, cards} = await stocked(10);
      const {store, rival} = opened();
      const sales = await Promise.all(
        Array.from({length: 64}, (_, index) => sell(good, {}, index % 2 ? store : rival)),
      );
      const sold = sales.flatMap(sale => (sale === 'sold_out' ? [] : sale.cards.map(({id}) => id)));
      assert.deepEqual(sold.toSorted(), cards.map(({id}) => id).toSorted());
      assert.deepEqual(await countOf(good), [0, 10]);
    });

    it('has no card twice, whatever the good', async () => {
      const card = anOwnCard();
      const {store} = opened();
      await store.transaction(tx => tx.insertOwnCards([card]));
      const again = anOwnCard({goodCode: 'other', fingerprint: card.fingerprint});
      await assert.rejects(
        store.transaction(tx => tx.insertOwnCards([again])),
        {name: 'DuplicateRecordError', message: /one own card per fingerprint/},
      );
    });

    it('keeps nothing of an import that comes to nothing', async () => {
      const good = randomUUID();
      const card = anOwnCard({goodCode: good});
      const failure = new Error('no');
      await assert.rejects(
        opened().store.transaction(async tx => {
          await tx.insertOwnCards([card]);
          throw failure;
        }),
        error => error === failure,
      );
      assert.deepEqual(await countOf(good), [0, 0]);
      assert.deepEqual(await opened().store.knownFingerprints([card.fingerprint]), []);
    });

    it('knows a card again: in stock, sold, or delivered from anywhere', async () => {
      const {good, cards} = await stocked(2);
      const reference = randomUUID();
      await sell(good, {reference});
      const order = anOrder();
      const procurement = aProcurement(order);
      const delivered = aCard(procurement);
      const {store} = opened();
      await store.transaction(async tx => {
        await tx.insertOrder(order);
        await tx.insertProcurement(procurement);
        await tx.insertCards([delivered]);
      });
      const asked = [cards[0]!, cards[1]!, delivered].map(({fingerprint}) => fingerprint);
      const known = await store.knownFingerprints([...asked, 'never seen']);
      const byPrint = new Map(known.map(each => [each.fingerprint, each.ownCard]));
      assert.deepEqual([...byPrint.keys()].toSorted(), asked.toSorted());
      assert.deepEqual(byPrint.get(asked[0]!), {...cards[0], soldBy: reference});
      assert.deepEqual(byPrint.get(asked[1]!), cards[1]);
      assert.equal(byPrint.get(asked[2]!), undefined);
      assert.deepEqual(await store.knownFingerprints([]), []);
    });

    it('lies encrypted: walked through and replaced, sold or not', async () => {
      const {good, cards} = await stocked(2);
      const reference = randomUUID();
      await sell(good, {reference});
      const {store, rival} = opened();
      const [sold] = (await store.ownSale('own', reference))!.cards;
      const resealed = {...sold!, keyId: 'k2', sealed: 'bmV3', fingerprint: `new of ${sold!.id}`};
      await store.transaction(tx => tx.replaceSealed({kind: 'own_card', record: resealed}));
      assert.deepEqual((await rival.ownSale('own', reference))!.cards, [resealed]);
      let after = '';
      const seen: string[] = [];
      for (;;) {
        const rows = await store.sealedRows('own_card', after, 3);
        if (rows.length === 0) break;
        after = rows.at(-1)!.record.id;
        seen.push(...rows.map(({record}) => record.id));
      }
      assert.deepEqual(seen, [...new Set(seen)].sort());
      for (const {id} of cards) assert.ok(seen.includes(id));
      assert.deepEqual(idsOf(await sell(good)), [cards[1]!.id]);
    });

    it('counts what is there, whatever is put in and bought', async () => {
      const move = fc.oneof(
        fc.record({put: fc.integer({min: 1, max: 4})}),
        fc.record({buy: fc.integer({min: 1, max: 4}), as: fc.nat(5)}),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(move, {maxLength: 12}), async moves => {
          const {good} = await stocked(1);
          const references = Array.from({length: 6}, () => randomUUID());
          const bought = new Map<string, readonly string[]>();
          let unsold = 1;
          for (const each of moves) {
            if ('put' in each) {
              const cards = Array.from({length: each.put}, () => anOwnCard({goodCode: good}));
              await opened().store.transaction(tx => tx.insertOwnCards(cards));
              unsold += each.put;
              continue;
            }
            const reference = references[each.as]!;
            const ids = idsOf(await sell(good, {reference, quantity: each.buy}));
            const earlier = bought.get(reference);
            if (earlier) assert.deepEqual(ids, earlier);
            else if (each.buy > unsold) assert.equal(ids, 'sold_out');
            else {
              assert.equal(ids.length, each.buy);
              bought.set(reference, ids as readonly string[]);
              unsold -= each.buy;
            }
          }
          const taken = [...bought.values()].flat();
          assert.equal(new Set(taken).size, taken.length);
          assert.deepEqual(await countOf(good), [unsold, taken.length]);
        }),
        {numRuns: 15},
      );
    });
  });
}
