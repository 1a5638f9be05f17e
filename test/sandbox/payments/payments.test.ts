import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Webhook} from 'standardwebhooks';
import type {FaultOrder} from '../../../src/sandbox/index.ts';
import {FakeClock, settle} from '../support/fake-clock.ts';
import {openShop, origin} from '../support/shop.ts';
import type {Answer} from '../support/answer.ts';

const webhookSecret = `whsec_${btoa('abcdefghijklmnopqrstuvwxyz012345')}`;
const wish = {
  reference: 'K-1',
  amount: {currency: 'CNY', amount: '42.50'},
  description: 'Steam 50 元 × 5 <b>',
  method: 'redirect',
  returnUrl: 'https://host.example/thanks?x=1',
  notifyUrl: 'https://api.shop.example/v1/payments/notify',
};

/** A provider with a shop that records notices and answers them with the given status codes (the last one repeats). */
function openProvider(statuses: readonly (number | 'down')[] = [204], over = {}) {
  const received: {headers: Headers; body: string; at: number; seen: string | undefined}[] = [];
  // Signatures are checked against the machine's own time, so this clock starts there.
  const clock = new FakeClock(Date.now());
  const shop = openShop({
    clock,
    webhookSecret,
    fetch: async request => {
      const body = await request.text();
      const seen = shop.sandbox.payments.get(JSON.parse(body).paymentId)?.status;
      received.push({headers: request.headers, body, at: clock.now(), seen});
      const status = statuses[Math.min(received.length, statuses.length) - 1]!;
      if (status === 'down') throw new TypeError('No connection.');
      return new Response(null, {status});
    },
    ...over,
  });
  const {sandbox} = shop;
  const request = (method: string, path: string, body?: unknown, key = 'pay-key') =>
    sandbox.fetch(
      new Request(`${origin}${path}`, {
        method,
        headers: {authorization: `Bearer ${key}`, 'content-type': 'application/json'},
        ...(body === undefined ? {} : {body: JSON.stringify(body)}),
      }),
    );
  const expiresAt = new Date(clock.now() + 900_000).toISOString();
  const open = async (part = {}) => {
    const response = await request('POST', '/pay/api/payments', {...wish, expiresAt, ...part});
    return {status: response.status, body: await response.json()};
  };
  const read = async (id: string) => await (await request('GET', `/pay/api/payments/${id}`)).json();
  const press = (id: string, action: string) =>
    sandbox.fetch(new Request(`${origin}/pay/${id}`, {method: 'POST', body: new URLSearchParams({action})}));
  const types = () => received.map(({body}) => JSON.parse(body).type);
  return {sandbox, clock, received, request, open, read, press, types, expiresAt};
}

test('a payment is opened once per reference', async () => {
  const {open, expiresAt} = openProvider();
  const first = await open();
  assert.equal(first.status, 201);
  const {id, payUrl, ...rest} = first.body;
  assert.match(id, /^pay_[0-9a-f]{64}$/);
  assert.equal(payUrl, `${origin}/pay/${id}`);
  assert.deepEqual(rest, {reference: 'K-1', status: 'pending', amount: wish.amount, expiresAt});
  assert.deepEqual(await open(), {status: 200, body: first.body});
  assert.deepEqual(await open({amount: {currency: 'CNY', amount: '42.5'}}), {status: 200, body: first.body});
  assert.equal((await open({amount: {currency: 'CNY', amount: '42.51'}})).status, 409);
  assert.equal((await open({returnUrl: 'https://host.example/'})).status, 409);
});

test('payments are found by id and by reference', async () => {
  const {open, request, read} = openProvider();
  const {body} = await open();
  assert.deepEqual(await read(body.id), body);
  assert.deepEqual(await (await request('GET', '/pay/api/payments?reference=K-1')).json(), body);
  for (const path of ['/pay/api/payments/pay_0', '/pay/api/payments?reference=K-2']) {
    const response = await request('GET', path);
    assert.equal(response.status, 404);
    assert.equal(response.headers.get('content-type'), 'application/problem+json');
  }
});

