import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import type {Payment} from '../../../src/contract/payment.ts';
import {money} from '../../../src/domain/money.ts';
import {md5Sign} from '../../../src/sandbox/epay/signature.ts';
import {epayKey, gatewayAddress, openEpayShop, type EpayShop} from '../../support/epay-shop.ts';
import {json, pageOrigin, problem} from '../../support/shop-server.ts';

const notifications = '/v1/payments/epay/notifications';
const minute = 60_000;

async function open({shop}: EpayShop, placed: PlacedOrder, method = 'epay-alipay'): Promise<Payment> {
  const answer = await shop.fetch(`/v1/orders/${placed.order.id}/payments`, {
    token: placed.token,
    key: 'payment-key-0001',
    address: '203.0.113.9',
    headers: {'User-Agent': 'Mozilla/5.0 (iPhone) MicroMessenger/8.0'},
    body: {method, returnUrl: `${pageOrigin}/shop`},
  });
  return json<Payment>(answer, 201);
}

/** Opens a payment and goes where it says, as a browser does. */
async function openAndGo(epay: EpayShop, method?: string) {
  const placed = await epay.shop.place();
  const payment = await open(epay, placed, method);
  assert.equal(payment.instructions?.kind, 'redirect');
  const {url} = payment.instructions as {url: string};
  const desk = new URL(url).pathname.includes('/pay/1001')
    ? url
    : ((await epay.browse(url)).headers.get('Location') ?? url);
  return {placed, payment, desk, order: epay.gateway.byOutTradeNo(payment.id)!};
}

const stateOf = async ({shop}: EpayShop, placed: PlacedOrder) => (await shop.order(placed)).state;

/** A notice as the gateway would sign it, but for what is changed. */
function notice(
  epay: EpayShop,
  tradeNo: string,
  changed: Readonly<Record<string, string>> = {},
  key = epayKey,
): string {
  const fields = new URLSearchParams(epay.gateway.notice(epay.gateway.byTradeNo(tradeNo)!));
  for (const [name, value] of Object.entries(changed)) fields.set(name, value);
  if (!('sign' in changed)) fields.set('sign', md5Sign(new Map(fields), key));
  return `${notifications}?${fields}`;
}

