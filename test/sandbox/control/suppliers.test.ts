import assert from 'node:assert/strict';
import {test} from 'node:test';
import {openControl} from '../support/control.ts';
import {origin} from '../support/shop.ts';

test('a supplier is made, offers a good, uploads cards, and sees what it sold and is owed', async () => {
  const {send, upload, trade} = openControl();
  const made = await send('POST', '/suppliers', {
    name: '北辰数卡',
    level: 1,
    commission: {percent: '5', fixed: '0.10'},
  });
  assert.equal(made.status, 201);
  assert.deepEqual(made.body, {id: 8, name: '北辰数卡', level: 1, commission: {percent: '5', fixed: '0.10'}});
  assert.deepEqual((await send('GET', '/suppliers')).body.at(-1), made.body);

  const draft = {title: '周卡', categoryId: 101, wholesalePrice: '9.99', stockCap: 2};
  const {status, body: good} = await send('POST', '/suppliers/8/goods', draft);
  assert.deepEqual([status, good.supplierId, good.memberPrice, good.stock], [201, 8, '9.99', 0]);
  const report = await upload(`/goods/${good.code}/cards`, 'A-1\r\n\n  A-2  \nA-1\nA-3');
  assert.deepEqual(report.body, {added: 3, duplicates: [{line: 4, of: 1}]});
  const listed = (await send('GET', '/goods')).body.find(({code}: {code: string}) => code === good.code);
  assert.deepEqual([listed.stock, listed.unsold], [2, 3]);

  const {data} = await trade({shared_code: good.code, num: 2});
  assert.equal(data.secret, 'A-1\nA-2');
  const statement = (await send('GET', '/suppliers/8/statement?month=2026-11')).body;
  // 5 % of ¥9.99 and ten fen, twice.
  assert.deepEqual(
    [statement.totals.net.amount, statement.totals.commission.amount, statement.totals.owed.amount],
    ['19.98', '1.20', '18.78'],
  );
  assert.equal(statement.sales[0].tradeNo, data.tradeNo);
  assert.deepEqual((await send('GET', '/suppliers/8/statement?month=2026-12')).body.sales, []);
});

test('terms and suppliers change, and null takes away', async () => {
  const {send, call} = openControl();
  const code = 'PLAIN00000000001';
  const changed = await send('PATCH', `/goods/${code}/terms`, {
    wholesalePrice: '8.50',
    stockCap: 3,
    commission: {fixed: '1'},
  });
  assert.deepEqual([changed.body.memberPrice, changed.body.stock, changed.body.commission], ['8.50', 3, {fixed: '1'}]);
  assert.equal((await call('commodity/valuation', {code, num: 1})).data.price, '8.50');
  assert.equal((await call('commodity/stock', {code})).data.stock, '3');
  const bare = (await send('PATCH', `/goods/${code}/terms`, {stockCap: null, commission: null})).body;
  assert.deepEqual([bare.stock, 'stockCap' in bare, 'commission' in bare], [40, false, false]);
  assert.deepEqual((await send('PATCH', '/suppliers/7', {level: 2, commission: {percent: '3'}})).body, {
    id: 7,
    name: '星河数卡',
    level: 2,
    commission: {percent: '3'},
  });
  assert.equal('commission' in (await send('PATCH', '/suppliers/7', {commission: null})).body, false);
});

test('what is wrong is refused, with its place', async () => {
  const {send, upload} = openControl();
  const wrong = await send('POST', '/suppliers', {name: ' ', level: 3, commission: {percent: '-5'}});
  assert.equal(wrong.status, 400);
  for (const path of ['name', 'level', 'commission.percent']) assert.ok(wrong.body.detail.includes(path), path);
  for (const [method, path, body, status] of [
    ['PATCH', '/suppliers/99', {level: 1}, 404],
    ['GET', '/suppliers/99/statement', undefined, 404],
    ['GET', '/suppliers/7/statement?month=last', undefined, 400],
    ['POST', '/suppliers/99/goods', {title: 'x', categoryId: 101, wholesalePrice: '1'}, 404],
    ['POST', '/suppliers/7/goods', {title: 'x', categoryId: 9, wholesalePrice: '1'}, 404],
    ['PATCH', '/goods/PLAIN00000000001/terms', {wholesalePrices: {年卡: '1'}}, 409],
    ['PATCH', '/goods/PLAIN00000000001/terms', {exclusiveTo: 44}, 404],
    ['PATCH', '/goods/PLAIN00000000001/terms', {wholesalePrice: '1.00001'}, 400],
    ['PATCH', '/goods/NOPE/terms', {stockCap: 1}, 404],
  ] as const) {
    assert.equal((await send(method, path, body)).status, status, `${method} ${path}`);
  }
  assert.equal((await upload('/goods/NOPE/cards', 'A')).status, 404);
  assert.equal((await upload('/goods/MANUAL0000000002/cards', 'A')).status, 409);
  assert.equal((await upload('/goods/RSKU000000000001/cards?race=月卡', 'A')).status, 409);
});