test('without the key nothing is said', async () => {
  const {request, open} = openProvider();
  const {body} = await open();
  for (const key of ['', 'pay-kez', 'pay-key2', 'control-token']) {
    assert.equal((await request('GET', `/pay/api/payments/${body.id}`, undefined, key)).status, 401);
    assert.equal((await request('POST', '/pay/api/payments', wish, key)).status, 401);
  }
});

test('a request that cannot be read opens nothing', async () => {
  const {open, sandbox, request} = openProvider();
  const wrong = [
    {amount: {currency: 'CNY', amount: '0'}},
    {amount: {currency: 'CNY', amount: '-1'}},
    {amount: {currency: 'CNY', amount: '1e3'}},
    {amount: {currency: 'yuan', amount: '1'}},
    {method: 'cash'},
    {returnUrl: 'javascript:alert(1)'},
    {notifyUrl: 'ftp://x.example/'},
    {expiresAt: 'tomorrow'},
    {reference: ''},
    {surplus: 1},
  ];
  for (const part of wrong) assert.equal((await open(part)).status, 400, JSON.stringify(part));
  assert.equal((await request('POST', '/pay/api/payments')).status, 400);
  assert.deepEqual(sandbox.payments.list(), []);
});

test('paying on the page: paid, a signed notice, and back to the shop', async () => {
  const {open, press, read, received} = openProvider();
  const {body} = await open();
  const response = await press(body.id, 'pay');
  assert.equal(response.status, 303);
  assert.equal(response.headers.get('location'), wish.returnUrl);
  const paid = await read(body.id);
  assert.equal(paid.status, 'paid');
  await settle();
  assert.equal(received.length, 1);
  const {headers, body: text} = received[0]!;
  const event = new Webhook(webhookSecret).verify(text, Object.fromEntries(headers)) as Answer;
  assert.match(event.id, /^evt_/);
  assert.equal(headers.get('webhook-id'), event.id);
  assert.deepEqual(event, {
    id: event.id,
    type: 'payment.paid',
    paymentId: body.id,
    reference: 'K-1',
    amount: wish.amount,
    occurredAt: paid.paidAt,
  });
});

test('declining, expiring and paying late', async () => {
  const {open, press, read, types} = openProvider();
  const declined = (await open()).body;
  assert.equal((await press(declined.id, 'decline')).headers.get('location'), wish.returnUrl);
  assert.equal((await read(declined.id)).status, 'declined');
  const late = (await open({reference: 'K-2'})).body;
  assert.equal((await press(late.id, 'expire')).headers.get('location'), `/pay/${late.id}?lang=zh-CN`);
  assert.equal((await read(late.id)).status, 'expired');
  await press(late.id, 'pay-late');
  assert.equal((await read(late.id)).status, 'paid');
  const atOnce = (await open({reference: 'K-3'})).body;
  await press(atOnce.id, 'pay-late');
  await settle();
  const late2 = ['payment.expired', 'payment.paid'];
  assert.deepEqual(types(), ['payment.declined', ...late2, ...late2]);
});

test('a payment of the qr kind leaves the phone on its page', async () => {
  const {open, press} = openProvider();
  const {id} = (await open({method: 'qr'})).body;
  assert.equal((await press(id, 'pay')).headers.get('location'), `/pay/${id}?lang=zh-CN`);
});

test('time runs out by itself', async () => {
  const {open, read, clock, types} = openProvider();
  const {id} = (await open()).body;
  await clock.advance(899_999);
  assert.equal((await read(id)).status, 'pending');
  await clock.advance(1);
  assert.equal((await read(id)).status, 'expired');
  assert.deepEqual(types(), ['payment.expired']);
});

test('a pressed button that no longer fits changes nothing', async () => {
  const {open, press, read, types} = openProvider();
  const {id} = (await open()).body;
  await press(id, 'pay');
  for (const action of ['pay', 'decline', 'expire', 'pay-late', 'nonsense']) {
    assert.equal((await press(id, action)).headers.get('location'), `/pay/${id}?lang=zh-CN`);
  }
  assert.equal((await read(id)).status, 'paid');
  await settle();
  assert.deepEqual(types(), ['payment.paid']);
});

