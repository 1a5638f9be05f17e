import assert from 'node:assert/strict';
import {test} from 'node:test';
import {systemClock} from '../../src/server/clock.ts';
import {createMemoryStore} from '../../src/server/persistence/memory-store.ts';
import {orderEvents} from '../../src/server/routes/order-events.ts';
import {anOrder, aPayment} from './persistence/record-builders.ts';

const turn = () => new Promise(resolve => setImmediate(resolve));

test('a change is told at once, at whatever moment after the one before it comes', async () => {
  for (let steps = 0; steps < 40; steps++) {
    const memory = createMemoryStore({clock: systemClock});
    const order = anOrder();
    let payment = aPayment(order);
    let changed = () => {};
    await memory.transaction(tx => tx.insertOrder(order));
    const store = {
      ...memory,
      wholeOrder: async (id: string) => ({...(await memory.wholeOrder(id))!, payments: [payment]}),
      onOrderChanged(_orderId: string, listener: () => void) {
        changed = listener;
        return () => {};
      },
    };
    const gone = new AbortController();
    const events = orderEvents(store, order.id, {gone: gone.signal}).body!.getReader();
    await events.read();
    for (let step = 0; step < steps; step++) await Promise.resolve();
    let isTold = false;
    void events.read().then(() => (isTold = true));
    payment = {...payment, state: 'declined'};
    changed();
    for (let times = 0; times < 5; times++) await turn();
    assert.ok(isTold, `A change ${steps} steps after the first reading is not told.`);
    gone.abort();
  }
});
