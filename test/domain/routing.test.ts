import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {add, compare, money} from '../../src/domain/money.ts';
import {
  rankSources,
  routePurchase,
  routingPolicies,
  sellableStock,
  type RouteRequest,
  type SourceState,
} from '../../src/domain/routing.ts';
import type {Stock} from '../../src/domain/stock.ts';

const yuan = (amount: string) => money(amount, 'CNY');

const aSource = (connectionId: string, overrides: Partial<SourceState> = {}): SourceState => ({
  connectionId,
  cost: yuan('10'),
  stock: {kind: 'counted', count: 100, at: 1},
  balance: yuan('1000'),
  exposure: yuan('0'),
  trust: 50,
  weight: 1,
  health: {answered: 10, calls: 10, latency: 100},
  ...overrides,
});

const aRequest = (overrides: Partial<RouteRequest> = {}): RouteRequest => ({
  quantity: 2,
  ceiling: yuan('12'),
  policy: 'by_hand',
  splits: false,
  seed: 'prc_1',
  ...overrides,
});

const chosen = (request: RouteRequest, sources: readonly SourceState[]) => {
  const route = routePurchase(request, sources);
  return route.kind === 'buy' ? route.connectionId : route.kind;
};

describe('a choice among sources', () => {
  it('goes by the policy, and by the merchant’s order where that finds no difference', () => {
    const sources = [
      aSource('a', {cost: yuan('11'), trust: 20, health: {answered: 9, calls: 9, latency: 300}}),
      aSource('b', {cost: yuan('9.0001'), trust: 80, health: {answered: 9, calls: 9, latency: 200}}),
      aSource('c', {cost: yuan('9'), trust: 80, health: {answered: 9, calls: 9, latency: 50}}),
    ];
    const byPolicy = routingPolicies
      .filter(policy => policy !== 'weighted')
      .map(policy => [policy, chosen(aRequest({policy}), sources)]);
    assert.deepEqual(Object.fromEntries(byPolicy), {cheapest: 'c', most_trusted: 'b', fastest: 'c', by_hand: 'a'});
  });

  it('spreads weighted purchases in proportion, and never to a source of weight 0', () => {
    const sources = [aSource('a', {weight: 3}), aSource('b', {weight: 1}), aSource('c', {weight: 0})];
    const counts: Record<string, number> = {};
    for (let index = 0; index < 4000; index++) {
      const winner = chosen(aRequest({policy: 'weighted', seed: `prc_${index}`}), sources);
      counts[winner] = (counts[winner] ?? 0) + 1;
    }
    assert.ok(Math.abs(counts['a']! - 3000) < 150, `a got ${counts['a']} of 4000`);
    assert.equal(counts['c'], undefined);
  });

  it('moves only what a source had when that source falls away', () => {
    const sources = ['a', 'b', 'c', 'd'].map(id => aSource(id));
    fc.assert(
      fc.property(fc.string(), seed => {
        const before = chosen(aRequest({policy: 'weighted', seed}), sources);
        if (before === 'd') return;
        assert.equal(chosen(aRequest({policy: 'weighted', seed}), sources.slice(0, 3)), before);
      }),
    );
  });

  it('puts a source that hardly answers behind all others, except by hand', () => {
    const ill = aSource('ill', {cost: yuan('1'), trust: 100, health: {answered: 2, calls: 10, latency: 1}});
    for (const policy of ['cheapest', 'most_trusted', 'fastest', 'weighted'] as const) {
      assert.equal(chosen(aRequest({policy}), [ill, aSource('well')]), 'well', policy);
    }
    assert.equal(chosen(aRequest({policy: 'by_hand'}), [ill, aSource('well')]), 'ill');
  });

  for (const [what, overrides, reason, later] of [
    ['has refused for good', {refusal: 'final'}, 'tried', false],
    ['has refused for now', {refusal: 'passing'}, 'resting', true],
    ['does not sell it', {cost: 'refused'}, 'not_sold', false],
    ['says nothing', {cost: 'silent'}, 'silent', true],
    ['has too few', {stock: {kind: 'counted', count: 1, at: 1}}, 'sold_out', false],
    ['costs more than the line may', {cost: yuan('12.0001')}, 'too_dear', false],
    ['holds too little of our money', {balance: yuan('9.99')}, 'wallet_too_small', true],
    ['holds too much of it', {exposure: yuan('5'), exposureCap: yuan('14.99')}, 'exposure_too_high', true],
    ['has yet to prove itself', {exposure: yuan('5'), trialCap: yuan('14.99')}, 'on_trial', true],
  ] as const satisfies readonly (readonly [string, Partial<SourceState>, string, boolean])[]) {
    it(`passes over a source that ${what}, and says why`, () => {
      const sources = [aSource('a', overrides), aSource('b')];
      assert.deepEqual(routePurchase(aRequest(), sources), {
        kind: 'buy',
        connectionId: 'b',
        cost: yuan('10'),
        passed: [{connectionId: 'a', reason}],
      });
      assert.deepEqual(routePurchase(aRequest(), sources.slice(0, 1)), {
        kind: 'nowhere',
        later,
        passed: [{connectionId: 'a', reason}],
      });
    });
  }

  it('takes the fullest source’s share first when none has enough and the line may be split', () => {
    const sources = [2, 5, 3].map((count, index) => aSource(`${index}`, {stock: {kind: 'counted', count, at: 1}}));
    const request = aRequest({quantity: 9, splits: true});
    const route = routePurchase(request, sources);
    assert.deepEqual([route.kind, route.kind === 'split' && route.quantity], ['split', 5]);
    assert.equal(routePurchase({...request, splits: false}, sources).kind, 'nowhere');
  });
});

