import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {compare, money, subtract} from '../../src/domain/money.ts';
import {priceFor, priceTiers, whyUnsold, type PriceRule} from '../../src/domain/pricing.ts';

const yuan = (amount: string) => money(amount, 'CNY');
const tier = (from: number, amount: string) => ({from, price: yuan(amount)});

describe('a price that the platform allows', () => {
  const rule = {markup: {percent: '10'}} as const;

  it('is at its floor or above, whatever rule makes it; otherwise there is none', () => {
    const amounts = fc.integer({min: 1, max: 100_000}).map(cents => (cents / 100).toFixed(2));
    const pins = fc.option(amounts, {nil: undefined});
    fc.assert(
      fc.property(amounts, amounts, pins, fc.boolean(), (cost, floor, pinned, isForeign) => {
        const free = priceFor(money(cost, 'CNY'), {...rule, ...(pinned && {pinned})});
        const bound = priceFor(money(cost, 'CNY'), {
          ...rule,
          ...(pinned && {pinned}),
          floor: money(floor, isForeign ? 'USD' : 'CNY'),
        });
        if (free.kind === 'refused') return assert.deepEqual(bound, free);
        const isAllowed = !isForeign && compare(free.price, money(floor, 'CNY')) >= 0;
        assert.deepEqual(bound, isAllowed ? free : {kind: 'refused', reason: 'below_platform_price'});
      }),
    );
  });
});

describe('the price of a piece', () => {
  it('is the cost with its mark-up, rounded up to the minor unit unless told otherwise', () => {
    assert.deepEqual(priceFor(yuan('0.0150'), {markup: {percent: '10'}}), {
      kind: 'priced',
      price: yuan('0.02'),
      margin: yuan('0.005'),
    });
    assert.deepEqual(priceFor(yuan('9.99'), {markup: {fixed: '1.5'}, rounding: 'nearest', step: '0.50'}), {
      kind: 'priced',
      price: yuan('11.50'),
      margin: yuan('1.51'),
    });
  });

  it('D2: a cost of nothing, or less, is a broken catalogue and no price', () => {
    for (const cost of ['0', '-1']) {
      assert.deepEqual(priceFor(yuan(cost), {markup: {fixed: '5'}}), {kind: 'refused', reason: 'no_cost'});
    }
  });

  it('D3: is refused below the minimum margin, and offered exactly at it', () => {
    const rule: PriceRule = {markup: {fixed: '1'}, minimumMargin: '1'};
    assert.equal(priceFor(yuan('10'), rule).kind, 'priced');
    assert.deepEqual(priceFor(yuan('10.01'), {...rule, rounding: 'down', step: '1'}), {
      kind: 'refused',
      reason: 'margin_too_small',
    });
  });

  it('D3: is never below the cost, whatever the rounding', () => {
    assert.deepEqual(priceFor(yuan('1.99'), {markup: {percent: '0'}, rounding: 'down', step: '1'}), {
      kind: 'refused',
      reason: 'margin_too_small',
    });
  });

  it('D1, D3, D5: same inputs, same price; at least cost and minimum margin; no more digits than the currency', () => {
    const decimal = fc.integer({min: 0, max: 5_000_000}).map(value => (value / 10_000).toFixed(4));
    fc.assert(
      fc.property(
        decimal,
        fc.oneof(fc.record({percent: decimal}), fc.record({fixed: decimal})),
        fc.constantFrom('up', 'nearest', 'down'),
        fc.constantFrom('0.01', '0.10', '1'),
        decimal,
        (cost, markup, rounding, step, minimumMargin) => {
          const rule: PriceRule = {markup, rounding, step, minimumMargin};
          const pricing = priceFor(yuan(cost), rule);
          assert.deepEqual(priceFor(yuan(cost), rule), pricing);
          if (pricing.kind === 'refused') return;
          assert.deepEqual(subtract(pricing.price, yuan(cost)), pricing.margin);
          assert.ok(compare(pricing.margin, yuan(minimumMargin)) >= 0);
          assert.match(pricing.price.amount, /^\d+\.\d\d$/);
        },
      ),
    );
  });
});

describe('a pinned price', () => {
  const cent = fc.integer({min: 1, max: 500_000}).map(value => (value / 100).toFixed(2));
  const fraction = fc.integer({min: 0, max: 5_000_000}).map(value => (value / 10_000).toFixed(4));

  it('D4, D3, D2: is the price whatever it costs, or there is none: without a cost, or below the minimum margin', () => {
    fc.assert(
      fc.property(cent, fraction, fraction, fraction, (pinned, cost, percent, minimumMargin) => {
        const pricing = priceFor(yuan(cost), {markup: {percent}, minimumMargin, pinned});
        const margin = subtract(yuan(pinned), yuan(cost));
        if (pricing.kind === 'priced') return assert.deepEqual(pricing, {kind: 'priced', price: yuan(pinned), margin});
        if (pricing.reason === 'no_cost') return assert.equal(Number(cost), 0);
        assert.ok(compare(margin, yuan(minimumMargin)) < 0);
      }),
    );
  });
});

describe('a ladder of prices', () => {
  it('says why it cannot be sold exactly when it cannot', () => {
    const costs = fc.array(
      fc.integer({min: -1, max: 50_000}).map(value => ({from: 1, price: yuan((value / 100).toFixed(2))})),
      {maxLength: 4},
    );
    const margins = fc.integer({min: 0, max: 10}).map(String);
    fc.assert(
      fc.property(costs, margins, (ladder, minimumMargin) => {
        const of: PriceRule = {markup: {percent: '10'}, minimumMargin};
        assert.equal(whyUnsold(ladder, of) === undefined, priceTiers(ladder, of) !== undefined);
      }),
    );
  });

  const rule: PriceRule = {markup: {percent: '10'}};

  it('has a step for every cost, and none where the price stays the same', () => {
    assert.deepEqual(priceTiers([tier(1, '10'), tier(10, '9.9999'), tier(100, '9')], rule), [
      tier(1, '11.00'),
      tier(100, '9.90'),
    ]);
  });

  it('D2: is refused as a whole when one step has no cost', () => {
    assert.equal(priceTiers([tier(1, '10'), tier(10, '0')], rule), undefined);
  });

  it('of no costs is none', () => {
    assert.equal(priceTiers([], rule), undefined);
  });
});
