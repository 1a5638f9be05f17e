import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import {money} from '../../../src/domain/money.ts';
import type {PaymentNotification} from '../../../src/server/payments/port.ts';
import {notification, referenceOf, signatureHeader} from '../../support/fake-payment-provider.ts';
import {refused} from '../../support/fake-upstream.ts';
import {stateOf, states} from '../../support/payment-states.ts';
import {payBack} from '../../support/pay-back.ts';
import {openShop, pageOrigin, problem, shopAddress, type TestShop} from '../../support/shop-server.ts';

const key = 'payment-key-0001';
const pay = (shop: TestShop, {order, token}: PlacedOrder, body: object) =>
  shop.fetch(`/v1/orders/${order.id}/payments`, {token, key, body});
const inserted = (shop: TestShop, method: string) => shop.store.writes.filter(write => write.method === method).length;

describe('opening a payment', () => {
  it('says how to pay, and tells the provider what it must know', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const payment = await shop.openPayment(placed);
    assert.deepEqual(payment, {
      id: payment.id,
      method: 'fakepay-page',
      state: 'pending',
      amount: money('12', 'CNY'),
      expiresAt: placed.order.expiresAt,
      instructions: {kind: 'redirect', url: `https://pay.example/${payment.id}`},
    });
    assert.deepEqual(shop.provider.opened, [
      {
        paymentId: payment.id,
        orderNumber: placed.order.number,
        method: 'fakepay-page',
        amount: money('12', 'CNY'),
        description: `卡铺 ${placed.order.number}`,
        notifyUrl: `${shopAddress}/v1/payments/fakepay/notifications`,
        expiresAt: Date.parse(placed.order.expiresAt),
        lang: 'zh-CN',
      },
    ]);
    assert.deepEqual((await shop.order(placed)).payments, [payment]);
  });

  it('again by the same method continues it; by another method it opens a second one', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const first = await shop.openPayment(placed);
    assert.deepEqual(await shop.openPayment(placed), first);
    const second = await shop.openPayment(placed, 'fakepay-qr');
    assert.deepEqual(second.instructions, {kind: 'qr', text: `fake:${second.id}`});
    assert.equal(shop.provider.opened.length, 2);
  });

  it('ten times at once opens one', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const payments = await Promise.all(Array.from({length: 10}, () => shop.openPayment(placed)));
    assert.equal(new Set(payments.map(({id}) => id)).size, 1);
    assert.equal(inserted(shop, 'insertPayment'), 1);
    assert.deepEqual(new Set(shop.provider.opened.map(({paymentId}) => paymentId)), new Set([payments[0]!.id]));
  });

  it('while the provider is down says so, and works when it is back, under the same reference', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    shop.provider.isDown = true;
    await problem(await pay(shop, placed, {method: 'fakepay-page'}), 'payment_provider_unavailable');
    assert.deepEqual(
      (await shop.order(placed)).payments.map(({state}) => state),
      ['opening'],
    );
    shop.provider.isDown = false;
    const payment = await shop.openPayment(placed);
    assert.equal(payment.state, 'pending');
    assert.deepEqual(
      shop.provider.opened.map(({paymentId}) => paymentId),
      [payment.id, payment.id],
    );
  });

  it('is overtaken by a payment that the provider tells of first', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    shop.provider.script(async ({paymentId, amount}) => {
      await shop.notify({id: paymentId, amount});
      return {providerReference: referenceOf(paymentId), instructions: {kind: 'none'}};
    });
    const payment = await shop.openPayment(placed);
    assert.deepEqual([payment.state, await stateOf(shop, placed)], ['paid', 'paid']);
  });

  for (const returnUrl of [
    'https://evil.example/',
    'https://page.example.evil.example/',
    'https://page.example@evil.example/',
    'http://page.example/',
    'https://page.example:8443/',
    'javascript:alert(1)',
    'data:text/html,x',
    'no address',
    `${pageOrigin}/${'x'.repeat(2048)}`,
  ]) {
    it(`sends the buyer back to no ${returnUrl.slice(0, 40)}`, async () => {
      const shop = await openShop();
      const placed = await shop.place();
      const written = shop.store.writes.length;
      const answer = await pay(shop, placed, {method: 'fakepay-page', returnUrl});
      assert.equal((await problem(answer, 'validation_failed')).errors?.[0]?.path, 'returnUrl');
      assert.equal(shop.store.writes.length, written);
    });
  }

  it('by a method that the shop does not have is refused', async () => {
    const shop = await openShop();
    await problem(await pay(shop, await shop.place(), {method: 'cash'}), 'payment_method_unknown');
  });

  it('without an Idempotency-Key is refused', async () => {
    const shop = await openShop();
    const {order, token} = await shop.place();
    const call = {token, body: {method: 'fakepay-page'}};
    await problem(await shop.fetch(`/v1/orders/${order.id}/payments`, call), 'idempotency_key_missing');
  });

  it('of an order that was paid, or whose time is up, is not possible', async () => {
    const shop = await openShop();
    const paid = await shop.placePaid();
    await problem(await pay(shop, paid, {method: 'fakepay-page'}), 'payment_not_possible');
    const late = await shop.place();
    shop.clock.advance(900_000);
    await problem(await pay(shop, late, {method: 'fakepay-page'}), 'payment_not_possible');
    await shop.work();
    await problem(await pay(shop, late, {method: 'fakepay-page'}), 'payment_not_possible');
  });
});

