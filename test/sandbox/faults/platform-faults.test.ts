import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isConnectionDropped, type FaultOrder} from '../../../src/sandbox/index.ts';
import {FaultBox} from '../../../src/sandbox/faults/fault-box.ts';
import {apologyText, placeholderText} from '../../../src/sandbox/platform/platform.ts';
import {signatureOf as openApiSignature} from '../../../src/sandbox/dujiao-next/signature.ts';
import {appKey, assertPage, openShop, origin, signedRequest} from '../support/shop.ts';

const plain = {shared_code: 'PLAIN00000000001'};
const nested = {shared_code: 'NESTED0000000001'};

async function sizeOf(stream: ReadableStream<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const chunk of stream) size += chunk.length;
  return size;
}

function struck(order: FaultOrder) {
  const shop = openShop();
  shop.sandbox.faults.arm(order);
  return {...shop, orders: () => shop.sandbox.platform.ledger().orders};
}

test('drop-before-commit: no answer, nothing bought, and only once', async () => {
  const {trade, orders} = struck({fault: 'drop-before-commit'});
  await assert.rejects(trade(plain), isConnectionDropped);
  assert.equal(orders().length, 0);
  assert.equal((await trade(plain)).code, 200);
});

test('commit-then-drop: no answer, bought, and the repeat says so', async () => {
  const {trade, orders} = struck({fault: 'commit-then-drop'});
  const request = {...plain, request_no: 'LOST00001'};
  await assert.rejects(trade(request), isConnectionDropped);
  assert.equal(orders().length, 1);
  assert.equal((await trade(request)).msg, 'The request ID already exists');
  assert.equal(orders().length, 1);
});

test('html: the page, nothing bought', async () => {
  const {trade, orders} = struck({fault: 'html'});
  assertPage(await trade(plain));
  assert.equal(orders().length, 0);
});

test('bad-gateway-after-commit: 502 and bought', async () => {
  const {sandbox, orders} = struck({fault: 'bad-gateway-after-commit'});
  const fields = {...plain, contact: 'c', num: 1, device: 0, password: '', card_id: 0, race: '', request_no: 'G1'};
  const response = await sandbox.fetch(signedRequest('commodity/trade', fields));
  assert.equal(response.status, 502);
  assert.equal(orders().length, 1);
});

test('slow: bought at once, answered late', async () => {
  const {trade, clock, orders} = struck({fault: 'slow', delayMs: 31_000});
  const answer = trade(plain);
  await clock.advance(30_999);
  assert.equal(orders().length, 1);
  assert.equal(clock.waiting, 1);
  await clock.advance(1);
  assert.equal((await answer).code, 200);
});

test('oversold, placeholder, empty-secret: charged without a card', async () => {
  for (const [fault, secret] of [
    ['oversold', apologyText],
    ['placeholder', placeholderText],
    ['empty-secret', ''],
  ] as const) {
    const {sandbox, trade, call} = struck({fault});
    const {data} = await trade(plain);
    assert.equal(data.secret, secret);
    assert.equal(data.amount, 9);
    assert.equal(data.stock, '40');
    assert.equal(sandbox.platform.ledger().balances['1000'], '9880.76');
    assert.equal((await call('commodity/query', {tradeNo: data.tradeNo})).data.secret, secret);
  }
});

test('a placeholder can become real later; an apology cannot', async () => {
  const later = struck({fault: 'placeholder'});
  const {tradeNo} = (await later.trade(plain)).data;
  assert.equal(later.sandbox.platform.deliver(tradeNo, 'X-1').secret, 'X-1');
  const never = struck({fault: 'oversold'});
  const apologised = (await never.trade(plain)).data.tradeNo;
  assert.throws(() => never.sandbox.platform.deliver(apologised), /apologised/);
});

