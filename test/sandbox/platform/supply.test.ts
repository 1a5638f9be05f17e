import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {add, compare, subtract, sum, zero} from '../../../src/domain/money.ts';
import {commissionOn} from '../../../src/sandbox/platform/settlement.ts';
import type {CardLine} from '../../../src/sandbox/platform/supply.ts';
import {yuan} from '../../../src/sandbox/platform/wallets.ts';
import {makeGood} from '../support/goods.ts';
import {openPlatform, plainCode} from '../support/platform.ts';

const lines = (...secrets: string[]): CardLine[] => secrets.map((secret, index) => ({line: index + 1, secret}));

test('a new supplier offers a good, brings cards, and they are sold', () => {
  const {platform, sell} = openPlatform();
  const supplier = platform.supply.addSupplier({name: '北辰数卡', level: 2, commission: {percent: '5'}});
  assert.deepEqual(platform.supplier(supplier.id), supplier);
  const good = platform.supply.addGood(supplier.id, {title: '月卡', categoryId: 101, wholesalePrice: '12.50'});
  assert.equal(good.code.length, 16);
  assert.equal(platform.stock(good), 0);
  platform.supply.addCards(good.code, {}, lines('A-1', 'A-2'));
  const order = sell(1, '12.50', {goodId: good.id});
  assert.deepEqual([order.secret, order.supplierId, order.commission], ['A-1', supplier.id, {percent: '5'}]);
  assert.equal(platform.stock(good), 1);
  assert.throws(() => platform.supply.addGood(99, {title: 'x', categoryId: 101, wholesalePrice: '1'}), RangeError);
  assert.throws(
    () => platform.supply.addGood(supplier.id, {title: 'x', categoryId: 1, wholesalePrice: '1'}),
    RangeError,
  );
});

test('codes of added goods are never alike', () => {
  const {platform} = openPlatform();
  const codes = Array.from({length: 120}, (_, index) => {
    const supplierId = index % 2 === 0 ? 7 : platform.supply.addSupplier({name: 'n', level: 1}).id;
    return platform.supply.addGood(supplierId, {title: 't', categoryId: 101, wholesalePrice: '1'}).code;
  });
  assert.equal(new Set(codes).size, codes.length);
});

test('an upload names the line of every duplicate, of an earlier line and of a card ever seen', () => {
  const {platform, sell} = openPlatform({pieces: 2});
  sell(1, '9');
  const {added, duplicates} = platform.supply.addCards(
    plainCode,
    {},
    lines('N-1', `${plainCode}-0`, 'N-1', 'N-2', `${plainCode}-1`, 'N-2'),
  );
  assert.equal(added, 2);
  assert.deepEqual(duplicates, [
    {line: 2, of: 'stock'},
    {line: 3, of: 1},
    {line: 5, of: 'stock'},
    {line: 6, of: 4},
  ]);
  const good = platform.good(plainCode)!;
  assert.equal(platform.stock(good), 3);
  assert.deepEqual(platform.supply.addCards(plainCode, {}, lines('N-1', 'N-2')).added, 0);
});

test('cards go to the kind they are for; no kind, an unknown one, or a good without cards is refused', () => {
  const kinds = makeGood({
    code: 'KINDS00000000001',
    races: [{name: '月卡', price: '10', tiers: []}],
    optionGroups: [{name: '区服', options: [{name: '美区', surcharge: '0'}]}],
  });
  const manual = makeGood({id: 200, code: 'MANUAL0000000001', delivery: 'manual', manualStock: 1});
  const {platform} = openPlatform({goods: [kinds, manual], pieces: 0});
  const choice = {race: '月卡', options: {区服: '美区'}};
  platform.supply.addCards(kinds.code, choice, lines('K-1'));
  assert.equal(platform.stock(kinds, choice), 1);
  for (const wrong of [
    {},
    {race: '月卡'},
    {race: '年卡', options: {区服: '美区'}},
    {...choice, options: {区服: '日区'}},
  ]) {
    assert.throws(() => platform.supply.addCards(kinds.code, wrong, lines('K-2')), /月卡.*区服/);
  }
  assert.throws(() => platform.supply.addCards(manual.code, {}, lines('M-1')), /by hand/);
  assert.throws(() => platform.supply.addCards('NOPE', {}, lines('M-1')), RangeError);
});

test('a cap hides what is above it, until there is less', () => {
  const {platform, sell} = openPlatform({pieces: 5});
  const good = () => platform.good(plainCode)!;
  platform.supply.setTerms(plainCode, {stockCap: 2});
  assert.equal(platform.stock(good()), 2);
  sell(2, '18');
  assert.equal(platform.stock(good()), 2);
  sell(2, '18');
  assert.equal(platform.stock(good()), 1);
  platform.supply.setTerms(plainCode, {stockCap: 0});
  assert.equal(platform.stock(good()), 0);
  platform.supply.setTerms(plainCode, {stockCap: null});
  assert.equal(platform.stock(good()), 1);
});

test('a wholesale price is what distributors pay, and nobody pays less', () => {
  const kinds = makeGood({code: plainCode, races: [{name: '月卡', price: '10', tiers: []}]});
  const {platform} = openPlatform({goods: [kinds], pieces: 0});
  const raised = platform.supply.setTerms(plainCode, {wholesalePrice: '11', wholesalePrices: {月卡: '11.5'}});
  assert.deepEqual([raised.memberPrice, raised.price, raised.races[0]?.price], ['11', '11', '11.5']);
  const lowered = platform.supply.setTerms(plainCode, {wholesalePrice: '8'});
  assert.deepEqual([lowered.memberPrice, lowered.price], ['8', '11']);
  assert.throws(() => platform.supply.setTerms(plainCode, {wholesalePrices: {年卡: '1'}}), RangeError);
});