test('cards of a kind name it; the same line twice over chunks of any size is found', async () => {
  const {upload, sandbox} = openControl();
  const query = new URLSearchParams({race: '月卡', 'option.区服': '日区', 'option.时长': '加长'});
  const before = sandbox.platform.stock(sandbox.platform.good('RSKU000000000001')!);
  const bytes = new TextEncoder().encode('\uFEFF卡号: 1 密码: 2\n卡号: 3 密码: 4\r\n卡号: 1 密码: 2\n');
  for (const size of [1, 2, 3, 7, bytes.length]) {
    const chunks = Array.from({length: Math.ceil(bytes.length / size)}, (_, index) =>
      bytes.slice(index * size, (index + 1) * size),
    );
    const {body} = await upload(`/goods/RSKU000000000001/cards?${query}`, streamOf(chunks));
    assert.deepEqual(body.duplicates, size === 1 ? [{line: 3, of: 1}] : [1, 2, 3].map(line => ({line, of: 'stock'})));
  }
  assert.equal(sandbox.platform.stock(sandbox.platform.good('RSKU000000000001')!), before + 2);
});

test('an upload that cannot be read to its end adds nothing', async () => {
  const {upload, sandbox} = openControl();
  const stock = () => sandbox.platform.stock(sandbox.platform.good('PLAIN00000000001')!);
  const path = '/goods/PLAIN00000000001/cards';
  const before = stock();
  const noText = await upload(path, new Uint8Array([0x41, 0x0a, 0xb0, 0xff]));
  assert.deepEqual([noText.status, /UTF-8/.test(noText.body.detail)], [400, true]);
  const long = await upload(path, `A\n${'x'.repeat(2001)}\nB`);
  assert.deepEqual([long.status, /^Line 2 /.test(long.body.detail)], [400, true]);
  assert.equal((await upload(path, `A\n${'x'.repeat(5_000_000)}`)).status, 400);
  const cut = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('A\nB\n'));
    },
    pull(controller) {
      controller.error(new TypeError('cut'));
    },
  });
  await assert.rejects(upload(path, cut), /cut/);
  assert.equal((await upload(path, '')).body.added, 0);
  assert.equal(stock(), before);
});

test('100,000 lines, streamed; every duplicate is reported by its line', async () => {
  const {upload, sandbox} = openControl();
  let line = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const lines = Array.from({length: 1000}, () => `C-${(line += 1) % 1000 === 0 ? 1 : line}\n`).join('');
      controller.enqueue(new TextEncoder().encode(lines));
      if (line >= 100_000) controller.close();
    },
  });
  const report = (await upload('/goods/PLAIN00000000001/cards', body)).body;
  assert.equal(report.added, 99_900);
  assert.deepEqual(
    report.duplicates,
    Array.from({length: 100}, (_, index) => ({line: (index + 1) * 1000, of: 1})),
  );
  assert.equal(sandbox.platform.stock(sandbox.platform.good('PLAIN00000000001')!), 99_940);
});

test('tiers are replaced as a whole, merchants are put into them, and prices follow on the wire', async () => {
  const {send, call, sandbox} = openControl();
  const tiers = [
    {id: 1, name: '普通', discounts: [], monthlySales: '0'},
    {id: 2, name: '金牌', discounts: [{goodIds: 'all', percent: '90'}], monthlySales: '100'},
  ];
  assert.deepEqual((await send('PUT', '/tiers', tiers)).body, tiers);
  assert.deepEqual((await send('GET', '/tiers')).body, tiers);
  const valuation = async () => (await call('commodity/valuation', {code: 'PLAIN00000000001', num: 1})).data.price;
  assert.equal(await valuation(), '9.00');
  const {standing} = (await send('GET', '/merchants/1000')).body;
  assert.deepEqual([standing.tier.id, standing.next.missing.amount], [1, '100.00']);
  sandbox.platform.sell({
    merchantId: 1000,
    goodId: sandbox.platform.good('PLAIN00000000001')!.id,
    quantity: 1,
    amount: {currency: 'CNY', amount: '100.00'},
    fields: {},
  });
  assert.equal(await valuation(), '8.10');
  assert.equal((await send('GET', '/merchants/1000')).body.standing.tier.id, 2);
  assert.equal((await send('PUT', '/merchants/1003', {groupId: 2})).body.groupId, 2);
  assert.equal((await send('PUT', '/merchants/1003', {groupId: 7})).status, 404);
  assert.equal((await send('GET', '/merchants/77')).status, 404);
  for (const wrong of [[tiers[0]], [...tiers, tiers[1]], [...tiers, {...tiers[1], id: 3}]]) {
    assert.equal((await send('PUT', '/tiers', wrong)).status, 409);
  }
  assert.equal((await send('PUT', '/tiers', [{id: 1}])).status, 400);
});

