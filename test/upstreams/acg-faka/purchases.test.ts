import assert from 'node:assert/strict';
import {test} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import type {BuyOutcome, BuyRequest} from '../../../src/upstreams/port.ts';
import {
  appKey,
  expectedSign,
  page,
  patient,
  purchaseOf,
  raw,
  refusal,
  saleOf,
  shopWith,
  success,
  type Behaviour,
} from './fake-shop.ts';
import {singleGood, widgetJson} from './goods.ts';

const apology = '很抱歉，有人在你付款之前抢走了商品，请联系客服。';
const placeholder = '正在发货中，请耐心等待，如有疑问，请联系客服。';
const nestedOffer = {code: 'NEST000000000001', choices: {}, nested: true};

const item: Behaviour = () => success(singleGood({widget: JSON.parse(widgetJson) as unknown}), {});

async function buy(trade: Behaviour, overrides: Partial<BuyRequest> = {}): Promise<BuyOutcome> {
  return shopWith({'commodity/trade': trade, 'commodity/item': item}).shop.buy(purchaseOf(overrides), patient);
}

async function reconcile(trade: Behaviour, overrides: Partial<BuyRequest> = {}): Promise<BuyOutcome> {
  return shopWith({'commodity/trade': trade, 'commodity/item': item}).shop.reconcile(purchaseOf(overrides), patient);
}

const verdict = (outcome: BuyOutcome) => ('reason' in outcome ? `${outcome.kind}: ${outcome.reason}` : outcome.kind);

test('a plain purchase, with the seller’s note', async () => {
  const {shop, calls} = shopWith({'commodity/trade': () => success(saleOf({leave_message: '请在 24 小时内使用'}))});
  assert.deepEqual(await shop.buy(purchaseOf(), patient), {
    kind: 'delivered',
    orderId: '128261123102000328',
    charged: money('9', 'CNY'),
    secret: 'STEAM-0021-AAAA-BBBB',
    note: '请在 24 小时内使用',
  });
  assert.equal(calls.length, 1);
  const {sign, ...form} = Object.fromEntries(calls[0]!.form);
  assert.deepEqual(form, {
    app_id: '1000',
    card_id: '0',
    contact: 'buyer@example.com',
    device: '0',
    num: '1',
    password: 'q7Zr0pW2',
    race: '',
    request_no: 'A123456789012345678',
    shared_code: 'PLAIN00000000001',
  });
  assert.equal(sign, expectedSign(calls[0]!.form));
});

test('the purchase of a race and sku is signed as the running shop wants it', async () => {
  const {shop, calls} = shopWith({'commodity/trade': () => success(saleOf())});
  const offer = {code: 'RSKU000000000001', choices: {时长: '标准', 区服: '美区', 商品种类: '月卡'}, nested: false};
  await shop.buy(purchaseOf({offer, reference: '202611230000000001'}), patient);
  const {form} = calls[0]!;
  assert.deepEqual([form.get('race'), form.get('sku[区服]'), form.get('sku[时长]')], ['月卡', '美区', '标准']);
  assert.equal(form.get('sign'), expectedSign(form));
});

test('C10: secrets stay verbatim, amounts exact, order numbers whole', async () => {
  const secret = ' a\nb "<b>&amp;</b>" 🎮 ';
  const outcome = await buy(() =>
    raw(
      `{"code":200,"msg":"success","data":{"amount":42.50,"tradeNo":709261123102000244,"secret":${JSON.stringify(secret)}}}`,
    ),
  );
  assert.deepEqual(outcome, {kind: 'delivered', orderId: '709261123102000244', charged: money('42.5', 'CNY'), secret});
});