test('a notice that is not taken is tried again after 1, 3, 10, 30 and 60 seconds, then given up', async () => {
  const {open, sandbox, clock, received} = openProvider([500, 'down', 302, 404]);
  const {id} = (await open()).body;
  await sandbox.payments.pay(id);
  await clock.advance(500_000);
  const first = received[0]!.at;
  assert.deepEqual(
    received.map(({at}) => (at - first) / 1000),
    [0, 1, 4, 14, 44, 104],
  );
  assert.equal(new Set(received.map(({headers}) => headers.get('webhook-id'))).size, 1);
  assert.equal(sandbox.payments.notices()[0]?.state, 'given_up');
});

test('a notice that is taken at last is not tried again', async () => {
  const {open, sandbox, clock, received} = openProvider(['down', 200]);
  await sandbox.payments.pay((await open()).body.id);
  await clock.advance(500_000);
  assert.equal(received.length, 2);
  assert.equal(sandbox.payments.notices()[0]?.state, 'delivered');
});

test('notify again sends the same event', async () => {
  const {open, press, received} = openProvider();
  const {id} = (await open()).body;
  await press(id, 'pay');
  await press(id, 'notify-again');
  await settle();
  assert.equal(received.length, 2);
  assert.equal(received[0]!.body, received[1]!.body);
});

test('faults: lost, delayed, before commit', async () => {
  const struck = async (fault: FaultOrder) => {
    const provider = openProvider();
    provider.sandbox.faults.arm(fault);
    await provider.sandbox.payments.pay((await provider.open()).body.id);
    await settle();
    return provider;
  };
  const lost = await struck({fault: 'notify-lost'});
  await lost.clock.advance(500_000);
  assert.deepEqual([lost.received.length, lost.sandbox.payments.list()[0]?.status], [0, 'paid']);
  const delayed = await struck({fault: 'notify-delayed', delayMs: 9_000});
  assert.equal(delayed.received.length, 0);
  await delayed.clock.advance(9_000);
  assert.deepEqual(delayed.types(), ['payment.paid']);
  const early = await struck({fault: 'notify-before-commit'});
  assert.deepEqual([early.received[0]?.seen, early.sandbox.payments.list()[0]?.status], ['pending', 'paid']);
  assert.equal((await struck({fault: 'html', endpoint: 'trade'})).received[0]?.seen, 'paid');
});

test('while an early notice is under way, the payment cannot be settled twice', async () => {
  let answer = (): void => {};
  const taken = new Promise<void>(resolve => (answer = resolve));
  const {sandbox, open} = openProvider([204], {
    fetch: () => taken.then(() => new Response(null, {status: 204})),
  });
  sandbox.faults.arm({fault: 'notify-before-commit'});
  const {id} = (await open()).body;
  const paying = sandbox.payments.pay(id);
  await assert.rejects(sandbox.payments.decline(id), {reason: 'does_not_fit'});
  answer();
  assert.equal((await paying).status, 'paid');
});

test('payments and open notices survive a restart', async () => {
  const first = openProvider(['down']);
  const {id} = (await first.open()).body;
  const waiting = (await first.open({reference: 'K-2'})).body;
  await first.sandbox.payments.pay(id);
  await settle();
  first.sandbox.close();
  const clock = new FakeClock(first.clock.now());
  const second = openProvider([204], {snapshot: JSON.parse(JSON.stringify(first.sandbox.snapshot())), clock});
  await clock.advance(0);
  assert.deepEqual(second.types(), ['payment.paid']);
  await clock.advance(900_000);
  assert.equal((await second.read(waiting.id)).status, 'expired');
});