test('a wallet’s movements add up to its balance', async () => {
  const {send, trade} = openControl();
  await send('POST', '/wallets/1000/top-up', {amount: '100.05'});
  const {tradeNo} = (await trade({shared_code: 'PLAIN00000000001'})).data;
  assert.equal((await send('POST', `/orders/${tradeNo}/refund`, {amount: '4'})).body.refunded.amount, '4.00');
  assert.equal((await send('POST', `/orders/${tradeNo}/refund`, {amount: '5.01'})).status, 409);
  const movements = (await send('GET', '/merchants/1000/movements')).body;
  assert.deepEqual(
    movements.map((movement: {reason: string; amount: {amount: string}; balance: {amount: string}}) =>
      [movement.reason, movement.amount.amount, movement.balance.amount].join(' '),
    ),
    ['opening 9889.76 9889.76', 'top_up 100.05 9989.81', 'order -9.00 9980.81', 'refund 4.00 9984.81'],
  );
  assert.equal((await send('GET', '/merchants/77/movements')).status, 404);
});

test('a ticket is opened, answered and decided, and the protocols show what came of it', async () => {
  const {send, trade, call} = openControl();
  const {tradeNo} = (await trade({shared_code: 'PLAIN00000000001', num: 2})).data;
  const asked = {merchantId: 1000, tradeNo, topic: '卡密无效', text: '提示已使用'};
  const opened = await send('POST', '/tickets', asked);
  assert.deepEqual([opened.status, opened.body.state], [201, 'waiting']);
  assert.equal((await send('POST', '/tickets', asked)).status, 409);
  assert.equal((await send('POST', '/tickets', {...asked, merchantId: 1003})).status, 404);
  const written = await send('POST', '/tickets/1/messages', {from: 'supplier', text: '核实中'});
  assert.equal(written.body.state, 'in_work');
  assert.equal((await send('POST', '/tickets/1/messages', {from: 'buyer', text: 'x'})).status, 400);
  assert.equal((await send('GET', '/tickets?running=1&merchant=1000')).body.length, 1);
  assert.equal((await send('GET', '/tickets?supplier=99')).body.length, 0);

  const [first] = (await send('GET', '/ledger')).body.orders[0].cardIds;
  const decision = {kind: 'replace', cardIds: [first], secrets: ['NEW-1'], text: '已补发'};
  const decided = (await send('POST', '/tickets/1/decision', decision)).body;
  assert.deepEqual([decided.state, decided.outcome.kind, decided.messages.at(-1).text], ['done', 'replaced', '已补发']);
  assert.equal((await call('commodity/query', {tradeNo})).data.secret.split('\n')[1], 'NEW-1');
  assert.equal((await send('POST', '/tickets/1/decision', {kind: 'reject'})).status, 409);

  assert.equal((await send('POST', '/tickets', asked)).body.id, 2);
  assert.equal((await send('POST', '/tickets/2/decision', {kind: 'refund', amount: '99'})).status, 409);
  const refunded = (await send('POST', '/tickets/2/decision', {kind: 'refund', amount: '9.00'})).body;
  assert.deepEqual(refunded.outcome, {kind: 'refunded', amount: {currency: 'CNY', amount: '9.00'}, isFull: false});
  assert.equal((await send('POST', '/tickets', asked)).body.id, 3);
  assert.equal((await send('POST', '/tickets/3/withdrawal')).body.state, 'withdrawn');
  assert.equal((await send('GET', '/tickets/3')).body.state, 'withdrawn');
  assert.equal((await send('GET', '/tickets/4')).status, 404);
  assert.equal((await send('GET', '/tickets?running=1')).body.length, 0);
});

test('none of it without the token', async () => {
  const {sandbox} = openControl();
  for (const path of ['suppliers', 'tickets', 'tiers', 'merchants', 'goods/PLAIN00000000001/cards']) {
    assert.equal((await sandbox.fetch(new Request(`${origin}/control/${path}`))).status, 401, path);
  }
});

function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}
