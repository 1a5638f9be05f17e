import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {readBrowse, writeBrowse} from '../../src/store/browse-address.ts';
import {createBrowse, hasFilters, reduceBrowse, type BrowseEvent, type BrowseState} from '../../src/store/browse.ts';
import {decimalPrice, readPriceRange} from '../../src/store/price-range.ts';

const filtered: BrowseState = {
  q: '王者 荣耀',
  category: 'game-cards',
  minPrice: '9.9',
  maxPrice: '100',
  inStock: true,
  delivery: 'automatic',
  sort: 'price_ascending',
};

describe('what is looked at', () => {
  it('is the whole shop when something is searched for; the filters stay', () => {
    const {category: _, ...rest} = filtered;
    assert.deepEqual(reduceBrowse(filtered, {type: 'searched', q: ' steam '}), {...rest, q: 'steam'});
  });

  it('knows no relevance without a search', () => {
    const state: BrowseState = {q: 'steam', sort: 'relevance'};
    assert.deepEqual(reduceBrowse(state, {type: 'searched', q: '  '}), {});
    assert.deepEqual(reduceBrowse(state, {type: 'searched', q: 'xbox'}), {q: 'xbox', sort: 'relevance'});
  });

  for (const [event, expected] of [
    [
      {type: 'category_chosen', category: 'games'},
      {...filtered, category: 'games'},
    ],
    [{type: 'price_set', minPrice: undefined, maxPrice: '5'}, without({...filtered, maxPrice: '5'}, 'minPrice')],
    [{type: 'stock_set', inStock: false}, without(filtered, 'inStock')],
    [{type: 'delivery_chosen', delivery: undefined}, without(filtered, 'delivery')],
    [
      {type: 'sort_chosen', sort: 'title'},
      {...filtered, sort: 'title'},
    ],
    [
      {type: 'official_set', official: true},
      {...filtered, official: true},
    ],
    [{type: 'official_set', official: false}, filtered],
    [{type: 'filters_cleared'}, without(filtered, 'minPrice', 'maxPrice', 'inStock', 'delivery')],
    [{type: 'replaced', state: {q: 'xbox'}}, {q: 'xbox'}],
  ] as [BrowseEvent, BrowseState][]) {
    it(`after ${event.type}`, () => assert.deepEqual(reduceBrowse(filtered, event), expected));
  }

  it('is told to everybody once per change, and not when nothing changed', () => {
    const browse = createBrowse();
    let told = 0;
    browse.subscribe(() => told++);
    browse.change({type: 'searched', q: 'steam'});
    browse.change({type: 'searched', q: 'steam '});
    assert.deepEqual([browse.value, told], [{q: 'steam'}, 1]);
  });

  it('has filters or has none', () => {
    assert.ok(hasFilters({inStock: true}));
    assert.ok(!hasFilters({q: 'steam', category: 'games', sort: 'title'}));
  });
});

const states: fc.Arbitrary<BrowseState> = fc
  .record(
    {
      q: fc.string({unit: 'grapheme', minLength: 1, maxLength: 40}).map(text => text.trim()),
      category: fc.string({unit: 'binary-ascii', minLength: 1, maxLength: 40}).map(text => text.trim()),
      minPrice: fc.nat().map(units => decimalPrice(`${units / 100}`)!),
      maxPrice: fc.nat().map(units => decimalPrice(`${units / 100}`)!),
      inStock: fc.constant(true as const),
      delivery: fc.constantFrom('automatic' as const, 'manual' as const),
      official: fc.constant(true as const),
      sort: fc.constantFrom('featured' as const, 'relevance' as const, 'price_descending' as const),
    },
    {requiredKeys: [], noNullPrototype: true},
  )
  .filter(({q, category}) => q !== '' && category !== '');

describe('an address', () => {
  it('says what is looked at, and leaves alone what else it said', () => {
    const written = writeBrowse(filtered, '?utm_source=a%20b&flag&q=old');
    assert.equal(
      written,
      '?utm_source=a%20b&flag&q=%E7%8E%8B%E8%80%85+%E8%8D%A3%E8%80%80&category=game-cards&min=9.9&max=100&stock=1' +
        '&delivery=automatic&sort=price_ascending',
    );
    assert.equal(writeBrowse({}, written), '?utm_source=a%20b&flag');
    assert.equal(writeBrowse({}, '?q=steam'), '');
  });

  it('keeps its own names beside prefixed ones', () => {
    const written = writeBrowse({q: 'steam'}, '?q=theirs', 'shop-');
    assert.equal(written, '?q=theirs&shop-q=steam');
    assert.deepEqual(readBrowse(written, 'shop-'), {q: 'steam'});
  });

  it('gives back what was written, whatever stood there before', () => {
    fc.assert(
      fc.property(states, fc.webQueryParameters(), fc.constantFrom('', 'ks-'), (state, search, prefix) => {
        assert.deepEqual(readBrowse(writeBrowse(state, search, prefix), prefix), state);
      }),
    );
  });

  for (const search of [
    '?q=&category=%20&min=abc&max=-1&stock=yes&delivery=drone&sort=cheapest',
    `?q=${'x'.repeat(101)}&category=${'x'.repeat(65)}&min=1e9&max=${'9'.repeat(30)}&stock=11`,
    '?%E0%A4%A=1&q',
  ]) {
    it(`written by a stranger says nothing: ${search.slice(0, 40)}`, () => assert.deepEqual(readBrowse(search), {}));
  }
});

describe('a price as somebody types it', () => {
  for (const [typed, price] of [
    ['12.50', '12.5'],
    ['¥ 1,200', '1200'],
    ['１２．５', '12.5'],
    ['007', '7'],
    ['0', '0'],
    ['3.', '3'],
    ['0.0150', '0.015'],
    ['', undefined],
    ['-1', undefined],
    ['1.23456', undefined],
    ['12元', undefined],
    ['1e3', undefined],
  ] as const) {
    it(`${JSON.stringify(typed)} is ${price}`, () => assert.equal(decimalPrice(typed), price));
  }

  it('is one end of a range that is not upside down', () => {
    assert.deepEqual(readPriceRange('9.9', '10'), {kind: 'range', minPrice: '9.9', maxPrice: '10'});
    assert.deepEqual(readPriceRange(' ', '10'), {kind: 'range', minPrice: undefined, maxPrice: '10'});
    assert.deepEqual(readPriceRange('10', '9.9'), {kind: 'reversed'});
    assert.deepEqual(readPriceRange('x', '9'), {kind: 'unreadable', field: 'minPrice'});
    assert.deepEqual(readPriceRange('1', 'x'), {kind: 'unreadable', field: 'maxPrice'});
  });
});

function without(state: BrowseState, ...names: (keyof BrowseState)[]): BrowseState {
  return Object.fromEntries(Object.entries(state).filter(([name]) => !names.includes(name as keyof BrowseState)));
}
