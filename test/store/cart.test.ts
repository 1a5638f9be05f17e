import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {createClient} from '../../src/client/client.ts';
import {createCart} from '../../src/store/cart.ts';
import {isCartError} from '../../src/store/cart-error.ts';
import {newLine, quote, yuan} from './support/builders.ts';
import {FakeDevice, turns} from './support/fake-device.ts';
import {FakeServer} from './support/fake-server.ts';

const key = 'keystall:cart:https://shop.example';

function setUp(device = new FakeDevice(), server = new FakeServer(), reach: typeof fetch = server.fetch) {
  const open = () => createCart(createClient({address: server.address, fetch: reach}), device.tab().environment);
  return {device, server, open, cart: open()};
}

/** Lets answers through one by one. */
function gate(server: FakeServer) {
  const waiting: (() => void)[] = [];
  const reach: typeof fetch = async (input, init) => {
    await new Promise<void>(resolve => waiting.push(resolve));
    return server.fetch(input, init);
  };
  return {reach, waiting, open: () => waiting.shift()?.()};
}

describe('adding', () => {
  it('shows at once, is confirmed by the server, and is kept', async () => {
    const {cart, device} = setUp();
    const adding = cart.add(newLine({quantity: 2}));
    assert.equal(cart.value.lines[0]?.pending, true);
    assert.deepEqual(cart.value.subtotal, yuan('96.00'));
    await adding;
    assert.equal(cart.value.lines[0]?.pending, false);
    assert.equal(cart.value.count, 2);
    assert.ok(device.stored.get(key)?.includes('sku-1'));
  });

  it('the same good again adds up', async () => {
    const {cart} = setUp();
    await cart.add(newLine());
    await cart.add(newLine({quantity: 3}));
    assert.deepEqual([cart.value.lines.length, cart.value.count], [1, 4]);
  });

  it('is taken back, with the reason, when the server refuses', async () => {
    const {cart, server} = setUp();
    server.problems.set('sku-1', {problem: 'insufficient_stock', available: 1});
    await assert.rejects(cart.add(newLine({quantity: 2})), error => {
      assert.ok(isCartError(error));
      assert.deepEqual(error.problem, {kind: 'not_enough', available: 1});
      return true;
    });
    assert.deepEqual(cart.value, {lines: [], count: 0});
  });

  it('says how many there must be at least', async () => {
    const {cart, server} = setUp();
    await cart.add(newLine({quantity: 6}));
    server.problems.set('sku-1', {problem: 'below_minimum', available: 5});
    await assert.rejects(cart.setQuantity('sku-1', 2), isCartError);
    assert.deepEqual(cart.value.lines[0]?.problem, {kind: 'below_minimum', minimum: 5});
    assert.equal(cart.value.count, 6);
  });

  for (const fault of ['lost_request', 'html', 'internal_error'] as const) {
    it(`stays, marked, when the server cannot be asked (${fault}), and is confirmed later`, async () => {
      const {cart, server} = setUp();
      server.fault = () => fault;
      await cart.add(newLine());
      assert.deepEqual(cart.value.lines[0]?.problem, {kind: 'unconfirmed'});
      server.fault = () => undefined;
      await cart.setQuantity('sku-1', 1);
      assert.equal(cart.value.lines[0]?.problem, undefined);
    });
  }

  it('is taken back when the server will not price the cart at all', async () => {
    const {cart, server} = setUp();
    server.fault = () => 'validation_failed';
    await assert.rejects(cart.add(newLine()), isCartError);
    assert.equal(cart.value.count, 0);
  });

  it('is taken back when aborted', async () => {
    const {cart, server} = setUp();
    server.fault = () => 'hang';
    const controller = new AbortController();
    const adding = cart.add(newLine(), {signal: controller.signal});
    await turns();
    controller.abort(new Error('not wanted'));
    await assert.rejects(adding, /not wanted/);
    assert.equal(cart.value.count, 0);
  });

  it('takes whole pieces from 1 only, up to what the server takes', async () => {
    const {cart} = setUp();
    for (const quantity of [0, -1, 1.5, Number.NaN, Infinity]) {
      await assert.rejects(cart.add(newLine({quantity})), RangeError);
    }
    await assert.rejects(cart.add(newLine({quantity: 10_001})), isCartError);
    assert.equal(cart.value.count, 0);
  });
});

