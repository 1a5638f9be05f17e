import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Payment} from '../../src/contract/payment.ts';
import type {OrderPayment, OrderPaymentState} from '../../src/store/shop.ts';
import {newLine, payment} from './support/builders.ts';
import {Buyer, type OpenTab} from './support/buyer.ts';
import {FakeDevice, turns} from './support/fake-device.ts';

/** A buyer whose checkout is gone: their order awaits its payment, and another device was given its token. */
class LostCheckout {
  readonly buyer: Buyer;
  readonly device: FakeDevice;
  readonly tab: OpenTab;
  readonly payment: OrderPayment;

  private constructor(buyer: Buyer, device: FakeDevice, tab: OpenTab, shown: OrderPayment) {
    this.buyer = buyer;
    this.device = device;
    this.tab = tab;
    this.payment = shown;
  }

  static async with(...payments: readonly Payment[]): Promise<LostCheckout> {
    const buyer = new Buyer();
    const first = await buyer.atTheForm();
    await first.place();
    first.vanish();
    buyer.server.change('order-1', {payments: [...payments]});
    const device = new FakeDevice();
    const tab = buyer.open(buyer.server.fetch, device.tab());
    const shown = await tab.shop.orders.payment('order-1', buyer.server.theToken);
    shown.subscribe(() => {});
    await turns();
    return new LostCheckout(buyer, device, tab, shown);
  }

  /** How often a payment was asked for since the checkout's own. */
  get asked(): number {
    return this.buyer.server.count('openPayment') - 1;
  }

  expect<Step extends OrderPaymentState['step']>(step: Step): Extract<OrderPaymentState, {step: Step}> {
    assert.equal(this.payment.value.step, step, JSON.stringify(this.payment.value));
    return this.payment.value as Extract<OrderPaymentState, {step: Step}>;
  }
}

const code = payment({instructions: {kind: 'qr', text: 'pay:payment-1'}});

describe('paying an order whose checkout is gone', () => {
  it('goes on with the payment that is open, and opens none', async () => {
    const lost = await LostCheckout.with(code);
    assert.deepEqual(lost.expect('paying').payment, code);
    assert.equal(lost.asked, 0);
  });

  it('goes on with what can still be paid before what was tried later and came to nothing', async () => {
    const declined = payment({id: 'payment-2', method: 'sandbox-page', state: 'declined'});
    const lost = await LostCheckout.with(declined, code);
    assert.equal(lost.expect('paying').payment.id, 'payment-1');
  });

  it('asks how to pay where no payment is open, and opens one by a press alone', async () => {
    const lost = await LostCheckout.with();
    lost.expect('choosing');
    assert.equal(lost.asked, 0);
    await lost.payment.pay('sandbox-qr');
    assert.equal(lost.expect('paying').payment.method, 'sandbox-qr');
    assert.equal(lost.asked, 1);
  });

  it('leaves a payment that is still being opened to a press', async () => {
    const {instructions: _, ...opening} = payment({state: 'opening'});
    (await LostCheckout.with(opening)).expect('choosing');
  });

  for (const state of ['declined', 'expired'] as const) {
    it(`tells of a payment that is ${state}`, async () => {
      const lost = await LostCheckout.with(payment({state}));
      assert.equal(lost.expect('payment_failed').payment.state, state);
      await lost.payment.pay('sandbox-page');
      assert.equal(lost.expect('paying').payment.method, 'sandbox-page');
    });
  }

  for (const state of ['paid', 'expired', 'canceled', 'delivered'] as const) {
    it(`offers nothing once the order is ${state}`, async () => {
      const lost = await LostCheckout.with(code);
      lost.buyer.server.change('order-1', {state});
      await turns();
      lost.expect('none');
      await lost.payment.pay('sandbox-qr');
      assert.equal(lost.asked, 0);
    });
  }

  it('offers nothing where a payment is paid that the order has not taken in yet', async () => {
    (await LostCheckout.with(payment({id: 'payment-2', state: 'declined'}), {...code, state: 'paid'})).expect('none');
  });

  it('asks again for an answer that was lost, under the same key', async () => {
    const lost = await LostCheckout.with();
    lost.buyer.server.fault = (operation, count) =>
      operation === 'openPayment' && count === 2 ? 'lost_answer' : undefined;
    const paying = lost.payment.pay('sandbox-qr');
    await turns();
    await lost.device.advance(1_000);
    await paying;
    const keys = lost.buyer.server.requests.filter(({operation}) => operation === 'openPayment').slice(1);
    assert.equal(keys.length, 2);
    assert.equal(new Set(keys.map(({key}) => key)).size, 1);
    assert.equal(lost.buyer.server.payments.size, 1, 'one payment');
    lost.expect('paying');
  });

  it('says when a payment cannot be opened, and may be tried again', async () => {
    const lost = await LostCheckout.with();
    lost.buyer.server.fault = () => 'payment_provider_unavailable';
    await lost.payment.pay('sandbox-qr');
    assert.equal(lost.expect('opening_payment').error?.code, 'payment_provider_unavailable');
    lost.buyer.server.fault = () => undefined;
    await lost.payment.pay('sandbox-page');
    lost.expect('paying');
  });

  it('stays with the payment that was asked for, as the shop sees it', async () => {
    const lost = await LostCheckout.with(code);
    await lost.payment.pay('sandbox-page');
    const {payment: opened} = lost.expect('paying');
    assert.equal(opened.method, 'sandbox-page');
    lost.buyer.server.change('order-1', {payments: [{...opened, state: 'declined'}, code]});
    await turns();
    assert.equal(lost.expect('payment_failed').payment.id, opened.id);
  });

  it('leaves the purchase in hand on this device as it is', async () => {
    const {buyer, tab, payment: shown} = await LostCheckout.with();
    await tab.shop.cart.add(newLine({skuId: 'sku-2'}));
    await tab.shop.checkout.begin();
    await shown.pay('sandbox-qr');
    buyer.server.change('order-1', {state: 'paid'});
    await turns();
    assert.equal(shown.value.step, 'none');
    tab.expect('filling');
    assert.equal(tab.shop.cart.value.count, 1);
  });
});