describe('a payment by epay', () => {
  for (const [version, path] of [
    ['md5', '/epay/submit.php'],
    ['rsa', '/epay/api/pay/submit'],
  ] as const) {
    it(`on the gateway's page (${version}) is paid when the notice has come`, async () => {
      const epay = await openEpayShop(version);
      const placed = await epay.shop.place();
      const payment = await open(epay, placed);
      const {url} = payment.instructions as {url: string};
      assert.equal(new URL(url).pathname, path);
      assert.ok(!url.includes(epayKey));
      assert.deepEqual(epay.asked, [], 'the buyer goes there, not the server');

      const desk = (await epay.browse(url)).headers.get('Location')!;
      assert.equal((await epay.browse(desk)).status, 200);
      assert.equal(await stateOf(epay, placed), 'pending_payment');
      if (version === 'rsa') return; // Its notices are signed by RSA: see "never believes".

      const back = await epay.browse(desk, {method: 'POST'});
      await epay.gateway.idle();
      assert.equal(await stateOf(epay, placed), 'paid');
      const returned = new URL(back.headers.get('Location')!);
      assert.match(returned.origin + returned.pathname, /^https:\/\/shop\.example\/v1\/payments\/returns\/[\w.-]+$/);
      const page = await epay.shop.fetch(returned.pathname + returned.search);
      assert.ok((await page.text()).includes(`${pageOrigin}/shop#ks-return=`), 'whatever the gateway put behind it');
      await epay.shop.work();
      assert.equal(await stateOf(epay, placed), 'delivered');
    });
  }

  it('that the server asks for tells the gateway who pays, and shows the page or the code it gets', async () => {
    for (const version of ['md5', 'rsa'] as const) {
      const epay = await openEpayShop(version);
      epay.gateway.habits.pays = 'qrcode';
      const placed = await epay.shop.place();
      const {instructions, id} = await open(epay, placed, 'epay-wxpay');
      const order = epay.gateway.byOutTradeNo(id)!;
      assert.deepEqual(instructions, {kind: 'qr', text: `${gatewayAddress}/pay/${order.tradeNo}`});
      assert.equal(order.money, placed.order.total.amount);
      assert.equal(order.notifyUrl, `https://shop.example${notifications}`);
      assert.match(order.name, /^卡铺 \d+/);

      epay.gateway.habits.pays = 'payurl';
      const other = await open(epay, await epay.shop.place(), 'epay-wxpay');
      assert.equal(other.instructions?.kind, 'redirect');
      assert.ok(epay.asked.every(path => !path.includes(epayKey) && !path.includes('203.0.113.9')));
    }
  });

  it('opened twice is one payment there', async () => {
    const epay = await openEpayShop();
    const placed = await epay.shop.place();
    const payments = await Promise.all([
      open(epay, placed, 'epay-wxpay'),
      open(epay, placed, 'epay-wxpay'),
      open(epay, placed, 'epay-wxpay'),
    ]);
    assert.equal(new Set(payments.map(({id}) => id)).size, 1);
    assert.equal(epay.gateway.list().length, 1);
  });

  it('whose notice is lost is found by asking, without the key in any log', async () => {
    for (const version of ['md5', 'rsa'] as const) {
      const epay = await openEpayShop(version);
      epay.gateway.habits.loseNotices = true;
      const {placed, order} = await openAndGo(epay, 'epay-wxpay');
      await epay.shop.work(3000);
      assert.equal(await stateOf(epay, placed), 'pending_payment');
      epay.gateway.pay(order.tradeNo);
      await epay.shop.work(5000);
      assert.notEqual(await stateOf(epay, placed), 'pending_payment');
      assert.ok(!JSON.stringify(epay.shop.log.entries).includes(epayKey));
    }
  });

  it('whose page was never opened does not exist there, and expires with the order', async () => {
    const epay = await openEpayShop();
    const placed = await epay.shop.place();
    await open(epay, placed);
    await epay.shop.work(3000);
    assert.ok(epay.asked.length > 0);
    await epay.shop.work(20 * minute);
    assert.equal(await stateOf(epay, placed), 'expired');
  });

  it('paid after the order expired still brings the goods', async () => {
    const epay = await openEpayShop();
    const {placed, order} = await openAndGo(epay);
    await epay.shop.work(20 * minute);
    assert.equal(await stateOf(epay, placed), 'expired');
    epay.gateway.pay(order.tradeNo);
    await epay.gateway.idle();
    await epay.shop.work();
    assert.equal(await stateOf(epay, placed), 'delivered');
  });

  it('refunded, frozen or reserved there before we heard of it is not paid', async () => {
    for (const status of [2, 3, 4] as const) {
      const epay = await openEpayShop();
      const {placed, order} = await openAndGo(epay);
      epay.gateway.mark(order.tradeNo, status);
      await epay.shop.work(5000);
      assert.equal(await stateOf(epay, placed), 'pending_payment');
    }
  });
});

