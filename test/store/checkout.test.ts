import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {money} from '../../src/domain/money.ts';
import {form, newLine, yuan} from './support/builders.ts';
import {Buyer} from './support/buyer.ts';
import {turns} from './support/fake-device.ts';

describe('a checkout', () => {
  it('leads from the cart to the payment and on to paid, and takes what was bought out of the cart', async () => {
    const buyer = new Buyer();
    const tab = await buyer.atTheForm();
    await tab.place();
    const {payment, order} = tab.expect('paying');
    assert.deepEqual(payment.instructions, {kind: 'qr', text: 'pay:payment-1'});
    buyer.server.change(order.id, {state: 'paid'});
    await tab.until('paid');
    await turns();
    assert.deepEqual(tab.shop.cart.value.lines, []);
    assert.deepEqual(tab.steps, ['quoting', 'filling', 'placing', 'opening_payment', 'paying', 'paid']);
    assert.equal(buyer.server.count('placeOrder'), 1);
    assert.equal(buyer.server.count('openPayment'), 1);
    tab.vanish();
    assert.equal(buyer.device.leftovers, 0);
  });

  it('asks for a lookup password where what opens the keys would be lost with the page', async () => {
    const buyer = new Buyer();
    const tab = await buyer.atTheForm();
    const revealKey = `B${'A'.repeat(86)}`;
    const place = (lookupPassword: string, isKept: boolean) =>
      tab.shop.checkout.place({...form, lookupPassword}, {revealKey: async () => ({revealKey, isKept})});
    await place(' ', false);
    assert.deepEqual(tab.expect('filling').problems, {lookupPassword: 'required'});
    assert.equal(buyer.server.count('placeOrder'), 0);
    await place('sesame-24', false);
    tab.expect('paying');
    const next = await new Buyer().atTheForm();
    await next.shop.checkout.place(form, {revealKey: async () => ({revealKey, isKept: true})});
    next.expect('paying');
  });

  describe('of selected goods', () => {
    const direct = [{skuId: 'sku-2', quantity: 3}];

    it('buys them past the cart, which stays as it is', async () => {
      const buyer = new Buyer();
      const tab = buyer.open();
      await tab.shop.cart.add(newLine());
      tab.shop.checkout.select(direct);
      await tab.shop.checkout.begin();
      assert.deepEqual(
        tab.expect('filling').quote.lines.map(({skuId, quantity}) => ({skuId, quantity})),
        direct,
      );
      await tab.place();
      buyer.server.change(tab.expect('paying').order.id, {state: 'paid'});
      await tab.until('paid');
      await turns();
      assert.deepEqual(
        tab.shop.cart.value.lines.map(({skuId}) => skuId),
        ['sku-1'],
      );
      assert.equal(tab.shop.checkout.selected, undefined);
      await tab.shop.checkout.begin();
      assert.equal(tab.expect('filling').quote.lines[0]!.skuId, 'sku-1');
    });

    it('takes nothing out of a cart that holds the same goods', async () => {
      const buyer = new Buyer();
      const tab = buyer.open();
      await tab.shop.cart.add(newLine());
      tab.shop.checkout.select([{skuId: 'sku-1', quantity: 1}]);
      await tab.shop.checkout.begin();
      await tab.place();
      buyer.server.change(tab.expect('paying').order.id, {state: 'paid'});
      await tab.until('paid');
      await turns();
      assert.equal(tab.shop.cart.value.count, 1);
    });

    it('works with an empty cart, and asks for one quote however often it is begun', async () => {
      const buyer = new Buyer();
      const tab = buyer.open();
      for (let press = 0; press < 3; press++) {
        tab.shop.checkout.select([...direct]);
        await tab.shop.checkout.begin();
      }
      tab.expect('filling');
      assert.equal(buyer.server.count('createQuote'), 1);
    });

    it('gives way to the cart when that is selected, and when the checkout is closed', async () => {
      const tab = new Buyer().open();
      await tab.shop.cart.add(newLine());
      for (const giveWay of [() => tab.shop.checkout.select(), () => tab.shop.checkout.close()]) {
        tab.shop.checkout.select(direct);
        await tab.shop.checkout.begin();
        assert.equal(tab.expect('filling').quote.lines[0]!.skuId, 'sku-2');
        giveWay();
        await tab.shop.checkout.begin();
        assert.equal(tab.expect('filling').quote.lines[0]!.skuId, 'sku-1');
      }
    });

    it('lets a tab that agreed to the same goods of the cart buy those', async () => {
      const buyer = new Buyer();
      const tab = await buyer.atTheForm();
      const other = buyer.open();
      other.shop.checkout.select([{skuId: 'sku-1', quantity: 1}]);
      await other.shop.checkout.begin();
      await tab.place();
      tab.expect('filling');
      await tab.place();
      buyer.server.change(tab.expect('paying').order.id, {state: 'paid'});
      await tab.until('paid');
      await turns();
      assert.equal(tab.shop.cart.value.count, 0);
      assert.equal(buyer.server.count('placeOrder'), 1);
    });
  });

  it('stays idle with an empty cart, and after a reload with nothing in hand', async () => {
    const tab = new Buyer().open();
    await tab.shop.checkout.begin();
    await tab.shop.checkout.resume();
    tab.expect('idle');
  });

  it('is blocked while something cannot be bought, and the cart says so', async () => {
    const buyer = new Buyer();
    const tab = buyer.open();
    await tab.shop.cart.add(newLine());
    buyer.server.problems.set('sku-1', {problem: 'sold_out'});
    await tab.shop.checkout.begin();
    tab.expect('blocked');
    assert.deepEqual(tab.shop.cart.value.lines[0]?.problem, {kind: 'sold_out'});
  });

  it('fails when prices cannot be asked for, and begins again', async () => {
    const buyer = new Buyer();
    const tab = buyer.open();
    await tab.shop.cart.add(newLine());
    buyer.server.fault = operation => (operation === 'createQuote' ? 'lost_request' : undefined);
    await tab.shop.checkout.begin();
    assert.equal(tab.expect('failed').error.name, 'ConnectionError');
    buyer.server.fault = () => undefined;
    await tab.shop.checkout.begin();
    tab.expect('filling');
  });

  it('says what is wrong with a form before anything is sent', async () => {
    const buyer = new Buyer();
    buyer.server.fields.push({name: 'area', label: '区服', type: 'text', required: true, pattern: '[a-z]+'});
    const tab = await buyer.atTheForm();
    await tab.place({contact: ' ', method: ''});
    assert.deepEqual(tab.expect('filling').problems, {
      contact: 'required',
      method: 'required',
      'sku-1/area': 'required',
    });
    await tab.place({contact: 'nobody', fields: {'sku-1': {area: '9'}}});
    assert.deepEqual(tab.expect('filling').problems, {contact: 'mismatch', 'sku-1/area': 'mismatch'});
    assert.equal(buyer.server.count('placeOrder'), 0);
    await tab.place({fields: {'sku-1': {area: 'north'}, other: {x: 'y'}}});
    tab.expect('paying');
    const sent = JSON.parse(buyer.server.requests.find(({operation}) => operation === 'placeOrder')!.body) as object;
    assert.deepEqual(sent, {quote: 'quote-token-2', contact: form.contact, fields: {'sku-1': {area: 'north'}}});
  });

  it('shows what the server refuses in a form, and sends the corrected one with a new intent', async () => {
    const buyer = new Buyer();
    const tab = await buyer.atTheForm();
    await tab.place({contact: 'me@refused.example'});
    const state = tab.expect('filling');
    assert.deepEqual(state.problems, {contact: 'mismatch'});
    assert.equal(state.error?.code, 'validation_failed');
    await tab.place();
    tab.expect('paying');
    assert.equal(buyer.server.orders.size, 1);
    const keys = buyer.server.requests.filter(({operation}) => operation === 'placeOrder').map(({key}) => key);
    assert.equal(new Set(keys).size, 2);
  });

  it('places once, however often and fast the button is pressed', async () => {
    const buyer = new Buyer();
    const tab = await buyer.atTheForm();
    await Promise.all([tab.place(), tab.place(), tab.place()]);
    await tab.place();
    tab.expect('paying');
    assert.equal(buyer.server.count('placeOrder'), 1);
  });

  it('puts itself aside, and is gone on with for the same cart', async () => {
    const buyer = new Buyer();
    const tab = await buyer.atTheForm();
    await tab.place();
    tab.shop.checkout.close();
    tab.expect('idle');
    await tab.shop.checkout.begin();
    tab.expect('paying');
    assert.equal(buyer.server.orders.size, 1);
    assert.equal(buyer.server.count('openPayment'), 1);
  });

  it('leaves an order that waits for its payment to itself when the cart holds something else', async () => {
    const buyer = new Buyer();
    const tab = await buyer.atTheForm();
    await tab.place();
    await tab.shop.cart.add(newLine({skuId: 'sku-2'}));
    await tab.shop.checkout.begin();
    assert.equal(tab.expect('filling').quote.lines.length, 2);
  });

  it('keeps what the buyer typed in only until the order is placed', async () => {
    const buyer = new Buyer();
    const tab = await buyer.atTheForm();
    await tab.place({contact: 'secret@example.com'});
    tab.expect('paying');
    tab.vanish();
    assert.ok(!(await stored(buyer)).includes('secret@example.com'));
  });
});

