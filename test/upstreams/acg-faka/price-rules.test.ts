import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {parseConfig} from '../../../src/upstreams/acg-faka/config-grammar.ts';
import {
  basePrice,
  costLadder,
  PriceError,
  totalCost,
  type Combination,
} from '../../../src/upstreams/acg-faka/price-rules.ts';
import {compare, money} from '../../../src/domain/money.ts';
import {tierFor} from '../../../src/domain/product.ts';
import {raceConfig} from './goods.ts';

const yuan = (amount: string) => money(amount, 'CNY');
const noChoice: Combination = {options: []};
const ladder = (base: string | undefined, config: string, combination = noChoice) =>
  costLadder({base: base === undefined ? undefined : yuan(base), config: parseConfig(config)}, combination);
const total = (tiers: ReturnType<typeof ladder>, quantity: number) =>
  totalCost(tierFor(tiers, quantity)!.price, quantity).amount;

test('wholesale tiers: user 9, from five 8.50, from ten 8.00', () => {
  const tiers = ladder('9', '[wholesale]\n5=8.50\n10=8.00');
  assert.deepEqual(tiers, [
    {from: 1, price: yuan('9')},
    {from: 5, price: yuan('8.5')},
    {from: 10, price: yuan('8')},
  ]);
  assert.equal(total(tiers, 1), '9.00');
  assert.equal(total(tiers, 4), '36.00');
  assert.equal(total(tiers, 5), '42.50');
  assert.equal(total(tiers, 10), '80.00');
});

test('a race replaces the base, its tier the race’s price, and positive surcharges are added', () => {
  const choice = {
    race: '月卡',
    options: [
      ['区服', '日区'],
      ['时长', '加长'],
    ],
  } as const;
  const tiers = ladder('1', raceConfig, choice);
  assert.equal(total(tiers, 5), '62.50');
  assert.equal(total(tiers, 1), '13.50');
  assert.equal(
    total(
      ladder('1', raceConfig, {
        race: '季卡',
        options: [
          ['区服', '美区'],
          ['时长', '标准'],
        ],
      }),
      5,
    ),
    '137.50',
  );
});

test('the tiers of a good with races are those of the race alone', () => {
  const config = '[category]\nA=5\n[wholesale]\n2=1';
  assert.deepEqual(ladder('9', config, {race: 'A', options: []}), [{from: 1, price: yuan('5')}]);
});

test('an estimate takes the lower of the two listed prices, and never a zero', () => {
  assert.deepEqual(basePrice(yuan('10'), yuan('9')), yuan('9'));
  assert.deepEqual(basePrice(yuan('9.50'), yuan('10')), yuan('9.5'));
  assert.deepEqual(basePrice(yuan('10'), yuan('0')), yuan('10'));
  assert.equal(basePrice(yuan('0'), null), undefined);
});

test('tiers are read as the platform reads them', () => {
  assert.deepEqual(ladder(undefined, '[wholesale]\n0=7\n1=6'), [{from: 1, price: yuan('6')}]);
  assert.deepEqual(ladder('9', '[wholesale]\nabc=1\n-5=1'), [{from: 1, price: yuan('9')}]);
  assert.deepEqual(ladder('9', '[sku]\n区服.美区=-3\n', {options: [['区服', '美区']]}), [{from: 1, price: yuan('9')}]);
});

test('four decimals are kept, and cut to two where the platform reckons', () => {
  assert.deepEqual(ladder(undefined, '[category]\nA=0.0150', {race: 'A', options: []}), [
    {from: 1, price: yuan('0.015')},
  ]);
  assert.equal(totalCost(yuan('0.015'), 5).amount, '0.07');
  assert.deepEqual(ladder('1', '[sku]\ng.o=0.009', {options: [['g', 'o']]}), [{from: 1, price: yuan('1')}]);
});

test('a missing, zero or unreadable cost is refused, wherever it stands', () => {
  const refused: readonly [string | undefined, string, Combination][] = [
    [undefined, '', noChoice],
    ['9', '[wholesale]\n5=0', noChoice],
    ['9', '[wholesale]\n5=', noChoice],
    ['9', '[wholesale]\n5=8.00元', noChoice],
    ['9', '[wholesale]\n5=-1', noChoice],
    ['9', '[category]\nA=', {race: 'A', options: []}],
    ['9', '[category]\nA.x=5', {race: 'A', options: []}],
    ['9', '[category]\nA=0.00001', {race: 'A', options: []}],
    ['9', '[category]\nA=9999999999999', {race: 'A', options: []}],
    ['9', '[sku]\ng.v1.5=2', {options: [['g', 'v1']]}],
    ['9', '[sku]\ng.a=2', {options: [['g', 'b']]}],
  ];
  for (const [base, config, choice] of refused) assert.throws(() => ladder(base, config, choice), PriceError, config);
});

test('for any tiers, each quantity costs what the highest tier not above it says', () => {
  const cents = fc.integer({min: 1, max: 10_000_000}).map(number => (number / 100).toFixed(2));
  const tierArbitrary = fc.uniqueArray(fc.tuple(fc.integer({min: 1, max: 200}), cents), {selector: ([from]) => from});
  fc.assert(
    fc.property(cents, tierArbitrary, fc.integer({min: 1, max: 300}), (base, tiers, quantity) => {
      const rungs = ladder(base, `[wholesale]\n${tiers.map(([from, price]) => `${from}=${price}`).join('\n')}`);
      const reached = tiers.filter(([from]) => from <= quantity).sort(([left], [right]) => right - left)[0];
      return compare(tierFor(rungs, quantity)!.price, yuan(reached?.[1] ?? base)) === 0 && rungs[0]!.from === 1;
    }),
  );
});