const sales: readonly [string, string | null, Partial<BuyRequest>, BuyOutcome['kind']][] = [
  ['an apology on an automatic good', apology, {}, 'charged_without_goods'],
  ['nothing on an automatic good', '', {}, 'charged_without_goods'],
  ['null on an automatic good', null, {}, 'charged_without_goods'],
  ['nothing on a nested automatic good', '', {offer: nestedOffer}, 'charged_without_goods'],
  ['a placeholder on a nested automatic good', placeholder, {offer: nestedOffer}, 'charged_without_goods'],
  ['the platform’s placeholder on a good that was automatic', placeholder, {}, 'accepted'],
  ['the platform’s placeholder on a manual good', placeholder, {delivery: 'manual'}, 'accepted'],
  ['the seller’s own words on a manual good', 'Add WX seller88 to get it', {delivery: 'manual'}, 'accepted'],
  ['nothing on a manual good', '', {delivery: 'manual'}, 'accepted'],
  ['nothing on a nested manual good', '', {delivery: 'manual', offer: nestedOffer}, 'accepted'],
  ['a card on a nested good', 'CARD-1', {offer: nestedOffer}, 'delivered'],
  [
    'what a V4 platform says without goods',
    '此商品没有发货信息或正在发货中',
    {offer: nestedOffer},
    'charged_without_goods',
  ],
  ['a card with the seller’s advice', '账号：p1 密码：s3cret，有问题请联系客服', {}, 'delivered'],
];
for (const [name, secret, overrides, kind] of sales) {
  test(`charged, with ${name}: ${kind}`, async () => {
    for (const outcome of [
      await buy(() => success(saleOf({secret, amount: 0.07})), overrides),
      await reconcile(() => success(saleOf({secret, amount: 0.07})), overrides),
    ]) {
      assert.equal(outcome.kind, kind);
      assert.ok('charged' in outcome && outcome.charged.amount === '0.07' && outcome.orderId === '128261123102000328');
      const text = 'placeholder' in outcome ? outcome.placeholder : 'secret' in outcome ? outcome.secret : outcome.text;
      assert.equal(text, secret ?? '');
    }
  });
}

const refusals: readonly [string, string][] = [
  ['库存不足', 'sold_out'],
  ['余额不足', 'insufficient_balance'],
  ['You have been banned', 'account_blocked'],
  ['密钥错误', 'credentials'],
  ['商户ID不存在', 'credentials'],
  ['商品不存在', 'not_for_sale'],
  ['当前商品已停售', 'not_for_sale'],
  ['该商品未开放对接', 'not_for_sale'],
  ['抢购还未开始', 'not_for_sale'],
  ['抢购已结束', 'not_for_sale'],
  ['至少购买1个', 'quantity_not_allowed'],
  ['本商品最少购买2个', 'quantity_not_allowed'],
  ['本商品单次最多购买5个', 'quantity_not_allowed'],
  ['该商品每人只能购买1件', 'quantity_not_allowed'],
  ['请选择商品类型', 'choice_not_allowed'],
  ['此商品类型不存在[周卡]', 'choice_not_allowed'],
  ['请选择区服', 'choice_not_allowed'],
  ['区服选择错误', 'choice_not_allowed'],
  ['The current session is not secure. Please refresh the web page and try again.', 'field_not_accepted'],
  ['商品信息已经更新，请刷新后重新下单', 'other'],
  ['', 'other'],
];
for (const [message, reason] of refusals) {
  test(`A13: refused with ${JSON.stringify(message)}: ${reason}; in the answer to a repeat it proves what it proves`, async () => {
    assert.deepEqual(await buy(() => refusal(message)), {kind: 'refused', reason, text: message});
    const isProof = message === '余额不足' || message === 'You have been banned';
    assert.deepEqual(
      await reconcile(() => refusal(message)),
      isProof
        ? {kind: 'refused', reason, text: message}
        : {kind: 'unknown', reason: 'ambiguous_refusal', text: message},
    );
  });
}

test('A13: a used reference is never a refusal: unknown at first, bought when it was ours to repeat', async () => {
  const used = () => refusal('The request ID already exists');
  assert.equal(verdict(await buy(used)), 'unknown: ambiguous_refusal');
  assert.deepEqual(await reconcile(used), {kind: 'bought_unreadable', text: 'The request ID already exists'});
});

