import assert from 'node:assert/strict';
import {createServer as createTcpServer, connect, type AddressInfo, type Socket} from 'node:net';
import {once} from 'node:events';
import {after, before, describe, it, mock} from 'node:test';
import {setImmediate as immediate} from 'node:timers/promises';
import {Kysely, PostgresDialect} from 'kysely';
import type pg from 'pg';
import {createServer} from '../../../src/server/app.ts';
import {systemClock} from '../../../src/server/clock.ts';
import {silentLog} from '../../../src/server/log.ts';
import {openStore} from '../../../src/server/persistence/open.ts';
import {createServerPool} from '../../../src/server/persistence/sql/server-pool.ts';
import {createSqlStore} from '../../../src/server/persistence/sql/sql-store.ts';
import type {Tables} from '../../../src/server/persistence/sql/tables.ts';
import type {Store} from '../../../src/server/persistence/store.ts';
import {startPostgres, type TestPostgres} from '../../support/postgres.ts';
import {checkAnswer} from '../../support/contract-check.ts';
import {openShop, problem, requestOf} from '../../support/shop-server.ts';
import {anOrder} from './record-builders.ts';

describe('a database that cannot be asked', () => {
  let postgres: TestPostgres;
  let databaseUrl: string;
  let isStopped = false;

  before(async () => {
    postgres = await startPostgres();
    databaseUrl = await postgres.createDatabase();
    // Makes the tables.
    await (await openStore({databaseUrl, clock: systemClock})).close();
  });

  after(async () => {
    if (!isStopped) await postgres.stop();
  });

  it('has no connection free: the answer is 503 when the wait is over, and 200 when one is', async () => {
    const {pool, store} = storeOn(databaseUrl);
    const ask = await askShopOn(store);
    const {promise: over, resolve: end} = Promise.withResolvers<void>();
    const {promise: begun, resolve: begin} = Promise.withResolvers<void>();
    const holding = store.transaction(async tx => {
      await tx.insertOrder(anOrder());
      begin();
      await over;
    });
    await begun;
    mock.timers.enable({apis: ['setTimeout']});
    try {
      const asked = ask('/v1/categories');
      while (pool.waitingCount === 0) await immediate();
      const waiting = pool.waitingCount;
      mock.timers.tick(patienceMs - 1);
      assert.equal(pool.waitingCount, waiting);
      mock.timers.tick(1);
      const answer = await asked;
      assert.deepEqual([answer.status, answer.headers.get('Retry-After')], [503, '1']);
      await problem(answer, 'shop_unavailable');
    } finally {
      mock.timers.reset();
    }
    end();
    await holding;
    assert.equal((await ask('/v1/categories')).status, 200);
    await store.close();
  });

  it('is silent: the statement ends when the wait is over, and its connection is not used again', async () => {
    const line = await lineTo(databaseUrl);
    const {pool, store} = storeOn(line.url);
    const lost = anOrder();
    const work = store.transaction(async tx => {
      await tx.insertOrder(anOrder());
      const asked = line.silence();
      mock.timers.enable({apis: ['setTimeout']});
      try {
        await tx.insertOrder(lost);
        const found = tx.order(lost.id);
        // Heard here, where the timers have begun to run already.
        found.catch(() => undefined);
        await asked;
        mock.timers.tick(answerMs);
        await found;
      } finally {
        mock.timers.reset();
      }
    });
    await assert.rejects(work, {name: 'StoreUnavailableError', reason: 'away'});
    assert.equal(pool.totalCount, 0);
    line.speak();
    assert.equal(await store.order(lost.id), undefined);
    await store.close();
    await line.close();
  });

  it('is stopped: every answer is 503 at once', async () => {
    const {store} = storeOn(databaseUrl);
    const ask = await askShopOn(store);
    assert.equal((await ask('/v1/categories')).status, 200);
    await postgres.stop();
    isStopped = true;
    for (let times = 0; times < 3; times++) {
      const answer = await ask('/v1/categories');
      assert.deepEqual([answer.status, answer.headers.get('Retry-After')], [503, '5']);
      await problem(answer, 'shop_unavailable');
    }
    await assert.rejects(
      store.transaction(tx => tx.insertOrder(anOrder())),
      {name: 'StoreUnavailableError', reason: 'away'},
    );
    await store.close();
  });
});

const patienceMs = 60_000;
const answerMs = 120_000;

function storeOn(url: string): {readonly pool: pg.Pool; readonly store: Store} {
  const pool = createServerPool(url, silentLog, {connections: 1, patienceMs, answerMs});
  const database = new Kysely<Tables>({dialect: new PostgresDialect({pool})});
  const queue = {insert: async () => false, forgotten: async () => [], wake() {}};
  return {pool, store: createSqlStore(database, {clock: systemClock, queue})};
}

/** A shop server on this store; every answer is checked against openapi.yaml. */
async function askShopOn(store: Store): Promise<(path: string) => Promise<Response>> {
  const {ports} = await openShop();
  const server = createServer({...ports, store});
  return async path => {
    const request = requestOf(path, {});
    const response = await server.fetch(request);
    await checkAnswer(request, response);
    return response;
  };
}

/** A line to a database that can be made to carry no answers any more. */
async function lineTo(databaseUrl: string) {
  const target = new URL(databaseUrl);
  let isSilent = false;
  let asked: (() => void) | undefined;
  const sockets = new Set<Socket>();
  const server = createTcpServer(page => {
    const database = connect(Number(target.port), target.hostname);
    for (const socket of [page, database]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    page.on('data', bytes => {
      database.write(bytes);
      asked?.();
    });
    database.on('data', bytes => {
      if (!isSilent) page.write(bytes);
    });
    page.on('close', () => database.destroy());
    database.on('close', () => page.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    /** Settles when the next question has come. */
    silence() {
      isSilent = true;
      return new Promise<void>(resolve => (asked = resolve));
    },
    speak() {
      isSilent = false;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