test('overstated-stock: promises what trade then refuses, or apologises for', async () => {
  const {sandbox, call, trade} = struck({fault: 'overstated-stock', endpoint: 'stock', extra: 7});
  assert.equal((await call('commodity/stock', {code: 'SOLD000000000001'})).data.stock, '7');
  assert.equal((await trade({shared_code: 'SOLD000000000001'})).msg, '库存不足');
  sandbox.faults.arm({fault: 'overstated-stock'});
  assert.equal((await trade({shared_code: 'SOLD000000000001'})).data.secret, apologyText);
});

test('price-moved: more is charged than valuation said, from then on', async () => {
  const {call, trade} = struck({fault: 'price-moved', percent: 20});
  const valuation = () => call('commodity/valuation', {code: 'PLAIN00000000001', num: 1});
  assert.equal((await valuation()).data.price, '9.00');
  assert.equal((await trade(plain)).data.amount, 10.8);
  assert.equal((await valuation()).data.price, '10.80');
});

test('wallet-spent-elsewhere: some of it, or all', async () => {
  const some = struck({fault: 'wallet-spent-elsewhere', amount: '100'});
  assert.equal((await some.trade(plain)).code, 200);
  assert.equal(some.sandbox.platform.ledger().balances['1000'], '9780.76');
  const all = struck({fault: 'wallet-spent-elsewhere'});
  assert.equal((await all.trade(plain)).msg, '余额不足');
});

test('sold-elsewhere: somebody was quicker, by some pieces or by all', async () => {
  const some = struck({fault: 'sold-elsewhere', extra: 38});
  assert.equal((await some.trade({...plain, num: 3})).msg, '库存不足');
  assert.equal((await some.trade({...plain, num: 2})).code, 200);
  const all = struck({fault: 'sold-elsewhere'});
  assert.equal((await all.trade(plain)).msg, '库存不足');
  const byHand = struck({fault: 'sold-elsewhere'});
  const {manualStock} = byHand.sandbox.platform.good('MANUAL0000000002')!;
  await byHand.trade({shared_code: 'MANUAL0000000002'});
  assert.ok(manualStock > 0);
  assert.equal(byHand.sandbox.platform.good('MANUAL0000000002')?.manualStock, 0);
});

test('refund-later: delivered, and a minute later paid back with its cards worthless', async () => {
  const {sandbox, trade, clock, orders} = struck({fault: 'refund-later'});
  const {data} = await trade({...plain, num: 2});
  assert.equal(data.secret.split('\n').length, 2);
  await clock.advance(59_999);
  assert.equal(orders()[0]?.refunded, undefined);
  await clock.advance(1);
  assert.equal(orders()[0]?.refunded?.amount, '18.00');
  assert.equal(sandbox.platform.ledger().balances['1000'], '9889.76');
  for (const id of orders()[0]!.cardIds) assert.equal(sandbox.platform.card(id)?.state, 'void');
});

test('key-refused: as with a key that was changed, and only while it strikes', async () => {
  const {trade, orders} = struck({fault: 'key-refused'});
  assert.deepEqual(await trade(plain), {code: 0, msg: '密钥错误'});
  assert.equal(orders().length, 0);
  assert.equal((await trade(plain)).code, 200);
});

test('clock-skew: a protocol that looks at the time refuses, one that does not goes on', async () => {
  const {sandbox, trade} = struck({fault: 'clock-skew', endpoint: '*', times: 2});
  assert.equal((await trade(plain)).code, 200);
  const request = () => {
    const timestamp = String(Math.floor(sandbox.platform.now() / 1000));
    const path = '/api/v1/upstream/ping';
    const signature = openApiSignature({method: 'POST', path, timestamp, body: new Uint8Array()}, appKey);
    return new Request(`${origin}${path}`, {
      method: 'POST',
      headers: {
        'dujiao-next-api-key': '1000',
        'dujiao-next-timestamp': timestamp,
        'dujiao-next-signature': signature,
      },
    });
  };
  const late = await (await sandbox.fetch(request())).json();
  assert.equal(late.error_code, 'timestamp_expired');
  assert.equal((await (await sandbox.fetch(request())).json()).ok, true);
});