describe('a quote that ran out', () => {
  it('is renewed silently when the total is the same', async () => {
    const buyer = new Buyer();
    const tab = await buyer.atTheForm();
    buyer.server.expiredTokens.add('quote-token-1').add('quote-token-2');
    await tab.place();
    tab.expect('paying');
    assert.ok(!tab.steps.slice(2).includes('filling'));
    assert.equal(buyer.server.orders.size, 1);
  });

  it('asks the buyer again when the total is another', async () => {
    const buyer = new Buyer();
    const tab = await buyer.atTheForm();
    for (let number = 1; number < 3; number++) buyer.server.expiredTokens.add(`quote-token-${number}`);
    buyer.server.prices.set('sku-1', '50.00');
    await tab.place();
    assert.deepEqual(tab.expect('filling').quote.total, money('50.00', 'CNY'));
    assert.equal(buyer.server.orders.size, 0);
    await tab.place();
    tab.expect('paying');
  });

  it('is blocked when the goods went meanwhile', async () => {
    const buyer = new Buyer();
    const tab = await buyer.atTheForm();
    for (let number = 1; number < 3; number++) buyer.server.expiredTokens.add(`quote-token-${number}`);
    buyer.server.problems.set('sku-1', {problem: 'sold_out'});
    await tab.place();
    tab.expect('blocked');
  });

  it('that the shop does not know is replaced, but not without the buyer', async () => {
    const buyer = new Buyer();
    const tab = await buyer.atTheForm();
    buyer.server.fault = (operation, count) =>
      operation === 'placeOrder' && count === 1 ? 'quote_invalid' : undefined;
    await tab.place();
    assert.equal(tab.expect('filling').error?.code, 'quote_invalid');
    await tab.place();
    tab.expect('paying');
    assert.equal(buyer.server.orders.size, 1);
  });

  it('does not go round for ever', async () => {
    const buyer = new Buyer();
    const tab = await buyer.atTheForm();
    buyer.server.fault = operation => (operation === 'placeOrder' ? 'quote_expired' : undefined);
    await tab.place();
    assert.equal(tab.expect('failed').error.code, 'quote_expired');
  });

  it('is not reused when it is about to', async () => {
    const buyer = new Buyer();
    const tab = await buyer.atTheForm();
    tab.shop.checkout.close();
    await buyer.device.advance(590_000);
    await tab.shop.checkout.begin();
    assert.equal(buyer.server.count('createQuote'), 3);
  });
});

