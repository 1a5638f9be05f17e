import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {newLine} from './support/builders.ts';
import {Buyer, type OpenTab} from './support/buyer.ts';
import {turns} from './support/fake-device.ts';
import type {Fault, Operation} from './support/fake-server.ts';

const cartKey = 'keystall:cart:https://shop.example';

describe('a reload', () => {
  it('while filling in: the same quote is at hand, nothing was sent', async () => {
    const buyer = new Buyer();
    const first = await buyer.atTheForm();
    const {intent} = first.expect('filling').quote;
    first.vanish();
    const second = buyer.open();
    await second.shop.checkout.resume();
    second.expect('idle');
    await second.shop.checkout.begin();
    assert.equal(second.expect('filling').quote.intent, intent);
    assert.equal(buyer.server.count('placeOrder'), 0);
  });

  it('while quoting: begins anew', async () => {
    const buyer = new Buyer();
    const first = buyer.open();
    await first.shop.cart.add(newLine());
    void first.shop.checkout.begin();
    first.vanish();
    const second = buyer.open();
    await second.shop.checkout.begin();
    second.expect('filling');
  });

  for (const fault of ['lost_request', 'lost_answer', 'hang'] as const) {
    it(`while the order is on its way (${fault}): it is sent again without a click, and is one`, async () => {
      const buyer = new Buyer();
      buyer.server.fault = (operation, count) => (operation === 'placeOrder' && count === 1 ? fault : undefined);
      const first = await buyer.atTheForm();
      void first.place();
      await turns();
      first.expect('placing');
      first.vanish();
      const second = buyer.open();
      await second.shop.checkout.resume();
      second.expect('paying');
      const sent = buyer.server.requests.filter(({operation}) => operation === 'placeOrder');
      assert.equal(new Set(sent.map(({key, body}) => `${key} ${body}`)).size, 1);
      assert.equal(buyer.server.orders.size, 1);
      assert.equal(buyer.server.payments.size, 1);
    });
  }

  it('while the payment is being opened: the same payment is opened', async () => {
    const buyer = new Buyer();
    buyer.server.fault = (operation, count) => (operation === 'openPayment' && count === 1 ? 'hang' : undefined);
    const first = await buyer.atTheForm();
    void first.place();
    await turns();
    first.expect('opening_payment');
    first.vanish();
    const second = buyer.open();
    await second.shop.checkout.resume();
    assert.equal(second.expect('paying').payment.id, 'payment-1');
    const keys = buyer.server.requests.filter(({operation}) => operation === 'openPayment').map(({key}) => key);
    assert.equal(keys.length, 2);
    assert.equal(new Set(keys).size, 1);
  });

  it('while paying: goes on with the payment that is open', async () => {
    const buyer = new Buyer();
    const first = await buyer.atTheForm();
    await first.place();
    first.vanish();
    const second = buyer.open();
    await second.shop.checkout.resume();
    assert.equal(second.expect('paying').payment.id, 'payment-1');
    assert.equal(buyer.server.count('openPayment'), 1);
  });

  it('after a declined payment: says so again', async () => {
    const buyer = new Buyer();
    const first = await buyer.atTheForm();
    await first.place();
    const {id, payments} = buyer.server.theOrder;
    first.vanish();
    buyer.server.change(id, {payments: payments.map(payment => ({...payment, state: 'declined' as const}))});
    const second = buyer.open();
    await second.shop.checkout.resume();
    second.expect('payment_failed');
  });

  it('after the payment was made elsewhere: paid, the cart is empty, and nothing is in hand', async () => {
    const buyer = new Buyer();
    const first = await buyer.atTheForm();
    await first.place();
    first.vanish();
    buyer.server.change('order-1', {state: 'paid'});
    const second = buyer.open();
    await second.shop.checkout.resume();
    second.expect('paid');
    assert.deepEqual(second.shop.cart.value.lines, []);
    second.vanish();
    const third = buyer.open();
    await third.shop.checkout.resume();
    third.expect('idle');
  });

  it('after the order ran out: says so once', async () => {
    const buyer = new Buyer();
    const first = await buyer.atTheForm();
    await first.place();
    first.vanish();
    buyer.server.change('order-1', {state: 'expired'});
    const second = buyer.open();
    await second.shop.checkout.resume();
    second.expect('expired');
    await second.shop.checkout.begin();
    second.expect('filling');
  });

  it('without a network: says that it is uncertain, and goes on when there is one', async () => {
    const buyer = new Buyer();
    const first = await buyer.atTheForm();
    await first.place();
    first.vanish();
    buyer.server.fault = () => 'lost_request';
    const second = buyer.open();
    void second.shop.checkout.resume();
    await buyer.until(
      () => second.steps.includes('placing (uncertain)'),
      () => 'uncertainty',
    );
    buyer.server.fault = () => undefined;
    await second.until('paying');
  });

  it('when the order cannot be opened any more: fails, and lets go of it', async () => {
    const buyer = new Buyer();
    const first = await buyer.atTheForm();
    await first.place();
    first.vanish();
    buyer.server.fault = operation =>
      operation === 'watchOrder' || operation === 'getOrder' ? 'order_token_invalid' : undefined;
    const second = buyer.open();
    await second.shop.checkout.resume();
    assert.equal(second.expect('failed').error.code, 'order_token_invalid');
    await second.shop.checkout.begin();
    second.expect('filling');
  });
});

