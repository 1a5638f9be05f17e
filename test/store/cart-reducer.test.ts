import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {cartState, reduceCart, type CartEvent, type HeldCart} from '../../src/store/cart-reducer.ts';
import {multiply, sum, zero} from '../../src/domain/money.ts';
import {newLine, quoteLine, yuan} from './support/builders.ts';

const play = (...events: readonly CartEvent[]): HeldCart => events.reduce(reduceCart, []);
const only = (cart: HeldCart) => {
  assert.equal(cart.length, 1);
  return cart[0]!.line;
};
const added = (quantity = 1): CartEvent => ({type: 'added', line: newLine(), quantity});
const asked = (quantity: number) => ({skuId: 'sku-1', quantity});
const agreed = (quantity: number): CartEvent => ({
  type: 'quoted',
  lines: [quoteLine({quantity})],
  asked: asked(quantity),
});

describe('a change of the cart', () => {
  it('shows at once and waits for the server', () => {
    const line = only(play(added(2)));
    assert.equal(line.quantity, 2);
    assert.equal(line.pending, true);
  });

  it('stands when the server agrees', () => {
    const line = only(play(added(2), agreed(2)));
    assert.equal(line.pending, false);
    assert.equal(line.problem, undefined);
  });

  it('leaves nothing behind when a new line is refused', () => {
    const refused: CartEvent = {type: 'quoted', lines: [quoteLine({problem: 'sold_out'})], asked: asked(1)};
    assert.deepEqual(play(added(1), refused), []);
  });

  it('goes back to what the server last agreed to, and says why', () => {
    const refusal = quoteLine({quantity: 9, problem: 'insufficient_stock', available: 4});
    const line = only(
      play(
        added(2),
        agreed(2),
        {type: 'quantity_set', skuId: 'sku-1', quantity: 9},
        {type: 'quoted', lines: [refusal], asked: asked(9)},
      ),
    );
    assert.equal(line.quantity, 2);
    assert.equal(line.pending, false);
    assert.deepEqual(line.problem, {kind: 'not_enough', available: 4});
  });

  it('is not undone by the refusal of an earlier one', () => {
    const refusal = quoteLine({quantity: 9, problem: 'insufficient_stock'});
    const line = only(
      play(
        added(2),
        agreed(2),
        {type: 'quantity_set', skuId: 'sku-1', quantity: 9},
        {type: 'quantity_set', skuId: 'sku-1', quantity: 3},
        {type: 'quoted', lines: [refusal], asked: asked(9)},
      ),
    );
    assert.equal(line.quantity, 3);
    assert.equal(line.pending, true);
  });

  it('stays, marked, when the server cannot be asked', () => {
    const line = only(play(added(2), {type: 'left_unconfirmed', asked: asked(2)}));
    assert.deepEqual([line.quantity, line.pending, line.problem], [2, false, {kind: 'unconfirmed'}]);
  });

  it('is gone when taken back', () => {
    assert.deepEqual(play(added(2), {type: 'taken_back', asked: asked(2)}), []);
  });
});

describe('a price', () => {
  it('that changed for the same pieces is shown with what it was, until the line is changed', () => {
    const dearer: CartEvent = {type: 'quoted', lines: [quoteLine({unitPrice: yuan('50.00')})]};
    const cart = play(added(1), agreed(1), dearer, dearer);
    assert.deepEqual(only(cart).price, yuan('50.00'));
    assert.deepEqual(only(cart).problem, {kind: 'price_changed', before: yuan('48.00')});
    assert.equal(only(reduceCart(cart, {type: 'quantity_set', skuId: 'sku-1', quantity: 2})).problem, undefined);
  });

  it('of another step of the ladder is no change', () => {
    const line = only(
      play(
        added(1),
        agreed(1),
        {type: 'quantity_set', skuId: 'sku-1', quantity: 10},
        {
          type: 'quoted',
          lines: [quoteLine({quantity: 10, unitPrice: yuan('45.00')})],
          asked: asked(10),
        },
      ),
    );
    assert.equal(line.problem, undefined);
    assert.deepEqual(line.price, yuan('45.00'));
  });

  it('above the one a new line was shown with has changed', () => {
    const line = only(
      play(added(1), {type: 'quoted', lines: [quoteLine({unitPrice: yuan('49.00')})], asked: asked(1)}),
    );
    assert.deepEqual(line.problem, {kind: 'price_changed', before: yuan('48.00')});
  });
});

