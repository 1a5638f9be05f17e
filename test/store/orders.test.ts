import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {isProblem} from '../../src/client/is-problem.ts';
import type {Orders, OrderView} from '../../src/store/shop.ts';
import {ticket} from './support/builders.ts';
import {Buyer} from './support/buyer.ts';
import {FakeDevice, turns} from './support/fake-device.ts';

async function withOrder() {
  const buyer = new Buyer();
  const tab = await buyer.atTheForm();
  await tab.place();
  tab.expect('paying');
  tab.shop.checkout.close();
  await turns();
  return {buyer, tab, orders: tab.shop.orders};
}

function ready(view: OrderView): Extract<OrderView, {status: 'ready'}> {
  assert.equal(view.status, 'ready');
  return view;
}

describe('watching an order', () => {
  it('is live by the stream, and settles', async () => {
    const {buyer, orders} = await withOrder();
    const watch = orders.watch('order-1');
    const seen: string[] = [];
    watch.subscribe(() => {
      const {order, connection} = ready(watch.value);
      seen.push(`${order.state} ${connection}`);
    });
    await turns();
    buyer.server.change('order-1', {state: 'paid'});
    await turns();
    buyer.server.change('order-1', {state: 'delivered', keysReady: 1});
    await turns();
    assert.deepEqual(seen, ['pending_payment live', 'paid live', 'delivered settled']);
    assert.equal(buyer.server.openStreams, 0);
    assert.equal(buyer.device.nextTimer, undefined);
  });

  it('is one handle and one connection for all who watch', async () => {
    const {buyer, orders} = await withOrder();
    const before = buyer.server.count('watchOrder');
    assert.equal(orders.watch('order-1'), orders.watch('order-1'));
    const stops = [1, 2, 3].map(() => orders.watch('order-1').subscribe(() => {}));
    await turns();
    assert.equal(buyer.server.count('watchOrder') - before, 1);
    assert.equal(buyer.server.openStreams, 1);
    for (const stop of stops) stop();
    await turns();
    assert.equal(buyer.server.openStreams, 0);
    assert.equal(buyer.device.nextTimer, undefined);
  });

  it('polls with growing pauses where the stream brings nothing, and comes back to it', async () => {
    const {buyer, orders} = await withOrder();
    buyer.server.fault = operation => (operation === 'watchOrder' ? 'hang' : undefined);
    const watch = orders.watch('order-1');
    watch.subscribe(() => {});
    const asked = () => buyer.server.count('getOrder');
    const before = asked();
    await buyer.device.advance(4_900);
    assert.equal(asked(), before);
    await buyer.device.advance(200);
    assert.equal(ready(watch.value).connection, 'polling');
    const streams = buyer.server.count('watchOrder');
    await buyer.device.advance(25_000);
    assert.ok(asked() - before >= 4 && asked() - before <= 9, String(asked() - before));
    buyer.server.fault = () => undefined;
    await buyer.device.advance(15_000);
    assert.equal(buyer.server.count('watchOrder'), streams + 1);
    assert.equal(ready(watch.value).connection, 'live');
  });

  it('polls where the stream is refused by what lies between', async () => {
    const {buyer, orders} = await withOrder();
    buyer.server.fault = operation => (operation === 'watchOrder' ? 'html' : undefined);
    const watch = orders.watch('order-1');
    watch.subscribe(() => {});
    await turns();
    assert.equal(ready(watch.value).connection, 'polling');
    buyer.server.change('order-1', {state: 'canceled'});
    await buyer.device.advance(2_000);
    assert.equal(ready(watch.value).connection, 'settled');
    assert.equal(buyer.device.nextTimer, undefined);
  });

  it('opens a stream again at once when one that lasted breaks off', async () => {
    const {buyer, orders} = await withOrder();
    const watch = orders.watch('order-1');
    watch.subscribe(() => {});
    await buyer.device.advance(20_000);
    buyer.server.endStreams();
    await buyer.device.advance(1_100);
    assert.equal(ready(watch.value).connection, 'live');
    assert.equal(buyer.server.openStreams, 1);
  });

  it('says offline, keeps what it knew, and recovers', async () => {
    const {buyer, orders} = await withOrder();
    const watch = orders.watch('order-1');
    watch.subscribe(() => {});
    await turns();
    buyer.server.fault = () => 'lost_request';
    buyer.server.endStreams();
    await turns();
    assert.equal(ready(watch.value).connection, 'offline');
    assert.equal(ready(watch.value).order.id, 'order-1');
    buyer.server.fault = () => undefined;
    buyer.device.wakeUp();
    await turns();
    assert.equal(ready(watch.value).connection, 'polling');
  });

  it('looks again when the page comes to the front', async () => {
    const {buyer, orders} = await withOrder();
    const watch = orders.watch('order-1');
    watch.subscribe(() => {});
    await turns();
    const before = buyer.server.count('getOrder');
    buyer.device.wakeUp();
    await turns();
    assert.equal(buyer.server.count('getOrder'), before + 1);
    assert.equal(ready(watch.value).connection, 'live');
  });

  it('fails with what the server says, and tries again when asked to', async () => {
    const {buyer, orders} = await withOrder();
    buyer.server.fault = operation => (operation === 'revealKeys' ? undefined : 'order_token_invalid');
    const watch = orders.watch('order-1');
    watch.subscribe(() => {});
    await turns();
    const view = watch.value;
    assert.ok(view.status === 'failed' && isProblem(view.error, 'order_token_invalid'));
    assert.equal(buyer.device.nextTimer, undefined);
    buyer.server.fault = () => undefined;
    view.retry();
    await turns();
    assert.equal(watch.value.status, 'ready');
  });

  it('is locked without the token, until it is given', async () => {
    const {buyer} = await withOrder();
    const stranger = new Buyer();
    const tab = stranger.open(buyer.server.fetch);
    const watch = tab.shop.orders.watch('order-1');
    const seen: string[] = [];
    watch.subscribe(() => seen.push(watch.value.status));
    await turns();
    assert.equal(watch.value.status, 'locked');
    tab.shop.orders.watch('order-1', 'order-token-1');
    await turns();
    assert.equal(watch.value.status, 'ready');
    assert.deepEqual(seen.slice(-3), ['locked', 'loading', 'ready'], 'nobody is sent away while it is fetched');
  });

  for (let after = 0; after < 12; after++) {
    it(`opens by a token that is given ${after} turns after it began to look for one`, async () => {
      const {buyer} = await withOrder();
      const tab = new Buyer().open(buyer.server.fetch);
      await turns();
      const watch = tab.shop.orders.watch('order-1');
      watch.subscribe(() => {});
      await turns(after);
      tab.shop.orders.watch('order-1', 'order-token-1');
      await turns();
      assert.equal(watch.value.status, 'ready');
    });
  }

  for (let after = 0; after < 12; after++) {
    it(`opens by the token that comes ${after} turns after a wrong one`, async () => {
      const {buyer} = await withOrder();
      const tab = new Buyer().open(async (...asked) => {
        await turns(5);
        return buyer.server.fetch(...asked);
      });
      await turns();
      const watch = tab.shop.orders.watch('order-1', 'order-token-of-another');
      watch.subscribe(() => {});
      await turns(after);
      tab.shop.orders.watch('order-1', 'order-token-1');
      await turns();
      assert.equal(watch.value.status, 'ready');
    });
  }

  it('goes on showing an order although its token has gone from the device', async () => {
    const {buyer, orders} = await withOrder();
    const watch = buyer.open().shop.orders.watch('order-1');
    watch.subscribe(() => {});
    await turns();
    buyer.server.change('order-1', {state: 'delivered'});
    await turns();
    await orders.forget('order-1');
    buyer.device.wakeUp();
    await turns();
    assert.equal(ready(watch.value).connection, 'settled');
  });
});