describe('a notice of epay', () => {
  const habits = [
    ['B3: is taken by GET', {notifyByPost: false}],
    ['B3: is taken by POST', {notifyByPost: true}],
    ['is taken with the word "product" for a name', {notifiedName: 'product'}],
    ['is taken without a name', {notifiedName: 'none'}],
  ] as const;
  for (const [what, habit] of habits) {
    it(what, async () => {
      const epay = await openEpayShop();
      Object.assign(epay.gateway.habits, habit);
      const {placed, order} = await openAndGo(epay);
      epay.gateway.pay(order.tradeNo);
      await epay.gateway.idle();
      assert.equal(await stateOf(epay, placed), 'paid');
      assert.equal(epay.gatewayClock.waiting, 0, 'the gateway heard "success"');
    });
  }

  it('that finds the shop down comes again until it is answered', async () => {
    const epay = await openEpayShop();
    const {placed, order} = await openAndGo(epay);
    epay.shopIsDown(true);
    epay.gateway.pay(order.tradeNo);
    await epay.gateway.idle();
    await epay.gatewayClock.advance(2 * minute);
    assert.equal(await stateOf(epay, placed), 'pending_payment');
    epay.shopIsDown(false);
    await epay.gatewayClock.advance(2 * minute);
    await epay.gateway.idle();
    assert.equal(await stateOf(epay, placed), 'paid');
  });

  it('that repeats changes nothing and is answered alike', async () => {
    const epay = await openEpayShop();
    const {placed, order} = await openAndGo(epay);
    const path = notice(epay, order.tradeNo);
    for (let time = 0; time < 3; time++) {
      const answer = await epay.shop.fetch(path);
      assert.deepEqual([answer.status, await answer.text()], [200, 'success']);
    }
    await epay.shop.work();
    assert.equal((await epay.shop.order(placed)).state, 'delivered');
    assert.equal(epay.shop.upstream.asked('buy').length, 1);
  });

  const refused: readonly (readonly [what: string, changed: Readonly<Record<string, string>>, key?: string])[] = [
    ['without a signature', {sign: ''}],
    ['with a signature of somebody else', {}, 'fedcba9876543210fedcba9876543210'],
    ['with the signature of another content', {sign: '0'.repeat(32)}],
    ['for another merchant', {pid: '1002'}],
    ['with another kind of signature', {sign_type: 'RSA'}],
    ['without an amount', {money: ''}],
    ['with an amount that is none', {money: '12,00'}],
    ["without the gateway's number", {trade_no: ''}],
  ];
  for (const [what, changed, key] of refused) {
    it(`${what} is refused, and the word that ends retries is not in the answer`, async () => {
      const epay = await openEpayShop();
      const {placed, order} = await openAndGo(epay);
      const answer = await epay.shop.fetch(notice(epay, order.tradeNo, changed, key));
      assert.ok(!/success/i.test(await answer.clone().text()));
      await problem(answer, 'notification_rejected');
      assert.equal(await stateOf(epay, placed), 'pending_payment');
    });
  }

  it('with a field twice is refused: nobody knows which was signed', async () => {
    const epay = await openEpayShop();
    const {placed, order} = await openAndGo(epay);
    await problem(await epay.shop.fetch(`${notice(epay, order.tradeNo)}&money=0.01`), 'notification_rejected');
    assert.equal(await stateOf(epay, placed), 'pending_payment');
  });

  const withoutEffect: readonly (readonly [what: string, changed: Readonly<Record<string, string>>])[] = [
    ['less money', {money: '0.01'}],
    ['more money', {money: '1200'}],
    ['a state that nobody knows', {trade_status: 'TRADE_CLOSED'}],
    ['an order that is not ours', {out_trade_no: 'pay_unknown'}],
  ];
  for (const [what, changed] of withoutEffect) {
    it(`with a valid signature for ${what} pays nothing`, async () => {
      const epay = await openEpayShop();
      const {placed, order} = await openAndGo(epay);
      await epay.shop.fetch(notice(epay, order.tradeNo, changed));
      assert.equal(await stateOf(epay, placed), 'pending_payment');
      await epay.shop.fetch(notice(epay, order.tradeNo));
      assert.equal(await stateOf(epay, placed), 'paid', 'and stands in the way of nothing');
    });
  }

  it('with any character changed is refused', async () => {
    const epay = await openEpayShop();
    const {placed, order} = await openAndGo(epay);
    const query = notice(epay, order.tradeNo).slice(notifications.length + 1);
    await fc.assert(
      fc.asyncProperty(fc.nat(query.length - 1), fc.stringMatching(/^[!-~]$/), async (place, character) => {
        const changed = `${query.slice(0, place)}${character}${query.slice(place + 1)}`;
        // Its kind and what is empty are not signed: without them it says the same.
        const said = (text: string) =>
          [...new URL(`https://shop.example/?${text}`).searchParams].filter(
            ([name, value]) => value !== '' && !(name === 'sign_type' && value.toUpperCase() === 'MD5'),
          );
        fc.pre(JSON.stringify(said(changed)) !== JSON.stringify(said(query)));
        const answer = await epay.shop.server.fetch(new Request(`https://shop.example${notifications}?${changed}`), {});
        assert.equal(answer.status, 401, changed);
      }),
      {numRuns: 300},
    );
    assert.equal(await stateOf(epay, placed), 'pending_payment');
  });

  it('of another payment with our number does not replace the one that was seen first', async () => {
    const epay = await openEpayShop();
    const {placed, order} = await openAndGo(epay, 'epay-wxpay');
    await epay.shop.fetch(notice(epay, order.tradeNo, {trade_no: '2026010100000099999'}));
    assert.equal(await stateOf(epay, placed), 'pending_payment');
  });

  it('signed by MD5 is never believed where RSA was agreed', async () => {
    const epay = await openEpayShop('rsa');
    const {placed, order} = await openAndGo(epay);
    await problem(await epay.shop.fetch(notice(epay, order.tradeNo)), 'notification_rejected');
    assert.equal(await stateOf(epay, placed), 'pending_payment');
  });
});

