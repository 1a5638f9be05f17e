import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Reconciliation} from '../../../src/contract/reconciliation.ts';
import {FaultBox} from '../../../src/sandbox/faults/fault-box.ts';
import {createPaymentHandler} from '../../../src/sandbox/payments/payment-handler.ts';
import {PaymentProvider} from '../../../src/sandbox/payments/payment-provider.ts';
import {createSandboxProvider} from '../../../src/server/payments/sandbox/sandbox-provider.ts';
import {askBack} from '../../support/pay-back.ts';
import {consoleToken as token, json, openShop, shopAddress} from '../../support/shop-server.ts';

const merchantKey = 'merchant-key';
const webhookSecret = `whsec_${Buffer.alloc(24, 5).toString('base64')}`;

/** A shop beside the sandbox's payment site, whose notices all get lost. */
async function openSandboxShop() {
  let tokens = 0;
  const site = new PaymentProvider({
    clock: {now: () => shop.clock.now(), after: () => () => {}},
    fetch: async () => Promise.reject(new TypeError('The notice got lost.')),
    token: () => String(++tokens).padStart(32, '0'),
    webhookSecret,
    faults: new FaultBox({seed: 'list', now: () => shop.clock.now()}),
  });
  const handle = createPaymentHandler(site, merchantKey);
  const shop = await openShop({
    paymentProvider: () =>
      createSandboxProvider({
        url: 'https://pay.example/pay',
        merchantKey,
        webhookSecret,
        methods: ['page'],
        codeSeconds: 120,
        fetch: async (input, init) => handle(new Request(input, init)),
      }),
  });
  const compare = async (key: string) => {
    const body = {provider: 'sandbox'};
    return json<Reconciliation>(await shop.fetch('/v1/console/reconciliations', {token, key, body}), 201);
  };
  const openElsewhere = async (reference: string) => {
    const {payment} = site.create(
      {
        reference,
        amount: {currency: 'CNY', amount: '9.00'},
        description: 'x',
        method: 'redirect',
        returnUrl: shopAddress,
        notifyUrl: `${shopAddress}/v1/payments/sandbox/notifications`,
        expiresAt: shop.clock.now() + 900_000,
      },
      id => `https://pay.example/pay/${id}`,
    );
    return payment;
  };
  return {shop, site, handle, compare, openElsewhere};
}

describe('the payments of the sandbox, listed', () => {
  it('show one whose notice was lost: it is taken in', async () => {
    const {shop, site, compare} = await openSandboxShop();
    const placed = await shop.place();
    const {id} = await shop.openPayment(placed, 'sandbox-page');
    await site.pay(site.byReference(id)!.id);
    assert.equal((await shop.order(placed)).state, 'pending_payment');
    shop.clock.advance(1000);
    const {differences} = await compare('compare-key-0001');
    assert.deepEqual(
      differences.map(({kind, paymentId, settled}) => [kind, paymentId, settled]),
      [['paid_there', id, true]],
    );
    assert.equal((await shop.order(placed)).state, 'paid');
    assert.deepEqual((await compare('compare-key-0002')).differences, []);
  });

  it('show one that the shop never opened, on whichever page of the list it stands', async () => {
    const {shop, site, compare, openElsewhere} = await openSandboxShop();
    for (let number = 0; number < 100; number++) await openElsewhere(`open-${number}`);
    const {id} = await openElsewhere('of \u0000 nobody');
    await site.pay(id);
    shop.clock.advance(1000);
    const {compared, differences} = await compare('compare-key-0001');
    assert.equal(compared, 101);
    assert.deepEqual(differences, [{kind: 'unknown_here', reference: id, theirs: {currency: 'CNY', amount: '9.00'}}]);
  });

  it('say what went back: the shop’s own refunds agree, others do not', async () => {
    const {shop, site, compare} = await openSandboxShop();
    const placed = await shop.place();
    const payment = await shop.openPayment(placed, 'sandbox-page');
    const there = site.byReference(payment.id)!.id;
    await site.pay(there);
    await shop.work(3000);
    await shop.work();
    await askBack(shop.ports, placed.order.id, {currency: 'CNY', amount: '2.00'});
    await shop.work();
    assert.deepEqual((await compare('compare-key-0001')).differences, []);
    site.refund(there, 'at the sandbox itself', {currency: 'CNY', amount: '1.00'});
    const [difference] = (await compare('compare-key-0002')).differences;
    assert.deepEqual(
      [difference!.kind, difference!.ours?.amount, difference!.theirs?.amount],
      ['refunded_there', '2.00', '3.00'],
    );
  });

  it('are for whoever has the key, of a time that is one', async () => {
    const {handle} = await openSandboxShop();
    const get = async (query: string, key: string) => {
      const headers = {authorization: `Bearer ${key}`};
      return (await handle(new Request(`https://pay.example/pay/api/payments?${query}`, {headers}))).status;
    };
    const time = 'from=2026-01-01T00:00:00.000Z&until=2026-02-01T00:00:00.000Z';
    assert.equal(await get(time, merchantKey), 200);
    assert.equal(await get(time, 'another key'), 401);
    assert.equal(await get('from=yesterday&until=today', merchantKey), 400);
    assert.equal(await get('', merchantKey), 400);
  });
});