describe('orders of this device', () => {
  const knownIn = ({known: {value}}: Orders) => (value.status === 'ready' ? value.data : []);

  it('are known in every tab, newest first, without their tokens', async () => {
    const {buyer, tab} = await withOrder();
    const other = buyer.open();
    for (const {shop} of [tab, other]) shop.orders.known.subscribe(() => {});
    await turns();
    assert.deepEqual(knownIn(other.shop.orders), [
      {id: 'order-1', number: '20260101-0001', createdAt: '2026-01-01T00:00:00.000Z'},
    ]);
    buyer.device.time += 1_000;
    await tab.shop.cart.setQuantity('sku-1', 2);
    await tab.shop.checkout.begin();
    await tab.place();
    await turns();
    for (const {shop} of [tab, other]) {
      assert.deepEqual(
        knownIn(shop.orders).map(({id}) => id),
        ['order-2', 'order-1'],
      );
    }
  });

  it('give their keys, which are kept nowhere', async () => {
    const {buyer, orders} = await withOrder();
    assert.equal((await orders.keys('order-1')).revealCount, 1);
    await orders.keys('order-1');
    assert.equal(buyer.server.count('revealKeys'), 2);
    await assert.rejects(orders.keys('order-9'), error => isProblem(error, 'order_token_missing'));
    await assert.rejects(orders.keys('order-1', {token: 'wrong'}), error => isProblem(error, 'order_token_invalid'));
    await assert.rejects(orders.keys('order-1', {signal: AbortSignal.abort(new Error('gone'))}), /gone/);
  });

  it('belong to one shop', async () => {
    const {buyer, tab} = await withOrder();
    const {createShop} = await import('../../src/index.ts');
    const other = createShop({
      address: 'https://other.example',
      fetch: buyer.server.fetch,
      environment: buyer.device.tab().environment,
    });
    other.orders.known.subscribe(() => {});
    await turns();
    assert.equal(other.orders.known.value.status, 'ready');
    assert.deepEqual(knownIn(other.orders), []);
    await other.checkout.resume();
    assert.equal(other.checkout.value.step, 'idle');
    other.dispose();
    tab.vanish();
  });
});