test('A12: a reselling shop without connection may have sold, also where it hides that it resells', async () => {
  for (const message of ['连接失败', '连接失败, 疑似被对方防火墙拦截', '商品暂时无法购买，请稍后重试']) {
    for (const overrides of [{offer: nestedOffer}, {}]) {
      assert.equal(verdict(await buy(() => refusal(message), overrides)), 'unknown: ambiguous_refusal');
      assert.equal(verdict(await reconcile(() => refusal(message), overrides)), 'unknown: ambiguous_refusal');
    }
  }
});

test('what a reselling shop says of an account need not be about ours', async () => {
  for (const message of ['余额不足', 'You have been banned', '密钥错误', '商户ID不存在']) {
    assert.equal(verdict(await buy(() => refusal(message), {offer: nestedOffer})), 'refused: other', message);
  }
  for (const message of ['余额不足', 'You have been banned']) {
    // Passed through from the next shop, it comes before the check of our reference and proves nothing.
    const repeated = await reconcile(() => refusal(message), {offer: nestedOffer});
    assert.equal(verdict(repeated), 'unknown: ambiguous_refusal', message);
  }
});

const lost: readonly [string, Behaviour, string][] = [
  ['a page', page, 'not_json'],
  ['an empty body', () => raw(''), 'not_json'],
  ['a cut body', () => raw('{"code":200,"data":{"secret":"STEAM-0021'), 'not_json'],
  ['status 502', () => new Response('', {status: 502}), 'unexpected_answer'],
  ['a redirect', () => new Response(null, {status: 307}), 'unexpected_answer'],
  ['an unknown code', () => raw('{"code":9999,"msg":"x"}'), 'unexpected_answer'],
  ['a broken connection', () => Promise.reject(new TypeError('fetch failed')), 'connection'],
  [
    'a body that breaks off',
    () => new Response(new ReadableStream({pull: c => c.error(new Error('reset'))})),
    'connection',
  ],
  ['a fetch that throws nonsense', () => Promise.reject(new Error('boom')), 'connection'],
];
for (const [name, behaviour, reason] of lost) {
  test(`a purchase answered by ${name} is unknown, and says no card`, async () => {
    for (const outcome of [await buy(behaviour), await reconcile(behaviour)]) {
      assert.equal(verdict(outcome), `unknown: ${reason}`);
      assert.ok(!JSON.stringify(outcome).includes('STEAM') && !JSON.stringify(outcome).includes(appKey));
    }
  });
}

test('an unreadable sale is unknown and names the order, not the card', async () => {
  const outcome = await buy(() => success(saleOf({amount: '面议'})));
  assert.equal(verdict(outcome), 'unknown: unexpected_answer');
  assert.ok('text' in outcome);
  assert.match(outcome.text, /amount.*128261123102000328/);
  assert.ok(!outcome.text.includes('STEAM'));
});

test('no answer in time is unknown', async t => {
  t.mock.timers.enable({apis: ['setTimeout']});
  let sent!: () => void;
  const sending = new Promise<void>(resolve => (sent = resolve));
  const {shop} = shopWith(
    {
      'commodity/trade': () => {
        sent();
        return new Promise(() => {});
      },
    },
    {timeouts: {purchase: 30_000}},
  );
  const outcome = shop.buy(purchaseOf(), patient);
  await sending;
  t.mock.timers.tick(30_000);
  assert.equal(verdict(await outcome), 'unknown: timeout');
});

test('an aborted purchase is unknown, before it is sent and after', async () => {
  const controller = new AbortController();
  const {shop, calls} = shopWith({
    'commodity/trade': () => {
      controller.abort();
      return new Promise(() => {});
    },
  });
  assert.equal(verdict(await shop.buy(purchaseOf(), controller.signal)), 'unknown: connection');
  assert.equal(verdict(await shop.buy(purchaseOf(), controller.signal)), 'unknown: connection');
  assert.equal(
    verdict(await shop.buy(purchaseOf({fields: {account: 'abc'}}), controller.signal)),
    'unknown: connection',
  );
  assert.equal(verdict(await shop.reconcile(purchaseOf(), controller.signal)), 'unknown: connection');
  assert.deepEqual(
    calls.map(({endpoint}) => endpoint),
    ['commodity/trade'],
  );
});

