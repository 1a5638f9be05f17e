import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Order, PlacedOrder} from '../../../src/contract/order.ts';
import {orderEvents} from '../../../src/server/routes/order-events.ts';
import {openShop, problem, type TestShop} from '../../support/shop-server.ts';

/** A stream of one order as its reader sees it. Reading waits for the next event; it ends with the stream. */
async function watch(shop: TestShop, {order, token}: PlacedOrder, signal?: AbortSignal) {
  const path = `/v1/orders/${order.id}/events`;
  const response = await shop.fetch(path, {token, ...(signal && {signal})});
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  return {
    response,
    cancel: () => reader.cancel(),
    /** The next event's order; nothing when the stream has ended. */
    async next(): Promise<Order | undefined> {
      for (;;) {
        const end = buffer.indexOf('\n\n');
        if (end >= 0) {
          const event = buffer.slice(0, end);
          buffer = buffer.slice(end + 2);
          const match = /^event: order\ndata: (.*)$/.exec(event);
          assert.ok(match, `not an order event: ${event}`);
          return JSON.parse(match[1]!) as Order;
        }
        const {done, value} = await reader.read();
        if (done) return undefined;
        buffer += value;
      }
    },
  };
}

const timers = () => process.getActiveResourcesInfo().filter(resource => resource === 'Timeout').length;

async function untilNobodyListens(shop: TestShop): Promise<void> {
  for (let turn = 0; shop.store.listeners > 0; turn++) {
    assert.ok(turn < 1000, 'somebody still listens');
    await new Promise(setImmediate);
  }
}

describe('watching an order', () => {
  it('begins with the order as it is, says every change, and ends when the order is settled', async () => {
    const shop = await openShop();
    const before = timers();
    const placed = await shop.place();
    const stream = await watch(shop, placed);
    assert.equal(stream.response.headers.get('Content-Type'), 'text/event-stream; charset=utf-8');
    assert.equal(stream.response.headers.get('X-Accel-Buffering'), 'no');
    assert.deepEqual(await stream.next(), placed.order);

    const payment = await shop.openPayment(placed);
    const states = [];
    let event = await stream.next();
    while (event?.payments[0]?.state !== 'pending') event = await stream.next();
    await shop.notify(payment);
    assert.equal((await stream.next())!.state, 'paid');
    await shop.work();
    for (let order = await stream.next(); order; order = await stream.next()) states.push(order.state);
    assert.equal(states.at(-1), 'delivered');
    await untilNobodyListens(shop);
    assert.equal(timers(), before);
  });

  it('of a settled order says it once and ends', async () => {
    const shop = await openShop();
    const placed = await shop.placePaid();
    await shop.work();
    const stream = await watch(shop, placed);
    assert.equal((await stream.next())!.state, 'delivered');
    assert.equal(await stream.next(), undefined);
    await untilNobodyListens(shop);
  });

  it('B2: goes on when the order expires, since a late payment still counts', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const payment = await shop.openPayment(placed);
    const stream = await watch(shop, placed);
    await stream.next();
    await shop.work(900_000);
    assert.equal((await stream.next())!.state, 'expired');
    await shop.notify(payment);
    assert.equal((await stream.next())!.state, 'paid');
    await stream.cancel();
    await untilNobodyListens(shop);
  });

  it('says nothing twice: a change that a reader cannot see is no event', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const stream = await watch(shop, placed);
    await stream.next();
    await shop.store.transaction(async tx => tx.saveOrder((await tx.order(placed.order.id))!));
    await shop.openPayment(placed);
    const payments = (await stream.next())!.payments;
    assert.equal(payments.length, 1);
    await stream.cancel();
  });

  for (const [how, end] of [
    ['the reader goes away', async (stream: {cancel(): Promise<void>}) => stream.cancel()],
    ['the connection is cut', async (_stream: unknown, connection: AbortController) => connection.abort()],
  ] as const) {
    it(`stops when ${how}: nobody listens, no timer runs`, async () => {
      const shop = await openShop();
      const before = timers();
      const placed = await shop.place();
      const connection = new AbortController();
      const stream = await watch(shop, placed, connection.signal);
      await stream.next();
      assert.equal(shop.store.listeners, 1);
      assert.ok(timers() > before);
      await end(stream, connection);
      await untilNobodyListens(shop);
      assert.equal(timers(), before);
    });
  }

  it('that was given up before it began leaves nothing running', async () => {
    const shop = await openShop();
    const before = timers();
    const placed = await shop.place();
    const stream = await watch(shop, placed, AbortSignal.abort());
    assert.equal(await stream.next(), undefined);
    assert.deepEqual([shop.store.listeners, timers()], [0, before]);
  });

  it('asked for by HEAD leaves nothing running', async () => {
    const shop = await openShop();
    const before = timers();
    const {order, token} = await shop.place();
    const answer = await shop.fetch(`/v1/orders/${order.id}/events`, {method: 'HEAD', token});
    assert.equal(answer.status, 200);
    await untilNobodyListens(shop);
    assert.deepEqual([shop.store.listeners, timers()], [0, before]);
  });

  it('ends when the store fails, so that the page can come back', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const stream = await watch(shop, placed);
    await stream.next();
    shop.store.wholeOrder = async () => {
      throw new Error('the database is gone');
    };
    await shop.store.transaction(async tx => tx.saveOrder((await tx.order(placed.order.id))!));
    assert.equal(await stream.next(), undefined);
    await untilNobodyListens(shop);
  });

  for (const when of ['before', 'while'] as const) {
    it(`${when === 'before' ? 'begun' : 'running'} when the process is about to end says the order, when to come back, and ends`, async () => {
      const shop = await openShop();
      const before = timers();
      const {order} = await shop.place();
      const leaving = new AbortController();
      if (when === 'before') leaving.abort();
      const {body} = orderEvents(shop.store, order.id, {gone: new AbortController().signal, leaving: leaving.signal});
      const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
      const {value: first} = await reader.read();
      assert.equal(first, `event: order\ndata: ${JSON.stringify(order)}\n\n`);
      leaving.abort();
      const [, pause] = /^retry: (\d+)\n\n$/.exec((await reader.read()).value!)!;
      assert.ok(Number(pause) >= 500 && Number(pause) <= 2_500, pause);
      assert.equal((await reader.read()).done, true);
      assert.deepEqual([shop.store.listeners, timers()], [0, before]);
    });
  }

  it('twice at once is two streams of the same', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    const streams = [await watch(shop, placed), await watch(shop, placed)];
    for (const stream of streams) assert.deepEqual(await stream.next(), placed.order);
    assert.equal(shop.store.listeners, 2);
    for (const stream of streams) await stream.cancel();
    await untilNobodyListens(shop);
  });

  it('of a foreign order is refused', async () => {
    const shop = await openShop();
    const [mine, other] = [await shop.place(), await shop.place()];
    const answer = await shop.fetch(`/v1/orders/${mine.order.id}/events`, {token: other.token});
    await problem(answer, 'order_token_invalid');
    assert.equal(shop.store.listeners, 0);
  });
});