const commonFields = {...plain, contact: 'c', num: 1, device: 0, password: '', card_id: 0, race: '', request_no: 'B1'};

test('cut-answer and short-answer: bought, and only the beginning arrives', async () => {
  const cut = struck({fault: 'cut-answer', bytes: 7});
  const broken = await cut.sandbox.fetch(signedRequest('commodity/trade', commonFields));
  const reader = broken.body!.getReader();
  assert.equal(new TextDecoder().decode((await reader.read()).value), '{"code"');
  await assert.rejects(reader.read(), isConnectionDropped);
  assert.ok(Number(broken.headers.get('content-length')) > 100);
  assert.equal(cut.orders().length, 1);

  const short = struck({fault: 'short-answer'});
  const text = await (await short.sandbox.fetch(signedRequest('commodity/trade', commonFields))).text();
  assert.ok(text.startsWith('{"code":200') && !text.endsWith('}'));
  assert.equal(short.orders().length, 1);
});

test('gzip-bomb, huge-answer, wrong-charset: bought, and answered with what nobody should swallow', async () => {
  const answerTo = async (fault: FaultOrder['fault']) => {
    const {sandbox, orders} = struck({fault});
    const response = await sandbox.fetch(signedRequest('commodity/trade', commonFields));
    assert.equal(orders().length, 1);
    return response;
  };
  const bomb = await answerTo('gzip-bomb');
  assert.equal(bomb.headers.get('content-encoding'), 'gzip');
  const packed = new Uint8Array(await bomb.arrayBuffer());
  assert.ok(packed.length < 1_000_000, `${packed.length} bytes on the wire`);
  assert.equal(await sizeOf(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))), 268_435_456);
  assert.equal(await sizeOf((await answerTo('huge-answer')).body!), 104_857_600);
  const charset = await answerTo('wrong-charset');
  assert.equal(charset.headers.get('content-type'), 'application/json; charset=gb2312');
  assert.equal((await charset.json()).code, 200);
});

test('nested: commit, then code 0 because of the stock', async () => {
  const {trade, orders} = struck({fault: 'nested-refresh-failed'});
  assert.deepEqual(await trade(nested), {code: 0, msg: '连接失败, 疑似被对方防火墙拦截'});
  assert.deepEqual(orders()[0]?.cards, ['NEST-1']);
});

test('nested: the next shop fails before anything is bought', async () => {
  for (const [fault, msg] of [
    ['next-shop-unreachable', '连接失败, 疑似被对方防火墙拦截'],
    ['next-shop-html', '连接失败'],
    ['next-shop-out-of-balance', '余额不足'],
  ] as const) {
    const {trade, orders} = struck({fault});
    assert.deepEqual(await trade(nested), {code: 0, msg});
    assert.equal(orders().length, 0);
  }
});

test('a fault waits for its endpoint and its good', async () => {
  const {sandbox, call, trade} = struck({fault: 'html', endpoint: '*', goodCode: 'BULK000000000001', times: 2});
  assert.equal((await trade(plain)).code, 200);
  assertPage(await call('commodity/stock', {code: 'BULK000000000001'}));
  assertPage(await trade({shared_code: 'BULK000000000001'}));
  assert.deepEqual(sandbox.faults.list(), []);
});

test('chance follows the seed', () => {
  const strikes = (seed: string): boolean[] => {
    const box = new FaultBox({seed, now: () => 0});
    box.arm({fault: 'html', probability: 0.5, times: null});
    return Array.from({length: 200}, () => box.strike('trade').has('html'));
  };
  assert.deepEqual(strikes('a'), strikes('a'));
  assert.notDeepEqual(strikes('a'), strikes('b'));
  const hits = strikes('a').filter(Boolean).length;
  assert.ok(hits > 70 && hits < 130, `${hits} of 200`);
});