test('purchases and repeats of one account go out one at a time', async () => {
  let running = 0;
  let most = 0;
  const {shop} = shopWith({
    'commodity/item': item,
    'commodity/trade': async () => {
      most = Math.max(most, ++running);
      await new Promise(resolve => setImmediate(resolve));
      running--;
      return success(saleOf());
    },
  });
  const outcomes = await Promise.all([
    ...['A1', 'A2', 'A3'].map(reference => shop.buy(purchaseOf({reference}), patient)),
    shop.reconcile(purchaseOf({reference: 'A4'}), patient),
  ]);
  assert.ok(outcomes.every(({kind}) => kind === 'delivered'));
  assert.equal(most, 1);
});

test('a repeat is the same bytes, once, however the request was stored', async () => {
  const {shop, calls} = shopWith({'commodity/item': item, 'commodity/trade': page});
  const choices = {商品种类: '月卡', 区服: '日区', 时长: '加长'};
  const fields = {area: 'dx1', account: 'abc'};
  await shop.buy(purchaseOf({offer: {code: 'X', choices, nested: false}, fields}), patient);
  const stored = {
    offer: {code: 'X', choices: {时长: '加长', 商品种类: '月卡', 区服: '日区'}, nested: false},
    fields: {account: 'abc', area: 'dx1'},
  };
  await shop.reconcile(purchaseOf(stored), patient);
  const trades = calls.filter(({endpoint}) => endpoint === 'commodity/trade');
  assert.equal(trades.length, 2);
  assert.equal(trades[0]!.body, trades[1]!.body);
});

test('a shop that may be too old to refuse a used reference is not asked to repeat', async () => {
  const {shop, calls} = shopWith({'commodity/trade': () => success(saleOf())});
  assert.equal(verdict(await shop.reconcile(purchaseOf(), patient)), 'unknown: not_json');
  assert.deepEqual(
    calls.map(({endpoint}) => endpoint),
    ['commodity/item'],
  );
});

test('that question is asked once, a refusal answers it too, and no answer leaves the purchase unknown', async () => {
  const known = shopWith({'commodity/item': () => refusal('商品不存在'), 'commodity/trade': () => refusal('余额不足')});
  await known.shop.reconcile(purchaseOf(), patient);
  assert.equal((await known.shop.reconcile(purchaseOf(), patient)).kind, 'refused');
  assert.deepEqual(
    known.calls.map(({endpoint}) => endpoint),
    ['commodity/item', 'commodity/trade', 'commodity/trade'],
  );
  const silent = shopWith({
    'commodity/item': () => Promise.reject(new TypeError('x')),
    'commodity/trade': () => success(saleOf()),
  });
  assert.equal(verdict(await silent.shop.reconcile(purchaseOf(), patient)), 'unknown: connection');
  const locked = shopWith({'commodity/item': () => refusal('密钥错误'), 'commodity/trade': () => success(saleOf())});
  assert.equal(verdict(await locked.shop.reconcile(purchaseOf(), patient)), 'unknown: unexpected_answer');
  assert.equal(silent.calls.length + locked.calls.length, 2);
});

test('buyer fields go out under the good’s own names; a checkbox as a list', async () => {
  const widget = [...(JSON.parse(widgetJson) as object[]), {cn: '赠品', name: 'gift', type: 'checkbox', dict: '要=1'}];
  const {shop, calls} = shopWith({
    'commodity/item': () => success(singleGood({widget}), {}),
    'commodity/trade': () => success(saleOf()),
  });
  await shop.buy(purchaseOf({fields: {'gift[]': '1', account: '中 文&=+', area: 'dx1'}}), patient);
  const {form} = calls[1]!;
  assert.deepEqual([form.get('account'), form.get('area'), form.get('gift[0]')], ['中 文&=+', 'dx1', '1']);
  assert.equal(form.get('sign'), expectedSign(form));
});