test('the page: strict, escaped, in the reader’s language, with what can be done now', async () => {
  const {sandbox, open} = openProvider();
  const {id} = (await open()).body;
  const page = async (headers = {}, query = '') => {
    const response = await sandbox.fetch(new Request(`${origin}/pay/${id}${query}`, {headers}));
    return {response, html: await response.text()};
  };
  const {response, html} = await page({'accept-language': 'en-GB,en;q=0.9,zh;q=0.5'});
  const policy = response.headers.get('content-security-policy')!;
  assert.match(
    policy,
    /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; form-action 'self' https:\/\/host\.example;/,
  );
  const style = /<style>([\s\S]*)<\/style>/.exec(html)![1]!;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
  assert.ok(policy.includes(Buffer.from(digest).toString('base64')));
  assert.equal(response.headers.get('cache-control'), 'no-store');
  assert.match(html, /<html lang="en">/);
  assert.match(html, /CN¥42\.50/);
  assert.match(html, /15 min 00 s/);
  assert.match(html, /× 5 &#60;b&#62;/);
  assert.doesNotMatch(html, /<script|style=|<b>/);
  assert.match((await page()).html, /<html lang="zh-CN">[\s\S]*¥42\.50/);
  assert.match((await page({'accept-language': 'en'}, '?lang=zh-CN')).html, /<html lang="zh-CN">/);
  const actions = async () => [...(await page()).html.matchAll(/value="([a-z-]+)"/g)].map(match => match[1]);
  assert.deepEqual(await actions(), ['pay', 'decline', 'expire', 'pay-late']);
  await sandbox.payments.expire(id);
  assert.deepEqual(await actions(), ['pay-late', 'notify-again']);
  await sandbox.payments.payLate(id);
  assert.deepEqual(await actions(), ['notify-again']);
  const absent = await sandbox.fetch(new Request(`${origin}/pay/pay_0`));
  assert.equal(absent.status, 404);
});

test('money goes back in parts, once per reference, and never more than was paid', async () => {
  const {sandbox, open, request} = openProvider();
  const {id} = (await open()).body;
  const refunds = `/pay/api/payments/${id}/refunds`;
  const giveBack = async (reference: string, amount: string, key?: string) => {
    const answer = await request('POST', refunds, {reference, amount: {currency: 'CNY', amount}}, key);
    return {status: answer.status, body: await answer.json()};
  };
  assert.equal((await giveBack('R-1', '40')).status, 422, 'nobody has paid yet');
  await sandbox.payments.pay(id);
  const first = await giveBack('R-1', '40');
  assert.deepEqual([first.status, first.body.status, first.body.reference], [201, 'refunded', 'R-1']);
  assert.deepEqual(await giveBack('R-1', '40.00'), {status: 200, body: first.body});
  assert.equal((await giveBack('R-1', '41')).status, 409);
  assert.equal((await giveBack('R-2', '2.51')).status, 422);
  assert.equal((await giveBack('R-2', '0')).status, 400);
  assert.equal((await giveBack('R-2', '2.50')).status, 201);
  assert.equal((await giveBack('R-3', '0.01')).status, 422);
  assert.equal((await giveBack('R-3', '0.01', 'wrong')).status, 401);
  const {items} = (await (await request('GET', refunds)).json()) as {items: {reference: string}[]};
  assert.deepEqual(
    items.map(({reference}) => reference),
    ['R-1', 'R-2'],
  );
  assert.equal((await request('GET', '/pay/api/payments/absent/refunds')).status, 404);
});

test('a refund that waits for its bank is told of when the bank has spoken; what it refused can go back anew', async () => {
  const {sandbox, open, types} = openProvider();
  const {id} = (await open()).body;
  await sandbox.payments.pay(id);
  sandbox.payments.bankTakesItsTime = true;
  const whole = sandbox.payments.get(id)!.amount;
  const {refund} = sandbox.payments.refund(id, 'R-1', whole);
  assert.equal(refund.status, 'pending');
  assert.throws(() => sandbox.payments.refund(id, 'R-2', whole), {reason: 'too_much'});
  sandbox.payments.settleRefund(id, refund.id, 'failed');
  const again = sandbox.payments.refund(id, 'R-2', whole);
  sandbox.payments.settleRefund(id, again.refund.id, 'refunded');
  assert.throws(() => sandbox.payments.settleRefund(id, again.refund.id, 'refunded'), {reason: 'does_not_fit'});
  await settle();
  assert.deepEqual(types(), ['payment.paid', 'payment.refund_failed', 'payment.refunded']);
});