describe('a gateway that answers badly', () => {
  const answers: readonly (readonly [what: string, answer: () => Response])[] = [
    ['a page', () => new Response('<html>维护中</html>')],
    ['nothing', () => new Response('')],
    ['a refusal', () => Response.json({code: -1, msg: '签名校验失败，请返回重试！'})],
    ['success without a number', () => Response.json({code: 1})],
    ['a way to pay that is none', () => Response.json({code: 1, trade_no: '1', payurl: 'javascript:alert(1)'})],
    ['no way to pay', () => Response.json({code: 1, trade_no: '1'})],
    ['too much', () => new Response('x'.repeat(300_000))],
    ['an error', () => new Response('{"code":1}', {status: 500})],
  ];
  for (const [what, answer] of answers) {
    it(`with ${what} opens no payment and says so; nothing is lost`, async () => {
      const epay = await openEpayShop();
      const placed = await epay.shop.place();
      epay.answerWith(async () => answer());
      const call = {
        token: placed.token,
        key: 'payment-key-0001',
        address: '203.0.113.9',
        body: {method: 'epay-wxpay'},
      };
      await problem(
        await epay.shop.fetch(`/v1/orders/${placed.order.id}/payments`, call),
        'payment_provider_unavailable',
      );
      epay.answerWith(undefined);
      assert.equal((await open(epay, placed, 'epay-wxpay')).state, 'pending');
    });
  }

  const lookups: readonly (readonly [what: string, answer: (id: string) => unknown])[] = [
    ['another payment', () => ({code: 1, trade_no: '1', out_trade_no: 'pay_other', money: '12.00', status: 1})],
    ['another amount', id => ({code: 1, trade_no: '1', out_trade_no: id, money: '0.01', status: 1})],
    ['an unknown state', id => ({code: 1, trade_no: '1', out_trade_no: id, money: '12.00', status: 9})],
    ['a wrong key', () => ({code: -3, msg: '商户密钥错误'})],
  ];
  for (const [what, answer] of lookups) {
    it(`to a question with ${what} is not believed, and asked again`, async () => {
      const epay = await openEpayShop();
      const {placed, payment, order} = await openAndGo(epay);
      epay.gateway.habits.loseNotices = true;
      epay.gateway.pay(order.tradeNo);
      epay.answerWith(async () => Response.json(answer(payment.id)));
      await epay.shop.work(5000).catch(() => undefined);
      assert.equal(await stateOf(epay, placed), 'pending_payment');
      epay.answerWith(undefined);
      await epay.shop.work(minute);
      assert.notEqual(await stateOf(epay, placed), 'pending_payment');
    });
  }

  it('takes no other currency than yuan', async () => {
    const epay = await openEpayShop();
    const provider = epay.shop.ports.payments.find(({id}) => id === 'epay')!;
    const request = {
      paymentId: 'pay_1',
      orderNumber: 'KS-1',
      method: 'epay-alipay',
      amount: money('1', 'USD'),
      description: 'x',
      notifyUrl: 'https://shop.example/n',
      expiresAt: 0,
      lang: 'en',
    };
    await assert.rejects(provider.open(request, AbortSignal.timeout(1000)), /CNY/);
  });
});