describe('two tabs', () => {
  it('share one intent', async () => {
    const buyer = new Buyer();
    const left = await buyer.atTheForm();
    const right = buyer.open();
    await right.shop.checkout.begin();
    assert.equal(right.expect('filling').quote.intent, left.expect('filling').quote.intent);
  });

  it('share one intent even when they begin at the same time', async () => {
    const buyer = new Buyer();
    const [left, right] = [buyer.open(), buyer.open()];
    await left.shop.cart.add(newLine());
    await Promise.all([left.shop.checkout.begin(), right.shop.checkout.begin()]);
    assert.equal(right.expect('filling').quote.intent, left.expect('filling').quote.intent);
  });

  it('place one order when both pay', async () => {
    const buyer = new Buyer();
    const left = await buyer.atTheForm();
    const right = buyer.open();
    await right.shop.checkout.begin();
    await Promise.all([left.place(), right.place({contact: 'other@example.com'})]);
    left.expect('paying');
    right.expect('paying');
    assert.equal(buyer.server.orders.size, 1);
    assert.equal(buyer.server.payments.size, 1);
  });

  it('join an order that is on its way', async () => {
    const buyer = new Buyer();
    const left = await buyer.atTheForm();
    const right = buyer.open();
    await right.shop.checkout.begin();
    buyer.server.fault = (operation, count) => (operation === 'placeOrder' && count === 1 ? 'hang' : undefined);
    void left.place();
    await turns();
    await right.place();
    right.expect('paying');
    left.vanish();
    assert.equal(buyer.server.orders.size, 1);
  });

  it('follow the one that places, and take over when it dies', async () => {
    const buyer = new Buyer();
    const left = await buyer.atTheForm();
    const right = buyer.open();
    await right.shop.checkout.begin();
    buyer.server.fault = (operation, count) => (operation === 'placeOrder' && count === 1 ? 'lost_answer' : undefined);
    void left.place();
    await turns();
    right.expect('placing');
    left.vanish();
    await right.until('paying');
    assert.equal(buyer.server.orders.size, 1);
  });

  it('go on with the purchase at hand, even if one of them still shows another order', async () => {
    const buyer = new Buyer();
    const left = await buyer.atTheForm();
    await left.place();
    const right = buyer.open();
    await right.shop.cart.add(newLine({skuId: 'sku-2'}));
    await right.shop.checkout.begin();
    buyer.server.fault = (operation, count) => (operation === 'placeOrder' && count === 2 ? 'lost_answer' : undefined);
    void right.place();
    await turns();
    await left.shop.checkout.begin();
    assert.equal(left.expect('paying').order.id, 'order-2');
    right.vanish();
    left.shop.checkout.close();
    await left.shop.checkout.begin();
    assert.equal(left.expect('paying').payment.id, 'payment-2');
  });

  it('take what was bought out of the cart once, even if it was put in again', async () => {
    const buyer = new Buyer();
    const left = await buyer.atTheForm();
    await left.place();
    const right = buyer.open();
    await right.shop.checkout.resume();
    buyer.server.change('order-1', {state: 'paid'});
    await left.until('paid');
    await right.until('paid');
    await left.shop.cart.add(newLine());
    await turns();
    assert.equal(left.shop.cart.value.count, 1);
  });

  it('do not order again what the other one has bought', async () => {
    const buyer = new Buyer();
    const right = await buyer.atTheForm();
    const left = buyer.open();
    right.shop.checkout.subscribe(() => {});
    await left.shop.checkout.begin();
    await left.place();
    buyer.server.change('order-1', {state: 'paid'});
    await left.until('paid');
    await turns();
    if (right.state.step === 'filling') await right.place();
    await turns();
    assert.equal(buyer.server.orders.size, 1);
  });
});