const amounts = fc.integer({min: 0, max: 300_000}).map(units => yuan((units / 10_000).toFixed(4)));
const stocks: fc.Arbitrary<Stock> = fc.oneof(
  fc.constant({kind: 'unknown' as const}),
  fc.constant({kind: 'unlimited' as const, at: 1}),
  fc.nat(12).map(count => ({kind: 'counted' as const, count, at: 1})),
);
const states = fc
  .array(
    fc.record({
      cost: fc.oneof({weight: 4, arbitrary: amounts}, fc.constantFrom('silent' as const, 'refused' as const)),
      stock: stocks,
      balance: amounts,
      exposure: amounts,
      exposureCap: amounts,
      trialCap: amounts,
      trust: fc.nat(100),
      weight: fc.nat(5),
      health: fc.record({answered: fc.nat(9), calls: fc.nat(18), latency: fc.nat(9000)}),
      refusal: fc.constantFrom(undefined, undefined, undefined, 'final' as const, 'passing' as const),
    }),
    {maxLength: 6},
  )
  .map(each => each.map(({refusal, ...rest}, index) => aSource(`s${index}`, {...rest, ...(refusal && {refusal})})));
const requests = fc.record({
  quantity: fc.integer({min: 1, max: 10}),
  ceiling: amounts,
  policy: fc.constantFrom(...routingPolicies),
  splits: fc.boolean(),
  seed: fc.string(),
});

describe('a choice among sources, whatever they are', () => {
  it('D3: never buys above the ceiling, above the wallet, above the cap, or where it was refused', () => {
    fc.assert(
      fc.property(requests, states, (request, sources) => {
        const route = routePurchase(request, sources);
        if (route.kind !== 'buy') return;
        const source = sources.find(({connectionId}) => connectionId === route.connectionId)!;
        assert.deepEqual(source.cost, route.cost);
        assert.ok(compare(route.cost, request.ceiling) <= 0);
        assert.ok(compare(route.cost, source.balance!) <= 0);
        assert.ok(compare(add(source.exposure, route.cost), source.exposureCap!) <= 0);
        assert.equal(source.refusal, undefined);
        assert.ok(source.stock.kind !== 'counted' || source.stock.count >= request.quantity);
      }),
    );
  });

  it('accounts for every source once, buys wherever that is possible, and splits only what no source has whole', () => {
    fc.assert(
      fc.property(requests, states, (request, sources) => {
        const route = routePurchase(request, sources);
        const passed = new Set(route.passed.map(({connectionId}) => connectionId));
        assert.equal(passed.size, route.passed.length);
        if (route.kind === 'buy') assert.ok(!passed.has(route.connectionId));
        else assert.equal(passed.size, sources.length);
        if (route.kind === 'split') {
          assert.ok(request.splits && route.quantity >= 1 && route.quantity < request.quantity);
        }
      }),
    );
  });

  it('is the same each time', () => {
    fc.assert(
      fc.property(requests, states, (request, sources) => {
        assert.deepEqual(routePurchase(request, sources), routePurchase(request, structuredClone(sources)));
      }),
    );
  });

  it('ranks the others as before when one is taken out: fail-over has one order', () => {
    fc.assert(
      fc.property(requests, states, fc.nat(5), (request, sources, out) => {
        const known = sources.filter(({cost}) => typeof cost === 'object');
        const gone = known[out];
        const without = (ranked: readonly SourceState[]) => ranked.filter(source => source !== gone);
        assert.deepEqual(without(rankSources(request, known)), rankSources(request, without(known)));
      }),
    );
  });
});

describe('the stock of several sources', () => {
  it('is what the fullest has, or all together where a line may be split', () => {
    const counts = [2, 5, 3].map(count => ({kind: 'counted' as const, count, at: count}));
    assert.deepEqual(sellableStock(counts, false), {kind: 'counted', count: 5, at: 2});
    assert.deepEqual(sellableStock(counts, true), {kind: 'counted', count: 10, at: 2});
  });

  it('is not sold out while a source has not said so', () => {
    assert.deepEqual(sellableStock([{kind: 'counted', count: 0, at: 1}, {kind: 'unknown'}], false), {kind: 'unknown'});
    assert.deepEqual(sellableStock([{kind: 'counted', count: 0, at: 1}], false), {kind: 'counted', count: 0, at: 1});
    assert.deepEqual(sellableStock([], true), {kind: 'unknown'});
  });
});