describe('a lost answer', () => {
  for (const fault of ['lost_request', 'lost_answer', 'html', 'internal_error'] as const) {
    it(`of the order (${fault}) is waited for: same body, same key, one order`, async () => {
      const buyer = new Buyer();
      buyer.server.fault = (operation, count) => (operation === 'placeOrder' && count <= 4 ? fault : undefined);
      const tab = await buyer.atTheForm();
      const placing = tab.place();
      await turns();
      assert.deepEqual(tab.state, {step: 'placing', uncertain: true});
      await tab.until('paying');
      await placing;
      const sent = buyer.server.requests.filter(({operation}) => operation === 'placeOrder');
      assert.equal(sent.length, 5);
      assert.equal(new Set(sent.map(({key, body}) => `${key} ${body}`)).size, 1);
      assert.equal(buyer.server.orders.size, 1);
    });

    it(`of the payment (${fault}) is asked for again under the same key`, async () => {
      const buyer = new Buyer();
      buyer.server.fault = (operation, count) => (operation === 'openPayment' && count <= 3 ? fault : undefined);
      const tab = await buyer.atTheForm();
      const placing = tab.place();
      await tab.until('paying');
      await placing;
      assert.equal(buyer.server.payments.size, 1);
    });
  }

  it('is waited for with growing pauses', async () => {
    const buyer = new Buyer();
    buyer.server.fault = operation => (operation === 'placeOrder' ? 'lost_request' : undefined);
    const tab = await buyer.atTheForm();
    void tab.place();
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      await turns();
      pauses.push(buyer.device.nextTimer!);
      await buyer.device.advance(buyer.device.nextTimer!);
    }
    assert.deepEqual(pauses, [500, 750, 1500, 3000, 6000, 7500, 7500, 7500]);
    tab.vanish();
  });

  it('is asked for at once when the page comes to the front', async () => {
    const buyer = new Buyer();
    buyer.server.fault = (operation, count) => (operation === 'placeOrder' && count === 1 ? 'lost_answer' : undefined);
    const tab = await buyer.atTheForm();
    const placing = tab.place();
    await turns();
    buyer.device.wakeUp();
    await placing;
    tab.expect('paying');
  });

  it('ends with closing, and its order is found again', async () => {
    const buyer = new Buyer();
    buyer.server.fault = (operation, count) => (operation === 'placeOrder' && count === 1 ? 'lost_answer' : undefined);
    const tab = await buyer.atTheForm();
    const placing = tab.place();
    await turns();
    tab.shop.checkout.close();
    await placing;
    tab.expect('idle');
    await tab.shop.checkout.begin();
    tab.expect('paying');
    assert.equal(buyer.server.orders.size, 1);
  });
});