describe('an order placed elsewhere', () => {
  it('is known to this device once it was looked up, and until it is forgotten', async () => {
    const {buyer, tab, orders} = await withOrder();
    const elsewhere = buyer.open(buyer.server.fetch, new FakeDevice().tab());
    const {known, lookUp, forget, watch} = elsewhere.shop.orders;
    known.subscribe(() => {});
    await turns();
    assert.ok(known.value.status === 'ready' && known.value.data.length === 0);
    const request = {number: buyer.server.theOrder.number, contact: 'buyer@example.com', password: 'sesame'};
    const found = await lookUp(request);
    assert.equal(found.id, 'order-1');
    await turns();
    assert.ok(known.value.status === 'ready');
    assert.deepEqual(known.value.data, [found]);
    const view = watch('order-1');
    view.subscribe(() => {});
    await turns();
    assert.equal(ready(view.value).order.id, 'order-1');
    await forget('order-1');
    await turns();
    assert.ok(known.value.status === 'ready' && known.value.data.length === 0);
    assert.ok(
      isProblem(await elsewhere.shop.orders.keys('order-1').catch((error: unknown) => error), 'order_token_missing'),
    );
    assert.ok(tab && orders, 'the device that placed it is another one');
  });

  it('stays unknown when the shop says no', async () => {
    const {buyer} = await withOrder();
    const {known, lookUp} = buyer.open(buyer.server.fetch, new FakeDevice().tab()).shop.orders;
    known.subscribe(() => {});
    const asked = lookUp({number: 'absent', contact: 'x', password: 'y'}).catch((error: unknown) => error);
    assert.ok(isProblem(await asked, 'order_not_found'));
    await turns();
    assert.ok(known.value.status === 'ready' && known.value.data.length === 0);
  });
});

describe('an order that is settled', () => {
  it('is asked for again when its tickets bring news', async () => {
    const {buyer, tab, orders} = await withOrder();
    buyer.server.change('order-1', {state: 'delivered', keysReady: 1});
    const watch = orders.watch('order-1');
    watch.subscribe(() => {});
    await turns();
    assert.equal(ready(watch.value).connection, 'settled');
    (await tab.shop.tickets()).of('order-1').subscribe(() => {});
    await turns();
    buyer.server.change('order-1', {keysReady: 2});
    buyer.server.tickets.push(ticket({state: 'resolved', messages: [{id: 'm', from: 'shop', text: 'x', at: ''}]}));
    await buyer.device.advance(11_000);
    assert.equal(ready(watch.value).order.keysReady, 2);
  });
});

describe('a glance at an order', () => {
  it('asks now and then without a stream, and stops when nobody looks or the order is settled', async () => {
    const {buyer, orders} = await withOrder();
    const streams = buyer.server.count('watchOrder');
    const glance = orders.glance('order-1');
    assert.equal(orders.glance('order-1'), glance);
    const stop = glance.subscribe(() => {});
    await turns();
    const asked = buyer.server.count('getOrder');
    assert.equal(ready(glance.value).connection, 'polling');
    await buyer.device.advance(300_000);
    assert.ok(buyer.server.count('getOrder') - asked >= 5);
    buyer.server.change('order-1', {state: 'delivered'});
    await buyer.device.advance(60_000);
    assert.equal(ready(glance.value).connection, 'settled');
    assert.equal(buyer.device.nextTimer, undefined);
    stop();
    assert.equal(buyer.server.count('watchOrder'), streams);
  });
});
