import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {money} from '../../src/domain/money.ts';
import {addConfirmed} from '../../src/store/add-confirmed.ts';
import {isCartError} from '../../src/store/cart-error.ts';
import {lineFor} from '../../src/store/line-for.ts';
import {aCartLine, aProduct, aProductWithChoices, FakeShop} from '../support/fake-shop.ts';

describe('lineFor', () => {
  it('takes the only variant, and the fewest pieces it is sold in', () => {
    assert.equal(lineFor(aProduct({minimum: 3}))?.quantity, 3);
    assert.equal(lineFor(aProduct({minimum: 0}))?.quantity, 1);
  });

  it('takes the price for that many pieces', () => {
    const product = aProductWithChoices();
    const priceOf = (quantity: number) => lineFor(product, {skuId: 'month-phone', quantity})?.price;
    assert.deepEqual(priceOf(4), money('19.80', 'CNY'));
    assert.deepEqual(priceOf(5), money('18.90', 'CNY'));
  });

  it('leaves the choice among several variants to the buyer', () => {
    assert.equal(lineFor(aProductWithChoices()), undefined);
  });

  it('knows no variant that the good does not have', () => {
    for (const add of [() => lineFor(aProduct(), {skuId: 'other'}), () => lineFor(aProduct({skus: []}))]) {
      assert.throws(add, (error: unknown) => isCartError(error) && error.problem.kind === 'unavailable');
    }
  });
});

describe('addConfirmed', () => {
  const {pending: _, ...line} = aCartLine();

  it('resolves once the shop server has confirmed the line', async () => {
    const {cart} = new FakeShop();
    const added = addConfirmed(cart, line);
    cart.calls[0]!.confirm();
    await added;
  });

  it('rejects where the shop server could not be asked, though the line stays', async () => {
    const {cart} = new FakeShop();
    const added = addConfirmed(cart, line);
    cart.setLines([aCartLine({problem: {kind: 'unconfirmed'}})]);
    cart.calls[0]!.confirm();
    await assert.rejects(added, (error: unknown) => isCartError(error) && error.problem.kind === 'unconfirmed');
    assert.equal(cart.value.lines.length, 1);
  });
});