describe('a definite refusal', () => {
  for (const code of ['origin_not_allowed', 'payload_too_large', 'idempotency_key_reused', 'not_found'] as const) {
    it(`of the order (${code}) ends the purchase`, async () => {
      const buyer = new Buyer();
      const tab = await buyer.atTheForm();
      buyer.server.fault = operation => (operation === 'placeOrder' ? code : undefined);
      await tab.place();
      assert.equal(tab.expect('failed').error.code, code);
      buyer.server.fault = () => undefined;
      tab.shop.checkout.close();
      await tab.shop.checkout.resume();
      tab.expect('idle');
    });
  }
});

describe('paying', () => {
  it('says when a payment cannot be opened, and tries again on request', async () => {
    const buyer = new Buyer();
    buyer.server.fault = operation => (operation === 'openPayment' ? 'payment_provider_unavailable' : undefined);
    const tab = await buyer.atTheForm();
    await tab.place();
    assert.equal(tab.expect('opening_payment').error?.code, 'payment_provider_unavailable');
    buyer.server.fault = () => undefined;
    await tab.shop.checkout.pay('sandbox-qr', {});
    tab.expect('paying');
  });

  it('opens another payment after a declined one, by the same or another method', async () => {
    const buyer = new Buyer();
    const tab = await buyer.atTheForm();
    await tab.place();
    const decline = () => {
      const {id, payments} = buyer.server.theOrder;
      buyer.server.change(id, {payments: payments.map(payment => ({...payment, state: 'declined' as const}))});
    };
    decline();
    await tab.until('payment_failed');
    await tab.shop.checkout.pay('sandbox-qr', {});
    assert.equal(tab.expect('paying').payment.id, 'payment-2');
    decline();
    await tab.until('payment_failed');
    await tab.shop.checkout.pay('sandbox-redirect', {returnUrl: 'https://page.example/'});
    assert.equal(tab.expect('paying').payment.method, 'sandbox-redirect');
  });

  it('is over when the order expires; the cart keeps its lines, and a late payment is still seen', async () => {
    const buyer = new Buyer();
    const tab = await buyer.atTheForm();
    await tab.place();
    buyer.server.change('order-1', {state: 'expired'});
    await tab.until('expired');
    assert.equal(tab.shop.cart.value.lines.length, 1);
    buyer.server.change('order-1', {state: 'paid'});
    buyer.device.wakeUp();
    await tab.until('paid');
    await turns();
    assert.equal(tab.shop.cart.value.lines.length, 0);
  });

  it('believes the order, not the payment', async () => {
    const buyer = new Buyer();
    const tab = await buyer.atTheForm();
    await tab.place();
    const {id, payments} = buyer.server.theOrder;
    buyer.server.change(id, {payments: payments.map(payment => ({...payment, state: 'paid' as const}))});
    await turns();
    tab.expect('paying');
  });
});