describe('changing', () => {
  it('goes back to what was agreed when refused', async () => {
    const {cart, server} = setUp();
    await cart.add(newLine({quantity: 2}));
    server.problems.set('sku-1', {problem: 'above_maximum', available: 5});
    await assert.rejects(cart.setQuantity('sku-1', 9), isCartError);
    assert.equal(cart.value.count, 2);
    assert.deepEqual(cart.value.lines[0]?.problem, {kind: 'above_maximum', maximum: 5});
  });

  it('asks one after another, and once for a line that was changed many times', async () => {
    const server = new FakeServer();
    const {reach, waiting, open} = gate(server);
    const {cart} = setUp(new FakeDevice(), server, reach);
    const changes = [cart.add(newLine())];
    for (let quantity = 2; quantity <= 5; quantity++) changes.push(cart.setQuantity('sku-1', quantity));
    await turns();
    assert.equal(waiting.length, 1);
    open();
    await turns();
    open();
    await Promise.all(changes);
    assert.equal(server.count('createQuote'), 1);
    assert.deepEqual([cart.value.count, cart.value.lines[0]?.pending], [5, false]);
  });

  it('that was overtaken ends as the one that overtook it', async () => {
    const server = new FakeServer();
    const {reach, open} = gate(server);
    const {cart} = setUp(new FakeDevice(), server, reach);
    const adding = cart.add(newLine());
    await turns();
    const changing = cart.setQuantity('sku-1', 9);
    const outcomes = Promise.allSettled([adding, changing]);
    open();
    await turns();
    server.problems.set('sku-1', {problem: 'sold_out'});
    open();
    assert.deepEqual(
      (await outcomes).map(({status}) => status),
      ['rejected', 'rejected'],
    );
    assert.equal(cart.value.count, 1);
  });

  it('to nothing removes; of what is not there is refused', async () => {
    const {cart} = setUp();
    await cart.add(newLine());
    await cart.setQuantity('sku-1', 0);
    assert.equal(cart.value.count, 0);
    await assert.rejects(cart.setQuantity('sku-1', 2), isCartError);
    await assert.rejects(cart.setQuantity('sku-1', -1), RangeError);
  });

  it('may be removed or cleared while the server is asked', async () => {
    const {cart, server} = setUp();
    const adding = cart.add(newLine());
    await cart.remove('sku-1');
    await adding;
    assert.equal(cart.value.count, 0);
    const again = cart.add(newLine());
    cart.clear();
    await again;
    assert.equal(cart.value.count, 0);
    assert.equal(server.orders.size, 0);
  });
});

describe('without a network', () => {
  const offline = (server: FakeServer) => {
    server.fault = () => 'lost_request';
  };
  const online = (server: FakeServer) => {
    server.fault = () => undefined;
  };

  it('keeps what was added, and has it confirmed when the network is back, without anybody pressing anything', async () => {
    const {cart, server, device} = setUp();
    cart.subscribe(() => {});
    offline(server);
    await cart.add(newLine({quantity: 2}));
    assert.deepEqual(cart.value.lines[0]?.problem, {kind: 'unconfirmed'});
    online(server);
    server.prices.set('sku-1', '50.00');
    device.wakeUp();
    await turns();
    assert.deepEqual(cart.value.lines[0]?.problem, {kind: 'price_changed', before: yuan('48.00')});
    assert.equal(cart.value.count, 2);
    assert.equal(device.nextTimer, undefined);
  });

  it('asks again by itself, with growing pauses, where nobody tells that the network is back', async () => {
    const {cart, server, device} = setUp();
    cart.subscribe(() => {});
    offline(server);
    await cart.add(newLine());
    await device.advance(30_000);
    const asked = server.count('createQuote');
    assert.ok(asked >= 3 && asked <= 10, `asked ${asked} times`);
    online(server);
    await device.advance(60_000);
    assert.equal(cart.value.lines[0]?.problem, undefined);
    const then = server.count('createQuote');
    await device.advance(600_000);
    assert.equal(server.count('createQuote'), then);
  });

  it('leaves nothing behind when nobody listens any more', async () => {
    const {cart, server, device} = setUp();
    const stop = cart.subscribe(() => {});
    offline(server);
    await cart.add(newLine());
    stop();
    assert.equal(device.leftovers, 0);
  });

  it('knows after a reload what was never confirmed, and has it confirmed then', async () => {
    const {cart, server, open} = setUp();
    offline(server);
    await cart.add(newLine());
    online(server);
    const next = open();
    assert.deepEqual(next.value.lines[0]?.problem, {kind: 'unconfirmed'});
    next.subscribe(() => {});
    await turns();
    assert.equal(next.value.lines[0]?.problem, undefined);
    assert.deepEqual(open().value, next.value);
  });

  it('says of a line that turns out to be sold out that it is, and keeps it to be seen', async () => {
    const {cart, server, device} = setUp();
    cart.subscribe(() => {});
    offline(server);
    await cart.add(newLine());
    online(server);
    server.problems.set('sku-1', {problem: 'sold_out'});
    device.wakeUp();
    await turns();
    assert.deepEqual(cart.value.lines[0]?.problem, {kind: 'sold_out'});
  });
});

