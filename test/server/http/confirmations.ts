import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import type {ConsolePayment, ConsolePaymentList} from '../../../src/contract/confirmation.ts';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import type {Payment} from '../../../src/contract/payment.ts';
import type {AuditPage} from '../../../src/contract/console.ts';
import {createBankTransferProvider} from '../../../src/server/payments/bank-transfer/bank-transfer-provider.ts';
import {
  readTransferReferences,
  transferReference,
} from '../../../src/server/payments/bank-transfer/transfer-reference.ts';
import {newId} from '../../../src/server/security/ids.ts';
import {signal, sweepWithoutJobs} from '../../support/one-purchase.ts';
import {states} from '../../support/payment-states.ts';
import {consoleToken, json, openShop, problem, type TestShop} from '../../support/shop-server.ts';

const token = consoleToken;
const account = {payee: '卡铺有限公司', bank: '招商银行', account: '6225 8888 0000 1234'};
const note = {'zh-CN': '请备注付款码', en: 'Please name the code'};
let keys = 0;
const newKey = () => `confirmation-key-${String(++keys).padStart(6, '0')}`;
const whole = {currency: 'CNY', amount: '12.00'};

async function openTransferShop(windowMs = 0): Promise<TestShop> {
  const labels = {'zh-CN': '银行转账', en: 'Bank transfer'};
  return openShop({
    paymentProvider: () => createBankTransferProvider({id: 'bank', labels, note, windowMs, ...account}),
  });
}

async function transferring(
  windowMs?: number,
): Promise<{shop: TestShop; placed: PlacedOrder; payment: Payment; reference: string}> {
  const shop = await openTransferShop(windowMs);
  const placed = await shop.place();
  const payment = await shop.openPayment(placed, 'bank');
  assert.equal(payment.instructions?.kind, 'transfer');
  return {shop, placed, payment, reference: (payment.instructions as {reference: string}).reference};
}

const confirm = (shop: TestShop, {id}: Pick<Payment, 'id'>, body: unknown, key = newKey()) =>
  shop.fetch(`/v1/console/payments/${id}/confirmations`, {token, key, body});
const find = async (shop: TestShop, reference: string) =>
  (
    await json<ConsolePaymentList>(
      await shop.fetch(`/v1/console/payments?reference=${encodeURIComponent(reference)}`, {token}),
    )
  ).items;
const standing = async (shop: TestShop, placed: PlacedOrder) => {
  const {state, refundDue} = await shop.order(placed);
  return [state, refundDue.amount];
};