test('a field the good does not declare is never sent', async () => {
  const {shop, calls} = shopWith({'commodity/item': item, 'commodity/trade': () => success(saleOf())});
  for (const name of ['wallet', 'card_id', 'request_no', 'REQUEST_NO', 'coupon', 'sku[区服]', 'a.b', '', 'race']) {
    const outcome = await shop.buy(purchaseOf({fields: {account: 'abc', area: 'dx1', [name]: 'x'}}), patient);
    assert.equal(outcome.kind, 'refused', name);
  }
  assert.deepEqual(new Set(calls.map(({endpoint}) => endpoint)), new Set(['commodity/item']));
});

test('a field’s own error text is a refusal for the field', async () => {
  const outcome = await buy(() => refusal('账号错误'), {fields: {account: 'a', area: 'dx1'}});
  assert.deepEqual(outcome, {kind: 'refused', reason: 'field_not_accepted', text: '账号错误'});
});

test('fields that cannot be checked are not sent, and the purchase is certainly not made', async () => {
  for (const [behaviour, reason] of [
    [page, 'other'],
    [() => refusal('商品不存在'), 'not_for_sale'],
    [() => refusal('密钥错误'), 'credentials'],
  ] as const) {
    const {shop, calls} = shopWith({'commodity/item': behaviour, 'commodity/trade': () => success(saleOf())});
    assert.equal(verdict(await shop.buy(purchaseOf({fields: {account: 'abc'}}), patient)), `refused: ${reason}`);
    assert.equal(calls.length, 1);
  }
});

const unsendable: readonly [string, Partial<BuyRequest>][] = [
  ['a reference of 20 characters', {reference: '12345678901234567890'}],
  ['a reference that means none', {reference: '0'}],
  ['an empty reference', {reference: ''}],
  ['a reference with other signs', {reference: 'order-1'}],
  ['no quantity', {quantity: 0}],
  ['a broken quantity', {quantity: 2.9}],
  ['a password of 33 characters', {password: 'x'.repeat(33)}],
  ['no password', {password: ''}],
  ['a group PHP would rename', {offer: {code: 'X', choices: {'a]b': 'x'}, nested: false}}],
];
for (const [name, overrides] of unsendable) {
  test(`a purchase with ${name} is refused and not sent`, async () => {
    const {shop, calls} = shopWith({'commodity/trade': () => success(saleOf()), 'commodity/item': item});
    assert.equal(verdict(await shop.buy(purchaseOf(overrides), patient)), 'refused: other');
    assert.equal(verdict(await shop.reconcile(purchaseOf(overrides), patient)), 'refused: other');
    assert.equal(calls.length, 0);
  });
}

test('an order is followed until its text is another than it was accepted with', async () => {
  const follow = (secret: string | null, known = placeholder) =>
    shopWith({'commodity/query': () => success({secret, widget: null, status: 1})}).shop.follow(
      {orderId: '128261123102000328', placeholder: known},
      patient,
    );
  assert.deepEqual(await follow(placeholder), {kind: 'pending', text: placeholder});
  assert.deepEqual(await follow('', ''), {kind: 'pending', text: ''});
  assert.deepEqual(await follow(null, 'Add WX seller88'), {kind: 'pending', text: ''});
  assert.deepEqual(await follow('Add WX seller88', 'Add WX seller88\n'), {kind: 'pending', text: 'Add WX seller88'});
  assert.deepEqual(await follow(apology), {kind: 'pending', text: apology});
  assert.deepEqual(await follow('充值成功，请查收。'), {kind: 'delivered', secret: '充值成功，请查收。'});
  assert.deepEqual(await follow('CARD-1\nCARD-2'), {kind: 'delivered', secret: 'CARD-1\nCARD-2'});
});

test('an order that is not ours is absent, and is asked for by its number in the signed body', async () => {
  const {shop, calls} = shopWith({'commodity/query': () => refusal('订单不存在')});
  assert.equal((await shop.follow({orderId: '128261123102000328', placeholder}, patient)).kind, 'absent');
  assert.equal(calls[0]!.form.get('tradeNo'), '128261123102000328');
  assert.equal(calls[0]!.form.get('sign'), expectedSign(calls[0]!.form));
});