describe('a payment notification', () => {
  it('B7: of the whole amount makes the order paid, and starts one purchase per line', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const answer = await shop.notify(await shop.openPayment(placed), {paidAt: shop.clock.now() - 1});
    assert.equal(await answer.text(), 'success');
    const order = await shop.order(placed);
    assert.deepEqual([order.state, Date.parse(order.paidAt!)], ['paid', shop.clock.now() - 1]);
    const [procurement, ...others] = await shop.store.procurements(placed.order.id);
    assert.deepEqual([procurement!.state, others.length], ['draft', 0]);
    assert.ok(shop.jobs.waiting().some(({job}) => job.type === 'procure'));
  });

  for (const sameEvent of [true, false]) {
    it(`A1: ten times at once and ten times later, ${sameEvent ? 'the same event' : 'new events'}: one delivery`, async () => {
      const shop = await openShop();
      const placed = await shop.place(2);
      const payment = await shop.openPayment(placed);
      const send = async (index: number) => {
        const answer = await shop.notify(payment, {}, sameEvent ? 'event' : `event ${index}`);
        assert.equal(await answer.text(), 'success');
      };
      await Promise.all(Array.from({length: 10}, (_, index) => send(index)));
      await shop.work();
      const after = await shop.order(placed);
      for (let index = 10; index < 20; index++) await send(index);
      await shop.work(60_000);
      assert.equal(after.state, 'delivered');
      assert.deepEqual(await shop.order(placed), after);
      assert.equal(shop.upstream.asked('buy').length, 1);
      assert.equal(inserted(shop, 'insertProcurement'), 1);
    });
  }

  it('B2: after the order expired is taken in, and the goods are delivered', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const payment = await shop.openPayment(placed);
    await shop.work(900_000);
    assert.equal(await stateOf(shop, placed), 'expired');
    await shop.notify(payment);
    await shop.work();
    assert.equal(await stateOf(shop, placed), 'delivered');
  });

  it('B2: after expiry, when the good costs too much by now, is owed back and never dropped', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const payment = await shop.openPayment(placed);
    await shop.work(900_000);
    shop.upstream.script({quote: async () => money('12.01', 'CNY')});
    await shop.notify(payment);
    await shop.work();
    const order = await shop.order(placed);
    assert.deepEqual([order.state, order.refundDue.amount], ['refund_pending', '12.00']);
    assert.equal(shop.upstream.asked('buy').length, 0);
  });

  it('of a decline leaves the order waiting; a payment of it after all still counts', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const payment = await shop.openPayment(placed);
    await shop.notify(payment, {state: 'declined'});
    assert.deepEqual([await states(shop, placed), await stateOf(shop, placed)], [['declined'], 'pending_payment']);
    await shop.notify(payment);
    assert.deepEqual([await states(shop, placed), await stateOf(shop, placed)], [['paid'], 'paid']);
  });

  it('of a decline lets the buyer try again', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const first = await shop.openPayment(placed);
    await shop.notify(first, {state: 'declined'});
    const second = await shop.openPayment(placed);
    assert.notEqual(second.id, first.id);
    await shop.notify(second);
    assert.equal(await stateOf(shop, placed), 'paid');
  });

  it('never takes a payment back', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const payment = await shop.openPayment(placed);
    await shop.notify(payment);
    for (const state of ['declined', 'expired', 'pending', 'absent'] as const) await shop.notify(payment, {state});
    assert.deepEqual([await states(shop, placed), await stateOf(shop, placed)], [['paid'], 'paid']);
  });

  it('A2: of a second payment by another method is a surplus that is owed back; nothing is bought twice', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const [first, second] = [await shop.openPayment(placed), await shop.openPayment(placed, 'fakepay-qr')];
    await shop.notify(first);
    await shop.work();
    await shop.notify(second);
    await shop.notify(second);
    await shop.work();
    assert.deepEqual(await states(shop, placed), ['paid', 'paid, surplus']);
    const order = await shop.order(placed);
    assert.deepEqual([order.state, order.refundDue.amount], ['delivered', '12.00']);
    assert.equal(shop.upstream.asked('buy').length, 1);
    assert.ok(shop.log.events('error').includes('order was paid twice'));
  });

  it('of an amount that is not the whole pays nothing, and is owed back: money is never lost', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const payment = await shop.openPayment(placed);
    for (const [amount, due] of [
      [money('5', 'CNY'), '5.00'],
      [money('5', 'CNY'), '5.00'],
      [money('11.99', 'CNY'), '11.99'],
      [money('5', 'CNY'), '11.99'],
      [money('12', 'USD'), '11.99'],
      [undefined, '11.99'],
    ] as const) {
      assert.equal((await shop.notify(payment, {amount: amount as never})).status, 200);
      const order = await shop.order(placed);
      assert.deepEqual([order.state, order.refundDue.amount], ['pending_payment', due]);
    }
    assert.equal(shop.log.events('error').filter(event => /does not match/.test(event)).length, 6);
    await payBack(shop.ports, placed.order.id);
    const {refundDue, refunded, state} = await shop.order(placed);
    assert.deepEqual([refundDue.amount, refunded?.amount, state], ['0.00', '11.99', 'pending_payment']);
  });

  it('of too much pays nothing either, and lets the buyer pay what was asked for', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    await shop.notify(await shop.openPayment(placed), {amount: money('12.01', 'CNY')});
    await shop.notify(await shop.openPayment(placed, 'fakepay-qr'));
    await shop.work();
    const order = await shop.order(placed);
    assert.deepEqual([order.state, order.refundDue.amount], ['delivered', '12.01']);
    assert.equal(shop.upstream.asked('buy').length, 1);
  });

  it('of a part, and then of the whole, is the whole: nothing is owed', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const payment = await shop.openPayment(placed);
    await shop.notify(payment, {amount: money('4', 'CNY')});
    await shop.notify(payment);
    await shop.work();
    const order = await shop.order(placed);
    assert.deepEqual([order.state, order.refundDue.amount], ['delivered', '0.00']);
  });

  it('A2, B2: of two payments after expiry, at once and again and again: one delivery, the other money owed back', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const payments = [await shop.openPayment(placed), await shop.openPayment(placed, 'fakepay-qr')];
    await shop.work(900_000);
    assert.equal(await stateOf(shop, placed), 'expired');
    await Promise.all([...payments, ...payments, ...payments].map(payment => shop.notify(payment)));
    await shop.work();
    for (const payment of payments) await shop.notify(payment);
    await shop.work();
    const order = await shop.order(placed);
    assert.deepEqual([order.state, order.refundDue.amount, order.keysReady], ['delivered', '12.00', 1]);
    assert.equal(shop.upstream.asked('buy').length, 1);
  });

  it('A2: of an order that was paid back is owed back, too; nothing is bought', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const [first, second] = [await shop.openPayment(placed), await shop.openPayment(placed, 'fakepay-qr')];
    shop.upstream.script({buy: async () => refused('sold_out')});
    await shop.notify(first);
    await shop.work();
    await payBack(shop.ports, placed.order.id);
    assert.equal(await stateOf(shop, placed), 'refunded');
    await shop.notify(second);
    await shop.work();
    const order = await shop.order(placed);
    assert.deepEqual([order.state, order.refundDue.amount, order.refunded?.amount], ['refunded', '12.00', '12.00']);
    await payBack(shop.ports, placed.order.id);
    assert.deepEqual(
      [await stateOf(shop, placed), shop.upstream.asked('buy').length, (await shop.order(placed)).refundDue.amount],
      ['refunded', 1, '0.00'],
    );
  });

  it('of a payment that nobody opened is answered and changes nothing', async () => {
    const shop = await openShop();
    const written = shop.store.writes.length;
    const answer = await shop.notify({id: 'pay_absent', amount: money('12', 'CNY')});
    assert.equal(await answer.text(), 'success');
    assert.equal(shop.store.writes.length, written);
  });

  it('B4: that the provider did not sign is refused, and the order is paid by asking', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const payment = await shop.openPayment(placed);
    const written = shop.store.writes.length;
    const {path, body} = notification('fakepay', {
      eventId: 'e',
      paymentId: payment.id,
      status: {state: 'paid', amount: payment.amount},
    });
    for (const signature of ['', 'signed by otherpay', 'signed by fakepay2']) {
      const headers = {[signatureHeader]: signature};
      await problem(await shop.fetch(path, {body, headers}), 'notification_rejected');
    }
    assert.equal(shop.store.writes.length, written);
    assert.ok(shop.log.events('warn').includes('notification rejected'));
    shop.provider.statuses.set(payment.id, {state: 'paid', amount: payment.amount});
    await shop.work(5000);
    assert.notEqual(await stateOf(shop, placed), 'pending_payment');
  });

  it('by GET, as some providers send it, is the same', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const {id, amount} = await shop.openPayment(placed);
    const status = {state: 'paid' as const, providerReference: referenceOf(id), amount};
    const {path, body, headers} = notification('fakepay', {eventId: 'event-get', paymentId: id, status});
    const query = new URLSearchParams({event: body});
    await problem(await shop.fetch(`${path}?${query}`), 'notification_rejected');
    assert.equal(await stateOf(shop, placed), 'pending_payment');
    for (let time = 0; time < 2; time++) {
      const answer = await shop.fetch(`${path}?${query}`, {headers});
      assert.deepEqual([answer.status, await answer.text()], [200, 'success']);
    }
    assert.equal(await stateOf(shop, placed), 'paid');
    await problem(await shop.fetch('/v1/payments/nobody/notifications', {headers}), 'not_found');
  });

  it('for a provider that the shop does not have is refused', async () => {
    const shop = await openShop();
    await problem(await shop.fetch('/v1/payments/nobody/notifications', {body: '{}'}), 'not_found');
  });

  it('B5: with anything changed leaves the order unpaid', async () => {
    const shop = await openShop();
    const [placed, other] = [await shop.place(), await shop.place(2)];
    const [payment, otherPayment] = [await shop.openPayment(placed), await shop.openPayment(other)];
    const genuine: PaymentNotification = {
      eventId: 'genuine',
      paymentId: payment.id,
      status: {state: 'paid', amount: payment.amount, providerReference: referenceOf(payment.id)},
    };
    const forgeries = fc.oneof(
      fc.constantFrom('otherpay').map(provider => ({provider, forged: genuine})),
      fc
        .integer({min: 0, max: 100_000})
        .filter(cents => cents !== 1200)
        .map(cents => ({
          provider: 'fakepay',
          forged: {...genuine, status: {...genuine.status, amount: money((cents / 100).toFixed(2), 'CNY')}},
        })),
      fc.constantFrom('USD', 'JPY', 'XXX').map(currency => ({
        provider: 'fakepay',
        forged: {...genuine, status: {...genuine.status, amount: {currency, amount: '12.00'}}},
      })),
      fc.constantFrom('pending', 'declined', 'expired', 'absent').map(state => ({
        provider: 'fakepay',
        forged: {...genuine, status: {...genuine.status, state: state as 'pending'}},
      })),
      fc.constantFrom(otherPayment.id, 'pay_absent').map(paymentId => ({
        provider: 'fakepay',
        forged: {...genuine, paymentId},
      })),
      fc.string({minLength: 1}).map(suffix => ({
        provider: 'fakepay',
        forged: {...genuine, status: {...genuine.status, providerReference: referenceOf(payment.id) + suffix}},
      })),
    );
    let event = 0;
    await fc.assert(
      fc.asyncProperty(forgeries, async ({provider, forged}) => {
        const call = notification(provider, {...forged, eventId: `forged-${++event}`});
        assert.equal((await shop.fetch(call.path, {body: call.body, headers: call.headers})).status, 200);
        assert.deepEqual(
          [await stateOf(shop, placed), await stateOf(shop, other)],
          ['pending_payment', 'pending_payment'],
        );
      }),
      {numRuns: 150},
    );
  });
});