describe('a tab whose storage lags behind', () => {
  const atTheFormWithLaggard = async () => {
    const buyer = new Buyer();
    const tab = await buyer.atTheForm();
    return {buyer, tab, laggard: buyer.open(buyer.server.fetch, buyer.device.tab({lags: true}))};
  };

  it('is not offered again what another tab has just paid for', async () => {
    const {buyer, tab, laggard} = await atTheFormWithLaggard();
    await tab.place();
    buyer.server.change('order-1', {state: 'paid'});
    await tab.until('paid');
    await laggard.shop.checkout.begin();
    laggard.expect('idle');
    assert.deepEqual(laggard.shop.cart.value.lines, []);
  });

  it('cannot bring it back into the cart of the others', async () => {
    const {buyer, tab, laggard} = await atTheFormWithLaggard();
    await tab.place();
    buyer.server.change('order-1', {state: 'paid'});
    await tab.until('paid');
    await laggard.shop.cart.add(newLine({skuId: 'sku-2'}));
    await tab.shop.checkout.begin();
    assert.deepEqual(
      tab.expect('filling').quote.lines.map(({skuId}) => skuId),
      ['sku-2'],
    );
  });

  it('does not send what it was quoted before a late payment arrived', async () => {
    const {buyer, tab} = await atTheFormWithLaggard();
    await tab.place();
    buyer.server.change('order-1', {state: 'expired'});
    await tab.until('expired');
    const laggard = buyer.open(buyer.server.fetch, buyer.device.tab({lags: true}));
    await laggard.shop.checkout.begin();
    laggard.expect('filling');
    buyer.server.change('order-1', {state: 'paid'});
    await tab.until('paid');
    await laggard.place();
    laggard.expect('idle');
    assert.equal(buyer.server.orders.size, 1);
  });

  it('empties the cart when it was closed between the payment and that', async () => {
    const buyer = new Buyer();
    const tab = await buyer.atTheForm();
    await tab.place();
    const cart = buyer.device.stored.get(cartKey)!;
    buyer.server.change('order-1', {state: 'paid'});
    await tab.until('paid');
    tab.vanish();
    buyer.device.stored.set(cartKey, cart);
    const next = buyer.open();
    assert.equal(next.shop.cart.value.count, 1);
    await next.shop.checkout.resume();
    assert.equal(next.shop.cart.value.count, 0);
  });
});

describe('a device whose storage is blocked', () => {
  const blocked = () => {
    const buyer = new Buyer();
    buyer.device.indexedDB = undefined;
    buyer.device.storageFails = true;
    return buyer;
  };

  it('buys all the same', async () => {
    const buyer = blocked();
    const tab = await buyer.atTheForm();
    await tab.place();
    const {order} = tab.expect('paying');
    buyer.server.change(order.id, {state: 'paid'});
    await tab.until('paid');
    await turns();
    assert.deepEqual(tab.shop.cart.value.lines, []);
    const {known} = tab.shop.orders;
    known.subscribe(() => {});
    await turns();
    assert.ok(known.value.status === 'ready');
    assert.deepEqual(
      known.value.data.map(({id}) => id),
      [order.id],
    );
    assert.equal((await tab.shop.orders.keys(order.id)).revealCount, 1);
  });

  it('sends one order when an answer is lost', async () => {
    const buyer = blocked();
    buyer.server.fault = (operation, count) => (operation === 'placeOrder' && count < 3 ? 'lost_answer' : undefined);
    const tab = await buyer.atTheForm();
    void tab.place();
    await tab.until('paying');
    assert.equal(buyer.server.orders.size, 1);
  });
});