describe('looking again', () => {
  it('tells what has changed of prices and stock, in one question, and counts only what can be bought', async () => {
    const {cart, server} = setUp();
    for (const skuId of ['sku-1', 'sku-2', 'sku-3']) await cart.add(newLine({skuId}));
    server.prices.set('sku-1', '50.00');
    server.problems.set('sku-2', {problem: 'sold_out'});
    server.problems.set('sku-3', {problem: 'not_for_sale'});
    const before = server.count('createQuote');
    await Promise.all([cart.refresh(), cart.refresh()]);
    assert.equal(server.count('createQuote') - before, 1);
    assert.deepEqual(
      cart.value.lines.map(({problem}) => problem?.kind),
      ['price_changed', 'sold_out', 'unavailable'],
    );
    assert.deepEqual(cart.value.subtotal, yuan('50.00'));
    cart.removeDead();
    assert.deepEqual(
      cart.value.lines.map(({skuId}) => skuId),
      ['sku-1'],
    );
  });

  it('changes nothing when the server cannot be asked', async () => {
    const {cart, server} = setUp();
    await cart.add(newLine());
    server.fault = () => 'lost_request';
    const before = cart.value;
    await cart.refresh();
    assert.deepEqual(cart.value, before);
  });
});

describe('a coupon', () => {
  const ten = {saves: yuan('10.00')};

  it('is asked about, shows what it saves, and is kept with the cart', async () => {
    const {cart, server, open} = setUp();
    server.coupons.set('SPRING', ten);
    await cart.add(newLine());
    const setting = cart.setCoupon(' spring ');
    assert.deepEqual(cart.value.coupon, {code: 'SPRING', pending: true});
    await setting;
    assert.deepEqual(cart.value.coupon, {code: 'SPRING', pending: false, ...ten});
    const next = open();
    assert.deepEqual(next.value.coupon, {code: 'SPRING', pending: false});
    await next.refresh();
    assert.deepEqual(next.value.coupon, {code: 'SPRING', pending: false, ...ten});
    await next.setCoupon(undefined);
    assert.equal(next.value.coupon, undefined);
    assert.equal(open().value.coupon, undefined);
  });

  it('says why it is no good, and takes nothing else along', async () => {
    const {cart, server} = setUp();
    server.coupons.set('SPRING', {problem: 'minimum_not_reached', minimum: yuan('100.00')});
    await cart.add(newLine());
    await cart.setCoupon('spring');
    assert.deepEqual(cart.value.coupon, {
      code: 'SPRING',
      pending: false,
      problem: 'minimum_not_reached',
      minimum: yuan('100.00'),
    });
    assert.equal(cart.value.lines[0]?.problem, undefined);
    await cart.setCoupon('x'.repeat(41));
    assert.equal(cart.value.coupon?.problem, 'unknown');
  });

  it('is asked about anew when the goods change, and claims nothing meanwhile', async () => {
    const {cart, server} = setUp();
    server.coupons.set('SPRING', ten);
    await cart.add(newLine());
    await cart.add(newLine({skuId: 'sku-2'}));
    await cart.setCoupon('SPRING');
    server.coupons.set('SPRING', {saves: yuan('20.00')});
    const changing = cart.setQuantity('sku-1', 2);
    assert.equal(cart.value.coupon?.saves, undefined);
    await changing;
    assert.deepEqual(cart.value.coupon?.saves, yuan('20.00'));
    server.coupons.set('SPRING', {saves: yuan('5.00')});
    await cart.remove('sku-2');
    assert.equal(cart.value.coupon?.saves, undefined);
    await turns();
    assert.deepEqual(cart.value.coupon?.saves, yuan('5.00'));
  });

  it('is asked about again when the network is back', async () => {
    const {cart, server, device} = setUp();
    cart.subscribe(() => {});
    server.coupons.set('SPRING', ten);
    await cart.add(newLine());
    server.fault = () => 'lost_request';
    await cart.setCoupon('SPRING');
    assert.equal(cart.value.coupon?.problem, 'unconfirmed');
    server.fault = () => undefined;
    device.wakeUp();
    await turns();
    assert.deepEqual(cart.value.coupon?.saves, ten.saves);
  });

  it('is spent with the cart that was paid for', async () => {
    const {cart, server} = setUp();
    server.coupons.set('SPRING', ten);
    await cart.add(newLine());
    await cart.setCoupon('SPRING');
    cart.settle({cart: cart.contents().id, skuIds: ['sku-1']});
    assert.equal(cart.value.coupon, undefined);
    assert.equal(cart.contents().coupon, undefined);
  });
});

