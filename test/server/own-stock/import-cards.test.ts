import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {importCards, longestCard, problemOf, type CardLine} from '../../../src/server/own-stock/import-cards.ts';
import type {Transaction} from '../../../src/server/persistence/store.ts';
import {openOwnCard} from '../../../src/server/own-stock/seal-own-card.ts';
import {createKeyRing} from '../../../src/server/security/key-ring.ts';
import {rotateKey} from '../../../src/server/security/rotate-key.ts';
import {fakeClock} from '../../support/fake-clock.ts';
import {anOwnGood, ownShelf, type OwnShelf} from '../../support/own-shelf.ts';
import {masterKey} from '../../support/shop-server.ts';

const count = async ({store}: OwnShelf) => (await store.ownStock('own'))[0]?.unsold ?? 0;
const rows = async ({store}: OwnShelf) => store.sealedRows('own_card', '', 1000);

async function texts(shelf: OwnShelf): Promise<readonly string[]> {
  const opened = await Promise.all(
    (await rows(shelf)).map(async row => {
      assert.ok(row.kind === 'own_card');
      return {line: row.record.line, text: await openOwnCard(shelf.keys, row.record)};
    }),
  );
  return opened.sort((left, right) => left.line - right.line).map(({text}) => text);
}

describe('importing cards', () => {
  it('puts every line into stock as it stands, encrypted', async () => {
    const shelf = await ownShelf();
    const lines = ['  CODE-1-AAAA\t', '卡号：1 密码：2', 'https://a.example/x?y=1', 'account----password', ''];
    const report = await shelf.put(lines);
    assert.deepEqual(report, {
      lines: 5,
      cards: 4,
      problems: {empty: 1},
      problemLines: [{line: 5, problem: 'empty'}],
      kept: true,
    });
    assert.deepEqual(await texts(shelf), ['CODE-1-AAAA', ...lines.slice(1, 4)]);
    assert.ok(!JSON.stringify(await rows(shelf)).includes('CODE-1'), 'a card can be read in the database');
  });

  it('tells each line that is no card by its number, keeps nothing, and says no card', async () => {
    const shelf = await ownShelf();
    await shelf.put(['KNOWN-1-AAAA', 'SOLD-1-AAAA']);
    const {signal} = new AbortController();
    const offer = {code: 'G1', choices: {}, nested: false};
    const request = {offer, quantity: 1, fields: {}, contact: '', password: '', delivery: 'automatic'} as const;
    await shelf.upstream.buy({...request, reference: 'r'}, signal);
    const report = await shelf.put([
      'NEW-1-AAAA',
      'SOLD-1-AAAA',
      'KNOWN-1-AAAA',
      'NEW-1-AAAA',
      '',
      '很抱歉，有人在你付款之前抢走了商品，请联系客服。',
      '充值成功',
      'x'.repeat(longestCard + 1),
      'a\u0000b',
      '\ufffd\ufffd卡',
      {line: 11, problem: 'wrong_columns'},
      ' NEW-2-AAAA',
    ]);
    // The oldest card is sold first.
    assert.deepEqual(report.problemLines, [
      {line: 2, problem: 'in_stock'},
      {line: 3, problem: 'sold_before'},
      {line: 4, problem: 'repeated', sameAs: 1},
      {line: 5, problem: 'empty'},
      {line: 6, problem: 'no_card'},
      {line: 7, problem: 'no_card'},
      {line: 8, problem: 'too_long'},
      {line: 9, problem: 'unreadable'},
      {line: 10, problem: 'unreadable'},
      {line: 11, problem: 'wrong_columns'},
    ]);
    assert.deepEqual([report.lines, report.cards, report.kept], [12, 2, false]);
    assert.ok(!JSON.stringify(report).includes('AAAA'));
    assert.equal(await count(shelf), 1);
  });

  it('imports the others when it may leave lines out, and again finds nothing new', async () => {
    const shelf = await ownShelf();
    const lines = ['A-1-AAAA', 'A-1-AAAA', 'B-1-AAAA'];
    assert.equal((await shelf.put(lines)).kept, false);
    assert.deepEqual((await shelf.put(lines, {skipBad: true})).kept, true);
    const again = await shelf.put(lines, {skipBad: true});
    assert.deepEqual([again.kept, again.cards, again.problems], [false, 0, {in_stock: 3}]);
    assert.deepEqual(await texts(shelf), ['A-1-AAAA', 'B-1-AAAA']);
  });

  it('keeps nothing on a dry run, and says what it would have kept', async () => {
    const shelf = await ownShelf();
    const report = await shelf.put(['A-1-AAAA', 'B-1-AAAA'], {dryRun: true});
    assert.deepEqual([report.cards, report.kept], [2, false]);
    assert.equal(await count(shelf), 0);
  });

  it('finds a repeated line across chunks by the line it repeats', async () => {
    const shelf = await ownShelf();
    const lines = Array.from({length: 2500}, (_, index) => `CARD-${index}-AAAA`);
    lines[2499] = lines[7]!;
    const report = await shelf.put(lines);
    assert.deepEqual(report.problemLines, [{line: 2500, problem: 'repeated', sameAs: 8}]);
    assert.equal(report.kept, false);
  });

  it('reads no further than it has put into the database', async () => {
    const {store, keys} = await ownShelf();
    let put = 0;
    const watched = {
      ...store,
      transaction: <T>(work: (tx: Transaction) => Promise<T>) =>
        store.transaction(tx =>
          work({
            ...tx,
            async insertOwnCards(cards) {
              await tx.insertOwnCards(cards);
              put += cards.length;
            },
          }),
        ),
    };
    const lines = async function* (): AsyncGenerator<CardLine> {
      for (let line = 1; line <= 3500; line++) {
        assert.ok(line - put <= 1000, `line ${line} was read when ${put} were put away`);
        yield {line, text: `CARD-${line}-AAAA`};
      }
    };
    const options = {connectionId: 'own', goodCode: 'G1'};
    const {cards} = await importCards({store: watched, keys, clock: fakeClock()}, options, lines);
    assert.deepEqual([cards, put], [3500, 3500]);
  });

  it('keeps nothing when the file breaks off', async () => {
    const shelf = await ownShelf();
    const broken = async function* (): AsyncGenerator<CardLine> {
      for (let line = 1; line <= 1500; line++) yield {line, text: `CARD-${line}-AAAA`};
      throw new Error('disk gone');
    };
    const options = {connectionId: 'own', goodCode: 'G1'};
    const ports = {store: shelf.store, keys: shelf.keys, clock: fakeClock()};
    await assert.rejects(importCards(ports, options, broken), /disk gone/);
    assert.equal(await count(shelf), 0);
  });

  it('F4: takes one card for a reusable good', async () => {
    const shelf = await ownShelf({goods: [anOwnGood({cards: 'reusable'})]});
    await assert.rejects(shelf.put(['A-1-AAAA', 'B-1-AAAA'], {reusable: true}), {name: 'TooManyCardsError'});
    assert.equal(await count(shelf), 0);
    assert.equal((await shelf.put(['A-1-AAAA'], {reusable: true})).kept, true);
  });

  it('knows a card again while the master key is changed, and after', async () => {
    const [k1, k2] = [masterKey('k1', 1), masterKey('k2', 2)];
    const old = await ownShelf({keys: await createKeyRing([k1])});
    await old.put(['A-1-AAAA']);
    const during = await ownShelf({store: old.store, keys: await createKeyRing([k2, k1])});
    assert.deepEqual((await during.put(['A-1-AAAA'])).problems, {in_stock: 1});
    const {changed, unopened} = await rotateKey(during);
    assert.deepEqual([changed, unopened], [1, []]);
    const after = await ownShelf({store: old.store, keys: await createKeyRing([k2])});
    assert.deepEqual((await after.put(['A-1-AAAA'])).problems, {in_stock: 1});
    assert.deepEqual(await texts(after), ['A-1-AAAA']);
  });

  it('has in stock exactly the different cards of any file', async () => {
    const line = fc.oneof(
      fc.constantFrom('A-1-AAAA', 'B-1-AAAA', '', '  '),
      fc.string({maxLength: 12, unit: 'binary'}),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, {maxLength: 30}), async lines => {
        const shelf = await ownShelf();
        const report = await shelf.put(lines, {skipBad: true});
        const good = lines.filter(text => problemOf(text) === undefined).map(text => text.trim());
        const expected = [...new Set(good)];
        assert.deepEqual(await texts(shelf), expected);
        assert.equal(report.cards, expected.length);
        const bad = Object.values(report.problems).reduce((sum, each) => sum + each, 0);
        assert.equal(report.cards + bad, lines.length, 'every line is a card or told');
      }),
      {numRuns: 60},
    );
  });
});