describe('a way to pay whose codes age', () => {
  it('gives a fresh code for the same order when the old one is over, and not before', async () => {
    const shop = await openShop();
    Object.assign(
      shop.provider.methods.find(({id}) => id === 'fakepay-qr')!,
      {lifetimeMs: 60_000},
    );
    const placed = await shop.place();
    const first = await shop.openPayment(placed, 'fakepay-qr');
    assert.equal(Date.parse(first.expiresAt), shop.clock.now() + 60_000);
    await shop.work(59_000);
    assert.equal((await shop.openPayment(placed, 'fakepay-qr')).id, first.id);
    await shop.work(1_000);
    const second = await shop.openPayment(placed, 'fakepay-qr');
    assert.notEqual(second.id, first.id);
    assert.deepEqual(
      (await shop.order(placed)).payments.map(({id}) => id),
      [second.id, first.id],
    );
    assert.equal(inserted(shop, 'insertPayment'), 2);
  });

  it('never lasts longer than the order waits', async () => {
    const shop = await openShop();
    Object.assign(
      shop.provider.methods.find(({id}) => id === 'fakepay-qr')!,
      {lifetimeMs: 24 * 60 * 60_000},
    );
    const placed = await shop.place();
    assert.equal((await shop.openPayment(placed, 'fakepay-qr')).expiresAt, placed.order.expiresAt);
  });

  it('takes the money of a code that was scanned in its last second, and gives a second payment back', async () => {
    const shop = await openShop();
    Object.assign(
      shop.provider.methods.find(({id}) => id === 'fakepay-qr')!,
      {lifetimeMs: 60_000},
    );
    const placed = await shop.place();
    const first = await shop.openPayment(placed, 'fakepay-qr');
    await shop.work(60_000);
    const second = await shop.openPayment(placed, 'fakepay-qr');
    await shop.notify(first);
    await shop.notify(second);
    assert.deepEqual(await states(shop, placed), ['paid', 'paid, surplus']);
  });
});