describe('problems of other lines', () => {
  for (const [problem, kind] of [
    ['unknown_product', 'unavailable'],
    ['not_for_sale', 'unavailable'],
    ['sold_out', 'sold_out'],
    ['card_gone', 'card_gone'],
    ['stock_unknown', 'stock_unknown'],
    ['insufficient_stock', 'not_enough'],
    ['below_minimum', 'below_minimum'],
    ['above_maximum', 'above_maximum'],
  ] as const) {
    it(`${problem} is shown as ${kind} and keeps the pieces`, () => {
      const line = only(play(added(2), agreed(2), {type: 'quoted', lines: [quoteLine({quantity: 2, problem})]}));
      assert.equal(line.problem?.kind, kind);
      assert.equal(line.quantity, 2);
    });
  }
});

describe('what other tabs and the shop do', () => {
  it('restores lines without a wait', () => {
    const line = only(play({type: 'restored', lines: [{...newLine(), quantity: 3}]}));
    assert.deepEqual([line.quantity, line.pending], [3, false]);
  });

  it('keeps a change of this tab that waits', () => {
    const line = only(play(added(5), {type: 'restored', lines: [{...newLine(), quantity: 3}]}));
    assert.deepEqual([line.quantity, line.pending], [5, true]);
  });

  it('removes what another tab removed', () => {
    assert.deepEqual(play(added(5), {type: 'restored', lines: []}), []);
  });

  it('takes out what was bought', () => {
    assert.deepEqual(play(added(5), {type: 'bought', skuIds: ['sku-1', 'sku-9']}), []);
  });

  it('drops lines of a currency the shop no longer uses', () => {
    const dollars = newLine({skuId: 'sku-2', price: {currency: 'USD', amount: '7.00'}});
    const cart = play(added(1), {type: 'added', line: dollars, quantity: 1});
    assert.deepEqual(
      cart.map(({line}) => line.skuId),
      ['sku-2'],
    );
  });
});

describe('whatever happens', () => {
  const sku = fc.constantFrom('a', 'b', 'c');
  const quantity = fc.integer({min: 1, max: 10_000});
  const price = fc.integer({min: 1, max: 10_000_000}).map(cents => yuan((cents / 100).toFixed(2)));
  const anAsked = fc.record({skuId: sku, quantity});
  const problem = fc.constantFrom(
    undefined,
    'sold_out' as const,
    'card_gone' as const,
    'insufficient_stock' as const,
    'below_minimum' as const,
  );
  const event: fc.Arbitrary<CartEvent> = fc.oneof(
    fc.record({
      type: fc.constant('added' as const),
      line: fc.record({skuId: sku, price}).map(part => newLine(part)),
      quantity,
    }),
    fc.record({type: fc.constant('quantity_set' as const), skuId: sku, quantity}),
    fc.record({type: fc.constant('removed' as const), skuId: sku}),
    fc.constant({type: 'cleared' as const}),
    fc
      .tuple(fc.array(fc.record({skuId: sku, quantity, unitPrice: price, problem}), {maxLength: 3}), fc.option(anAsked))
      .map(([lines, question]): CartEvent => ({
        type: 'quoted',
        lines: lines.map(({problem: trouble, ...line}) => quoteLine({...line, ...(trouble && {problem: trouble})})),
        ...(question && {asked: question}),
      })),
    fc.record({type: fc.constant('left_unconfirmed' as const), asked: anAsked}),
    fc.record({type: fc.constant('taken_back' as const), asked: anAsked}),
    fc.record({type: fc.constant('bought' as const), skuIds: fc.array(sku)}),
  );

  it('a cart holds each SKU once, whole pieces from 1, one currency, and an exact subtotal', () => {
    fc.assert(
      fc.property(fc.array(event, {maxLength: 40}), events => {
        const cart = play(...events);
        const {lines, count, subtotal} = cartState(cart);
        assert.equal(new Set(lines.map(line => line.skuId)).size, lines.length);
        assert.ok(lines.every(line => Number.isSafeInteger(line.quantity) && line.quantity >= 1));
        assert.equal(
          count,
          lines.reduce((pieces, line) => pieces + line.quantity, 0),
        );
        const cents = lines.reduce(
          (total, line) => total + BigInt(line.price.amount.replace('.', '')) * BigInt(line.quantity),
          0n,
        );
        assert.equal(subtotal === undefined, lines.length === 0);
        assert.equal((subtotal ?? zero('CNY')).amount.replace('.', '').replace(/^0+(?=\d)/, ''), cents.toString());
        assert.deepEqual(
          subtotal ?? zero('CNY'),
          sum(
            lines.map(line => multiply(line.price, line.quantity)),
            'CNY',
          ),
        );
      }),
    );
  });

  it('a line that waits for nobody was agreed to, could not be asked about, or came from storage', () => {
    fc.assert(
      fc.property(fc.array(event, {maxLength: 40}), events => {
        for (const {line, agreed: pieces} of play(...events)) {
          if (!line.pending && line.problem?.kind !== 'unconfirmed') assert.equal(pieces, line.quantity);
        }
      }),
    );
  });
});