describe('a bank transfer', () => {
  it('says to whom, how much and with what reference, in the language of the order', async () => {
    const {payment, reference, shop} = await transferring();
    assert.deepEqual(payment.instructions, {kind: 'transfer', ...account, reference, note: note['zh-CN']});
    assert.match(reference, /^[2-9A-HJ-KM-NP-Z]{5}-[2-9A-HJ-KM-NP-Z]{5}$/);
    assert.equal(payment.amount.amount, '12.00');
    const {paymentMethods} = await json<{paymentMethods: unknown[]}>(await shop.fetch('/v1/shop?lang=en'));
    assert.deepEqual(paymentMethods.at(-1), {id: 'bank', kind: 'transfer', label: 'Bank transfer'});
  });

  it('is found by a line of the bank statement, and pays the order when a person says so', async () => {
    const {shop, placed, payment, reference} = await transferring();
    const [found] = await find(shop, `转账 ${reference.toLowerCase().replace('-', '')} 张三`);
    assert.deepEqual([found!.id, found!.orderNumber, found!.state], [payment.id, placed.order.number, 'pending']);
    const body = {...whole, note: '工行尾号 1234'};
    const confirmed = await json<ConsolePayment>(await confirm(shop, payment, body), 201);
    assert.deepEqual([confirmed.state, confirmed.orderState], ['paid', 'paid']);
    assert.deepEqual(
      confirmed.confirmations.map(({amount, by, note: said}) => [amount, by, said]),
      [[whole, 'owner', body.note]],
    );
    await shop.work();
    assert.deepEqual(await standing(shop, placed), ['delivered', '0.00']);
  });

  it('is in the audit log with who confirmed it', async () => {
    const {shop, payment} = await transferring();
    await json(await confirm(shop, payment, whole), 201);
    const {items} = await json<AuditPage>(await shop.fetch('/v1/console/audit', {token}));
    const [entry] = items;
    assert.deepEqual(
      [entry!.action, entry!.subject, entry!.name],
      ['POST /v1/console/payments/{paymentId}/confirmations', payment.id, 'owner'],
    );
  });

  it('is confirmed once, however often it is said', async () => {
    const {shop, placed, payment} = await transferring();
    const key = newKey();
    const answers = await Promise.all(Array.from({length: 5}, () => confirm(shop, payment, whole, key)));
    for (const answer of answers) assert.equal((await json<ConsolePayment>(answer, 201)).confirmations.length, 1);
    await problem(await confirm(shop, payment, {...whole, amount: '13.00'}, key), 'idempotency_key_reused');
    await problem(await confirm(shop, payment, whole), 'decision_not_possible');
    assert.deepEqual(await standing(shop, placed), ['paid', '0.00']);
  });

  it('of too little pays nothing and is owed back, until the rest has come', async () => {
    const {shop, placed, payment} = await transferring();
    const short = await json<ConsolePayment>(await confirm(shop, payment, {...whole, amount: '11.99'}), 201);
    assert.deepEqual([short.state, short.received?.amount], ['pending', '11.99']);
    assert.deepEqual(await standing(shop, placed), ['pending_payment', '11.99']);
    await problem(await confirm(shop, payment, {...whole, amount: '11.99'}), 'decision_not_possible');
    const full = await json<ConsolePayment>(await confirm(shop, payment, whole), 201);
    assert.deepEqual([full.state, full.received], ['paid', undefined]);
    assert.equal(full.confirmations.length, 2);
    assert.deepEqual(await standing(shop, placed), ['paid', '0.00']);
  });

  it('of too much pays nothing either, and is owed back', async () => {
    const {shop, placed, payment} = await transferring();
    await json(await confirm(shop, payment, {...whole, amount: '120.00'}), 201);
    assert.deepEqual(await standing(shop, placed), ['pending_payment', '120.00']);
  });

  it('that nobody confirms ends with the order, and one confirmed late still brings the goods', async () => {
    const {shop, placed, payment} = await transferring();
    await shop.work(15 * 60_000);
    const {state, payments} = await shop.order(placed);
    assert.deepEqual([state, payments[0]!.state], ['expired', 'expired']);
    await json(await confirm(shop, payment, whole), 201);
    await shop.work();
    assert.deepEqual(await standing(shop, placed), ['delivered', '0.00']);
  });

  it('keeps its order open as long as a transfer may take, and no longer', async () => {
    const days = 24 * 60 * 60_000;
    const {shop, placed, payment} = await transferring(3 * days);
    const until = new Date(Date.parse(placed.order.createdAt) + 3 * days).toISOString();
    assert.equal(payment.expiresAt, until);
    assert.equal((await shop.order(placed)).expiresAt, until);
    await shop.work(2 * days);
    assert.deepEqual(await standing(shop, placed), ['pending_payment', '0.00']);
    assert.equal((await shop.openPayment(placed, 'bank')).id, payment.id, 'no way to more time');
    await shop.work(days);
    assert.deepEqual(await standing(shop, placed), ['expired', '0.00']);
  });

  it('lets an order wait no longer that is paid for otherwise', async () => {
    const shop = await openTransferShop(24 * 60 * 60_000);
    const placed = await shop.place();
    await shop.openPayment(placed);
    await shop.work(15 * 60_000);
    assert.deepEqual(await standing(shop, placed), ['expired', '0.00']);
  });

  it('for an order that was paid otherwise is owed back', async () => {
    const {shop, placed, payment} = await transferring();
    await shop.notify(await shop.openPayment(placed));
    const confirmed = await json<ConsolePayment>(await confirm(shop, payment, whole), 201);
    assert.equal(confirmed.surplus, true);
    assert.equal((await shop.order(placed)).refundDue.amount, '12.00');
  });

  it('for an order that was paid otherwise is waited for a day, and no longer', async () => {
    const {shop, placed} = await transferring();
    await shop.notify(await shop.openPayment(placed));
    await shop.work(24 * 60 * 60_000);
    assert.deepEqual(await states(shop, placed), ['pending', 'paid']);
    await shop.work(60 * 60_000);
    assert.deepEqual(await states(shop, placed), ['expired', 'paid']);
    assert.deepEqual(await sweepWithoutJobs(shop), []);
  });

  it('is not asked about, and nobody is sent to ask: there is nobody', async () => {
    const {shop, placed} = await transferring();
    for (let minute = 0; minute < 5; minute++) await shop.work(60_000);
    assert.deepEqual(await standing(shop, placed), ['pending_payment', '0.00']);
    assert.deepEqual(await states(shop, placed), ['pending']);
    const waiting = shop.jobs.waiting();
    await shop.server.runJob({type: 'sweep'}, signal);
    assert.deepEqual(shop.jobs.waiting(), waiting);
  });

  for (const body of [
    {...whole, currency: 'USD'},
    {...whole, amount: '0'},
    {...whole, amount: '-12.00'},
    {...whole, amount: '12.001'},
    {...whole, amount: '1e3'},
    {...whole, note: 'x'.repeat(2001)},
    {amount: '12.00'},
  ]) {
    it(`is not confirmed by ${JSON.stringify(body).slice(0, 60)}`, async () => {
      const {shop, placed, payment} = await transferring();
      await problem(await confirm(shop, payment, body), 'validation_failed');
      assert.deepEqual(await standing(shop, placed), ['pending_payment', '0.00']);
    });
  }

  it('is all that a person can confirm: a provider speaks for itself', async () => {
    const shop = await openTransferShop();
    const placed = await shop.place();
    const payment = await shop.openPayment(placed);
    await problem(await confirm(shop, payment, whole), 'decision_not_possible');
    await problem(await confirm(shop, {id: 'pay_absent'}, whole), 'not_found');
    const call = {token, body: whole};
    const path = `/v1/console/payments/${payment.id}/confirmations`;
    await problem(await shop.fetch(path, call), 'idempotency_key_missing');
    assert.deepEqual(await standing(shop, placed), ['pending_payment', '0.00']);
  });

  it('takes no notification, whoever sends it', async () => {
    const {shop, payment} = await transferring();
    const body = {eventId: '1', paymentId: payment.id, status: {state: 'paid', amount: whole}};
    await problem(await shop.fetch('/v1/payments/bank/notifications', {body}), 'notification_rejected');
  });

  it('is not found by a line that names none', async () => {
    const {shop, reference} = await transferring();
    const wrong = `${reference.slice(0, -1)}${reference.endsWith('2') ? '3' : '2'}`;
    for (const line of [wrong, '张三 12.00', transferReference('pay_other')])
      assert.deepEqual(await find(shop, line), []);
    await problem(await shop.fetch('/v1/console/payments', {token}), 'validation_failed');
  });
});