test('the commission of a good goes before its supplier’s, and a later rule leaves what was sold alone', () => {
  const {platform, sell} = openPlatform();
  platform.supply.changeSupplier(7, {commission: {percent: '10'}});
  sell(1, '9.99');
  platform.supply.setTerms(plainCode, {commission: {fixed: '0.50'}});
  sell(1, '9.99');
  platform.supply.setTerms(plainCode, {commission: null});
  platform.supply.changeSupplier(7, {commission: null});
  sell(1, '9.99');
  const {sales, totals} = platform.supply.statement(7);
  assert.deepEqual(
    sales.map(({commission}) => commission.amount),
    ['1.00', '0.50', '0.00'],
  );
  assert.deepEqual([totals.owed.amount, totals.pieces], ['28.47', 3]);
});

test('a statement is of one supplier and one month, and what was not handed over is nobody’s yet', async () => {
  const manual = makeGood({id: 200, code: 'MANUAL0000000001', delivery: 'manual', manualStock: 9, supplierId: 7});
  const {platform, clock, sell} = openPlatform({
    goods: [makeGood({code: plainCode, supplierId: 0}), manual],
  });
  sell(1, '9');
  const {tradeNo} = sell(2, '18', {goodId: 200});
  assert.deepEqual(platform.supply.statement(7).totals.open, yuan('18'));
  platform.deliver(tradeNo);
  assert.deepEqual(platform.supply.statement(7, '2026-11').totals.owed, yuan('18'));
  await clock.advance(30 * 86_400_000);
  assert.deepEqual(platform.supply.statement(7, '2026-12').sales, []);
  assert.throws(() => platform.supply.statement(99), RangeError);
});

const cents = (most: number) => fc.integer({min: 0, max: most}).map(value => (value / 100).toFixed(2));
const rule = fc.record({percent: cents(12_000), fixed: cents(500)}, {requiredKeys: []});

test('commission is exact to the cent and never more than the piece', () => {
  fc.assert(
    fc.property(cents(100_000), rule, (price, commission) => {
      const kept = commissionOn(yuan(price), commission);
      assert.match(kept.amount, /^\d+\.\d\d$/);
      assert.ok(compare(kept, yuan(price)) <= 0);
    }),
  );
  assert.equal(commissionOn(yuan('0.15'), {percent: '10'}).amount, '0.02');
  assert.equal(commissionOn(yuan('0.14'), {percent: '10'}).amount, '0.01');
  assert.equal(commissionOn(yuan('1.00'), {percent: '12.5', fixed: '0.30'}).amount, '0.43');
});

test('whatever is sold and paid back: the parts of a statement add up to what merchants paid', () => {
  const sale = fc.record({
    quantity: fc.integer({min: 1, max: 6}),
    amount: cents(10_000),
    rule,
    refunds: fc.array(cents(6000), {maxLength: 3}),
    handOver: fc.constantFrom('cards', 'apology', 'nothing', 'one_short' as const),
  });
  fc.assert(
    fc.property(fc.array(sale, {maxLength: 6}), list => {
      const {platform} = openPlatform();
      for (const {quantity, amount, rule: commission, refunds, handOver} of list) {
        platform.supply.setTerms(plainCode, {commission});
        const common = {merchantId: 1000, goodId: 100, fields: {}};
        const {tradeNo} = platform.sell({...common, quantity, amount: yuan(amount), handOver: handOver});
        for (const refund of refunds) {
          const rest = platform.order(tradeNo)!;
          const left = subtract(rest.amount, rest.refunded ?? zero('CNY'));
          if (compare(yuan(refund), zero('CNY')) > 0 && compare(yuan(refund), left) <= 0) {
            platform.refund(tradeNo, yuan(refund));
          }
        }
      }
      const {sales, totals} = platform.supply.statement(7);
      for (const {net, commission, owed, open} of sales) {
        assert.deepEqual(add(add(commission, owed), open), net);
        for (const part of [commission, owed, open]) assert.ok(compare(part, zero('CNY')) >= 0);
      }
      const paid = sum(
        platform.movementsOf(1000).flatMap(({reason, amount}) => (reason === 'opening' ? [] : [amount])),
        'CNY',
      );
      assert.deepEqual(add(totals.net, paid), zero('CNY'));
    }),
    {numRuns: 60},
  );
});

test('100,000 lines are taken in, and orders are sold out of them, without looking at all of them each time', () => {
  const {platform} = openPlatform({pieces: 0, merchants: [{balance: yuan('1000000')}]});
  const many = Array.from({length: 100_000}, (_, index) => ({line: index + 1, secret: `CARD-${index}`}));
  assert.equal(platform.supply.addCards(plainCode, {}, many).added, 100_000);
  const started = performance.now();
  for (let index = 0; index < 2000; index += 1) {
    const good = platform.good(plainCode)!;
    assert.equal(platform.stock(good), 100_000 - index);
    platform.sell({merchantId: 1000, goodId: 100, quantity: 1, amount: yuan('9'), fields: {}, requestNo: `R${index}`});
    assert.ok(platform.orderByRequest({merchantId: 1000, requestNo: `R${index}`}));
  }
  // Looking at all of them takes 2,000 × 100,000 steps, which no machine does in this time.
  assert.ok(performance.now() - started < 2000, `${performance.now() - started} ms`);
});