describe('across visits and tabs', () => {
  it('is there after a reload', async () => {
    const {cart, open} = setUp();
    await cart.add(newLine({quantity: 3, cover: '/cover', choices: {区服: '一区'}}));
    assert.deepEqual(open().value, cart.value);
  });

  it('follows what another tab does', async () => {
    const {cart, open} = setUp();
    const other = open();
    other.subscribe(() => {});
    await cart.add(newLine());
    await turns();
    assert.equal(other.value.count, 1);
    await other.remove('sku-1');
    cart.subscribe(() => {});
    assert.equal(cart.value.count, 0);
  });

  it('changes the cart as it is, even if this tab has not heard of it', async () => {
    const {cart, open} = setUp();
    const other = open();
    await cart.add(newLine());
    await other.add(newLine({skuId: 'sku-2'}));
    assert.equal(other.value.count, 2);
    assert.equal(open().value.count, 2);
  });

  it('follows what was added while it lay in the back/forward cache, waiting for an answer', async () => {
    const server = new FakeServer();
    const {reach, open: answer} = gate(server);
    const {cart, device} = setUp(new FakeDevice(), server, reach);
    cart.subscribe(() => {});
    const adding = cart.add(newLine());
    await turns();
    const {cart: other} = setUp(device, server);
    await other.add(newLine());
    device.wakeUp(true);
    assert.equal(cart.value.count, 2);
    answer();
    await adding;
    assert.equal(cart.value.count, 2);
    assert.match(device.stored.get(key)!, /"quantity":2/);
  });

  it('listens only while somebody does', async () => {
    const {cart, device} = setUp();
    const stop = cart.subscribe(() => {});
    assert.equal(device.leftovers, 2);
    stop();
    assert.equal(device.leftovers, 0);
    cart.subscribe(() => {});
    cart.dispose();
    await turns();
    assert.equal(device.leftovers, 0);
  });

  it('is rid of what was paid for, whoever writes it again, and of nothing else', async () => {
    const {cart, device} = setUp();
    await cart.add(newLine());
    const {id} = cart.contents();
    const paid = {cart: id, skuIds: ['sku-1']};
    const late = createCart(createClient({address: new FakeServer().address}), device.tab({lags: true}).environment);
    cart.settle(paid);
    late.learn(quote());
    assert.deepEqual(cart.contents().lines, []);
    assert.notEqual(cart.contents().id, id);
    await cart.add(newLine({quantity: 2}));
    cart.settle(paid);
    assert.equal(cart.value.count, 2);
    cart.settle({cart: 'another', skuIds: ['sku-1']});
    assert.equal(cart.value.count, 2);
  });

  it('shows what another tab wrote as soon as it can be seen, however early it was told', async () => {
    const {cart, device, server} = setUp();
    const tab = device.tab({lags: true});
    const late = createCart(createClient({address: server.address, fetch: server.fetch}), tab.environment);
    const stop = late.subscribe(() => {});
    await cart.add(newLine());
    await turns();
    assert.equal(late.value.count, 0);
    tab.catchUp();
    assert.equal(late.value.count, 1);
    stop();
  });

  it('drops what it cannot read, and reads nothing twice', () => {
    const line = {...newLine(), quantity: 1};
    for (const [text, count] of [
      ['', 0],
      ['{', 0],
      ['null', 0],
      ['{"version":2,"id":"cart-1","lines":[]}', 0],
      [JSON.stringify({version: 1, lines: [line]}), 0],
      [JSON.stringify({version: 1, id: 'cart-1', lines: [{...line, quantity: 1.5}]}), 0],
      [JSON.stringify({version: 1, id: 'cart-1', lines: [{...line, price: {currency: 'CNY', amount: '1e9'}}]}), 0],
      [JSON.stringify({version: 1, id: 'cart-1', lines: [line, line]}), 1],
      [
        JSON.stringify({
          version: 1,
          id: 'cart-1',
          lines: [line, {...line, skuId: 'x', price: {currency: 'USD', amount: '1'}}],
        }),
        1,
      ],
    ] as const) {
      const device = new FakeDevice();
      device.stored.set(key, text);
      assert.equal(setUp(device).cart.value.count, count, text);
    }
  });

  it('works without storage, and does not empty itself when storage is wiped or breaks', async () => {
    const {cart, device} = setUp();
    device.storageFails = true;
    await cart.add(newLine());
    assert.equal(cart.value.count, 1);
    device.storageFails = false;
    const other = setUp();
    await other.cart.add(newLine());
    other.device.stored.clear();
    await other.cart.add(newLine({skuId: 'sku-2'}));
    assert.equal(other.cart.value.count, 2);
  });
});
