import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import pg from 'pg';
import {systemClock} from '../../../src/server/clock.ts';
import {openStore, type OpenedStore} from '../../../src/server/persistence/open.ts';
import {orderEvents} from '../../../src/server/routes/order-events.ts';
import {startPostgres, type TestPostgres} from '../../support/postgres.ts';
import {anOrder} from './record-builders.ts';

/** Nothing here is looked for by time: whoever is not told waits until the test is given up. */
describe('changes to an order, between two processes on one PostgreSQL', {timeout: 120_000}, () => {
  let postgres: TestPostgres;
  let databaseUrl: string;
  let here: OpenedStore;
  let there: OpenedStore;

  before(async () => {
    postgres = await startPostgres();
    databaseUrl = await postgres.createDatabase();
    [here, there] = [
      await openStore({databaseUrl, clock: systemClock}),
      await openStore({databaseUrl, clock: systemClock}),
    ];
  });

  after(async () => {
    await here.close();
    await there.close();
    await postgres.stop();
  });

  const change = (id: string, by = here) => by.store.transaction(async tx => tx.saveOrder((await tx.order(id))!));

  async function keptOrder() {
    const order = anOrder();
    await here.store.transaction(tx => tx.insertOrder(order));
    return order;
  }

  /** The next that is heard of an order; also what was said while a connection was not there yet. */
  function heard(store: OpenedStore, orderId: string): Promise<void> {
    return new Promise(resolve => {
      const stop = store.store.onOrderChanged(orderId, () => {
        stop();
        resolve();
      });
    });
  }

  async function cutListeners(): Promise<number> {
    const client = new pg.Client({connectionString: databaseUrl});
    await client.connect();
    const {rowCount} = await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'keystall listener' and datname = current_database()`,
    );
    await client.end();
    return rowCount ?? 0;
  }

  it('wake who listens at the other, in both directions', async () => {
    const {id} = await keptOrder();
    for (const [by, at] of [
      [here, there],
      [there, here],
    ] as const) {
      const told = heard(at, id);
      await change(id, by);
      await told;
    }
  });

  it('many at once reach all who listen, also more than one notification can name', async () => {
    const orders = await Promise.all(Array.from({length: 200}, keptOrder));
    const told = Promise.all(orders.map(({id}) => heard(there, id)));
    await here.store.transaction(async tx => {
      for (const {id} of orders) await tx.saveOrder((await tx.order(id))!);
    });
    await told;
  });

  it('are looked for again when the listening connection was cut, and heard of afterwards', async () => {
    const {id} = await keptOrder();
    const again = Promise.all([heard(here, id), heard(there, id)]);
    assert.equal(await cutListeners(), 2);
    // Nothing changed; whatever was said meanwhile would have been lost.
    await again;
    const told = heard(there, id);
    await change(id);
    await told;
  });

  it('come through the stream of a buyer who is connected to the other process', async () => {
    const order = await keptOrder();
    const gone = new AbortController();
    const reader = orderEvents(there.store, order.id, {gone: gone.signal})
      .body!.pipeThrough(new TextDecoderStream())
      .getReader();
    assert.match((await reader.read()).value!, /^event: order\ndata: .*"state":"pending_payment"/);
    await here.store.transaction(async tx => {
      const current = (await tx.order(order.id))!;
      await tx.saveOrder({...current, progress: {...current.progress, state: 'expired'}});
    });
    assert.match((await reader.read()).value!, /^event: order\ndata: .*"state":"expired"/);
    gone.abort();
  });
});