describe('a transfer’s reference', () => {
  const references = fc.integer().map(number => transferReference(`pay_${number}`));

  it('is read however it is typed, among other words', () => {
    fc.assert(
      fc.property(references, fc.constantFrom('-', ' ', ''), fc.boolean(), (reference, between, isLower) => {
        const typed = reference.replace('-', between);
        const line = `23456 AAAAA ${isLower ? typed.toLowerCase() : typed} 张三`;
        assert.ok(readTransferReferences(line).includes(reference));
      }),
    );
  });

  it('is not read with one wrong character, nor with two that changed places', () => {
    const places = fc.tuple(fc.nat(9), fc.nat(9));
    fc.assert(
      fc.property(
        references,
        places,
        fc.constantFrom(...'23456789ABCDEFGHJKMNPQRSTUVWXYZ'),
        (reference, [i, j], other) => {
          const right = [...reference.replace('-', '')];
          const wrong = right.with(i, other);
          const swapped = right.with(i, right[j]!).with(j, right[i]!);
          for (const typed of [wrong, swapped]) {
            const text = typed.join('');
            assert.deepEqual(readTransferReferences(text), text === right.join('') ? [reference] : []);
          }
        },
      ),
    );
  });

  it('is another one for every payment', () => {
    const many = new Set(Array.from({length: 5000}, () => transferReference(newId('pay'))));
    assert.equal(many.size, 5000);
  });
});
