import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {createSandbox} from '../../../src/sandbox/index.ts';
import {money, sum} from '../../../src/domain/money.ts';
import {yuan} from '../../../src/sandbox/platform/wallets.ts';
import {FakeClock} from '../support/fake-clock.ts';
import {openShop} from '../support/shop.ts';

const sale = (quantity: number, requestNo: string, merchantId = 1000) => ({
  merchantId,
  goodId: 100,
  quantity,
  requestNo,
  amount: yuan(String(quantity * 9)),
  fields: {},
});

test('whatever is bought in whatever order: no card twice, wallets and movements agree', () => {
  const purchases = fc.array(
    fc.record({
      merchantId: fc.constantFrom(1000, 1001, 1002, 1003),
      quantity: fc.integer({min: 1, max: 12}),
      requestNo: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'A', 'b '),
    }),
  );
  fc.assert(
    fc.property(purchases, list => {
      const {platform} = openShop().sandbox;
      for (const {merchantId, quantity, requestNo} of list) {
        try {
          platform.sell(sale(quantity, requestNo, merchantId));
        } catch (error) {
          assert.equal((error as Error).name, 'SaleRefused');
        }
      }
      const {orders, movements, balances, stock} = platform.ledger();
      const sold = orders.flatMap(order => order.cards);
      assert.equal(new Set(sold).size, sold.length);
      assert.equal(stock['PLAIN00000000001'], 40 - sold.length);
      const requests = orders.map(order => order.requestNo?.trim().toLowerCase());
      assert.equal(new Set(requests).size, requests.length);
      for (const [id, balance] of Object.entries(balances)) {
        const moved = sum(
          movements.filter(({merchantId}) => String(merchantId) === id).map(({amount}) => amount),
          'CNY',
        );
        assert.deepEqual(money(balance, 'CNY'), moved);
        assert.ok(!balance.startsWith('-'));
      }
    }),
    {numRuns: 50},
  );
});

test('a number that any order may have finds all of them, and protects against nothing', () => {
  const {platform} = openShop().sandbox;
  const order = {...sale(1, 'Ab-1'), requestScope: 'order' as const};
  const placed = [platform.sell(order), platform.sell({...order, requestNo: 'ab-1 '}), platform.sell(sale(1, 'other'))];
  assert.deepEqual(platform.ordersByReference(1000, 'AB-1'), placed.slice(0, 2));
  assert.deepEqual(platform.ordersByReference(1003, 'AB-1'), []);
  assert.deepEqual(platform.ordersByReference(1000, 'other'), placed.slice(2));
  assert.equal(platform.orderByRequest(order), undefined);
  assert.deepEqual(
    placed.map(({tradeNo}) => [platform.placeOf({tradeNo}), platform.orderAt(platform.placeOf({tradeNo}))?.tradeNo]),
    placed.map(({tradeNo}, place) => [place, tradeNo]),
  );
  assert.deepEqual(platform.ordersOf(1000), placed);
});

test('a refused sale changes nothing', () => {
  const {platform} = openShop().sandbox;
  const before = platform.snapshot();
  assert.throws(() => platform.sell(sale(1, 'x', 1001)), {reason: 'insufficient_balance'});
  assert.throws(() => platform.sell(sale(1, 'x', 1002)), {reason: 'banned'});
  assert.throws(() => platform.sell({...sale(1, 'x'), pickedCardId: 7}), {reason: 'card_absent'});
  assert.deepEqual(platform.snapshot(), before);
});

test('a sandbox goes on from another’s snapshot', async () => {
  const first = openShop();
  const {tradeNo} = (await first.trade({shared_code: 'PLAIN00000000001', request_no: 'KEEP0001'})).data;
  const snapshot = JSON.parse(JSON.stringify(first.sandbox.snapshot()));
  const second = openShop({snapshot});
  assert.deepEqual(second.sandbox.platform.ledger(), first.sandbox.platform.ledger());
  assert.equal((await second.call('commodity/query', {tradeNo})).data.secret, 'STEAM-0021-AAAA-BBBB');
  const repeat = await second.trade({shared_code: 'PLAIN00000000001', request_no: 'KEEP0001'});
  assert.equal(repeat.msg, 'The request ID already exists');
  assert.equal(JSON.stringify(snapshot).includes('0123456789ABCDEF'), false, 'keys stay out of the snapshot');
});

test('manual orders are delivered by themselves when asked to, also after a restart', async () => {
  const first = openShop({deliverManualAfterMs: 60_000});
  const {tradeNo} = (await first.trade({shared_code: 'MANUAL0000000002', num: 2})).data;
  await first.clock.advance(59_999);
  assert.equal(first.sandbox.platform.order(tradeNo)?.state, 'awaiting_delivery');
  const clock = new FakeClock(first.clock.now());
  const second = createSandbox({clock, deliverManualAfterMs: 60_000, snapshot: first.sandbox.snapshot()});
  await clock.advance(1);
  const order = second.platform.order(tradeNo);
  assert.equal(order?.state, 'delivered');
  assert.equal(order?.secret.split('\n').length, 2);
  second.close();
  first.sandbox.close();
  assert.equal(first.clock.waiting, 0);
});

test('stock is set up and down, of a choice as well', () => {
  const {platform} = openShop().sandbox;
  const choice = {race: '月卡', options: {区服: '日区', 时长: '加长'}};
  platform.setStock('RSKU000000000001', 2, choice);
  const good = platform.good('RSKU000000000001')!;
  assert.deepEqual([platform.stock(good, choice), platform.stock(good)], [2, 4]);
  platform.setStock('RSKU000000000001', 9, choice);
  assert.equal(platform.stock(good, choice), 9);
  const secrets = platform.unsold(good.id).map(card => card.secret);
  assert.equal(new Set(secrets).size, secrets.length);
  assert.throws(() => platform.setStock('NOPE', 1), RangeError);
  assert.throws(() => platform.setStock('RSKU000000000001', -1), RangeError);
});