describe('whatever is interrupted', () => {
  const operations: readonly Operation[] = ['createQuote', 'placeOrder', 'getOrder', 'watchOrder', 'openPayment'];
  const faults: readonly (Fault | undefined)[] = ['lost_request', 'lost_answer', 'html', 'internal_error', undefined];
  const action = fc.constantFrom(
    'begin',
    'place',
    'place twice',
    'reload',
    'second tab',
    'wait',
    'close',
    'wake',
    'expire',
  );

  it('one cart becomes one order at most, and the buyer ends up in front of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(action, fc.nat(1)), {minLength: 2, maxLength: 14}),
        fc.array(fc.constantFrom(...faults), {minLength: 12, maxLength: 12}),
        async (actions, troubles) => {
          const buyer = new Buyer();
          let trouble = 0;
          buyer.server.fault = operation =>
            operations.includes(operation) && operation !== 'createQuote' ? troubles[trouble++] : undefined;
          const tabs: OpenTab[] = [await buyer.atTheForm()];
          for (const [what, which] of actions) {
            const tab = tabs[which % tabs.length]!;
            if (what === 'begin') void tab.shop.checkout.begin();
            else if (what === 'place') void tab.place();
            else if (what === 'place twice') void Promise.all([tab.place(), tab.place()]);
            else if (what === 'close') tab.shop.checkout.close();
            else if (what === 'wake') buyer.device.wakeUp();
            else if (what === 'wait') await buyer.device.advance(700);
            else if (what === 'expire') buyer.server.expiredTokens.add(`quote-token-${which + 1}`);
            else {
              if (what === 'reload') tab.vanish();
              const next = buyer.open();
              tabs[what === 'reload' ? tabs.indexOf(tab) : tabs.length] = next;
              void next.shop.checkout.resume();
            }
            await turns(which * 3);
          }
          for (const tab of tabs.slice(1)) tab.vanish();
          const last = tabs[0]!;
          const isInFront = () => ['paying', 'filling'].includes(last.state.step) || couldNotOpenPayment(last);
          void last.shop.checkout.begin();
          await buyer.until(isInFront, () => `an end; it is ${JSON.stringify(last.state)}`);
          if (last.state.step === 'filling') void last.place();
          const isPayable = () => last.state.step === 'paying' || couldNotOpenPayment(last);
          await buyer.until(isPayable, () => `a payment; it is ${JSON.stringify(last.state)}`);
          buyer.server.fault = () => undefined;
          if (couldNotOpenPayment(last)) await last.shop.checkout.pay('sandbox-qr', {});
          last.expect('paying');
          assert.equal(buyer.server.orders.size, 1);
          assert.equal(buyer.server.payments.size, 1);
          last.vanish();
          assert.equal(buyer.device.leftovers, 0);
        },
      ),
      {numRuns: 60},
    );
  });

  it('two tabs that write in any order agree on one intent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async scheduler => {
        const buyer = new Buyer();
        const answer = buyer.server.fetch;
        const slow: typeof fetch = (input, init) =>
          scheduler.schedule(Promise.resolve()).then(() => answer(input, init));
        const tabs = [buyer.open(slow), buyer.open(slow)] as const;
        const work = async () => {
          const adding = tabs[0].shop.cart.add(newLine());
          await turns(2);
          await Promise.all([tabs[0].shop.checkout.begin(), tabs[1].shop.checkout.begin()]);
          await Promise.all([tabs[0].place(), tabs[1].place({contact: 'other@example.com'}), adding]);
        };
        await scheduler.waitFor(work());
        await turns();
        await scheduler.waitIdle();
        assert.equal(buyer.server.orders.size, 1);
        assert.ok(buyer.server.payments.size <= 1);
        for (const tab of tabs) tab.vanish();
      }),
      {numRuns: 100},
    );
  });
});

function couldNotOpenPayment({state}: OpenTab): boolean {
  return state.step === 'opening_payment' && state.error !== undefined;
}
