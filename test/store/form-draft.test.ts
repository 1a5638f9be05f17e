import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {createFormDraft, fieldPlace} from '../../src/store/form-draft.ts';
import {newLine} from './support/builders.ts';
import {Buyer} from './support/buyer.ts';
import {turns} from './support/fake-device.ts';

describe('what a buyer typed in', () => {
  it('is forgotten for the goods that were paid for, and the lookup password with it', () => {
    const draft = createFormDraft();
    const secret = fieldPlace('sku-1', 'password');
    const other = fieldPlace('sku-10', 'password');
    for (const place of [secret, other, 'lookupPassword', 'contact']) draft.set(place, `typed into ${place}`);
    draft.forget(['sku-1']);
    assert.deepEqual(
      [secret, other, 'lookupPassword', 'contact'].map(place => draft.get(place)),
      ['', `typed into ${other}`, '', 'typed into contact'],
    );
  });

  it('is gone once the server says that the order is paid, and not before', async () => {
    const buyer = new Buyer();
    const tab = buyer.open();
    await tab.shop.cart.add(newLine());
    const place = fieldPlace('sku-1', 'password');
    tab.shop.draft.set(place, 'hunter2');
    await tab.shop.checkout.begin();
    await tab.place();
    assert.equal(tab.shop.draft.get(place), 'hunter2');
    buyer.server.change(buyer.server.theOrder.id, {state: 'paid'});
    await turns();
    tab.expect('paid');
    assert.equal(tab.shop.draft.get(place), '');
  });
});