/** Everything the device holds, as text. */
async function stored(buyer: Buyer): Promise<string> {
  const database = await new Promise<IDBDatabase>(resolve => {
    const opening = buyer.device.indexedDB!.open('keystall');
    opening.onsuccess = () => {
      resolve(opening.result);
    };
  });
  const transaction = database.transaction(['purchases', 'orders']);
  const all = await Promise.all(
    ['purchases', 'orders'].map(
      name =>
        new Promise(resolve => {
          const reading: IDBRequest<unknown[]> = transaction.objectStore(name).getAll();
          reading.onsuccess = () => {
            resolve(reading.result);
          };
        }),
    ),
  );
  const text = JSON.stringify([all, [...buyer.device.stored]]);
  assert.ok(text.includes('order-token-1'));
  return text;
}

describe('a checkout with a coupon', () => {
  async function withCoupon() {
    const buyer = new Buyer();
    buyer.server.coupons.set('SPRING', {saves: yuan('8.00')});
    const tab = buyer.open();
    await tab.shop.cart.add(newLine());
    await tab.shop.cart.setCoupon('spring');
    await tab.shop.checkout.begin();
    return {buyer, tab};
  }

  it('is about what is left to pay, and the order is, too', async () => {
    const {buyer, tab} = await withCoupon();
    const {quote} = tab.expect('filling');
    assert.deepEqual([quote.total, quote.coupon?.saves], [yuan('40.00'), yuan('8.00')]);
    await tab.place();
    assert.deepEqual(tab.expect('paying').order.total, yuan('40.00'));
    assert.equal(buyer.server.orders.size, 1);
  });

  it('asks for another quote when the code was put in or taken away since', async () => {
    const {tab} = await withCoupon();
    await tab.shop.cart.setCoupon(undefined);
    await tab.shop.checkout.begin();
    assert.deepEqual(tab.expect('filling').quote.total, yuan('48.00'));
  });

  it('that is used up when the order comes shows the price without it, and asks the buyer', async () => {
    const {buyer, tab} = await withCoupon();
    await tab.place({contact: 'again@example.com'});
    const {quote, error} = tab.expect('filling');
    assert.deepEqual([quote.total, error?.code], [yuan('48.00'), 'coupon_used_up']);
    assert.deepEqual(tab.shop.cart.value.coupon, {code: 'SPRING', pending: false, problem: 'used_up'});
    assert.equal(buyer.server.orders.size, 0);
    await tab.place({contact: 'again@example.com'});
    assert.deepEqual(tab.expect('paying').order.total, yuan('48.00'));
    assert.equal(buyer.server.orders.size, 1);
  });

  it('is kept while an order is priced anew, and the order that waits is gone on with', async () => {
    const {buyer, tab} = await withCoupon();
    const {quote} = tab.expect('filling');
    buyer.server.expiredTokens.add(quote.token!);
    await tab.place();
    assert.deepEqual(tab.expect('paying').order.total, yuan('40.00'));
    buyer.server.coupons.set('SPRING', {problem: 'used_up'});
    await tab.shop.cart.refresh();
    tab.shop.checkout.close();
    await tab.shop.checkout.begin();
    tab.expect('paying');
    assert.equal(buyer.server.orders.size, 1);
  });

  it('leaves the cart with what was paid for', async () => {
    const {buyer, tab} = await withCoupon();
    await tab.place();
    buyer.server.change('order-1', {state: 'paid'});
    await tab.until('paid');
    assert.equal(tab.shop.cart.value.coupon, undefined);
  });
});
