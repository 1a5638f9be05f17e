import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import pg from 'pg';
import {askForSync} from '../../../src/server/catalogue/sync-run.ts';
import {systemClock} from '../../../src/server/clock.ts';
import {checkConfig, env} from '../../../src/server/config/config.ts';
import {createUpstream} from '../../../src/server/connections.ts';
import {createServer} from '../../../src/server/app.ts';
import {importCards} from '../../../src/server/own-stock/import-cards.ts';
import {openStore} from '../../../src/server/persistence/open.ts';
import {createKeyRing} from '../../../src/server/security/key-ring.ts';
import {fakeLog} from '../../support/fake-log.ts';
import {cardLinesOf} from '../../support/own-shelf.ts';
import {startPostgres, type TestPostgres} from '../../support/postgres.ts';
import {masterKey} from '../../support/shop-server.ts';

const goods = 6;
const rounds = 12;
const connections = ['east', 'west'];
const codeOf = (index: number) => `G${index}`;

describe('sales and readings of goods that are joined, on PostgreSQL', () => {
  let postgres: TestPostgres;
  before(async () => {
    postgres = await startPostgres();
  });
  after(() => postgres.stop());

  it('wait for each other and never lock each other out', async t => {
    const databaseUrl = await postgres.createDatabase();
    const {store, presence, close} = await openStore({databaseUrl, clock: systemClock});
    t.after(close);
    const {config, secrets} = checkConfig(
      {
        shop: {name: 'Shop', currency: 'CNY', reveal: 'in-page'},
        address: 'https://shop.example',
        origins: [],
        connections: connections.map(id => ({
          id,
          protocol: 'own-stock' as const,
          listing: {price: {markup: {percent: '10'}}},
          goods: Array.from({length: goods}, (_, index) => ({
            code: codeOf(index),
            title: `点卡 ${index}`,
            category: '游戏',
            cost: '10',
          })),
        })),
        // Each leads every other one: whoever locks leaders and sources as they come crosses the other's way.
        listings: Array.from({length: goods}, (_, index) => ({
          sources: (index % 2 === 0 ? connections : connections.toReversed()).map(connection => ({
            connection,
            good: codeOf(index),
          })),
        })),
        payments: [
          {provider: 'sandbox', url: 'https://pay.example', merchantKey: env('KEY'), webhookSecret: env('KEY')},
        ],
      },
      {KEY: 'key'},
    );
    const keys = await createKeyRing([masterKey('k1', 1)]);
    const home = {config, store, keys};
    const upstreams = new Map(
      config.connections.map(connection => [
        connection.id,
        createUpstream(connection, {secrets, clock: systemClock, fetch, home}),
      ]),
    );
    const server = createServer({...home, presence, upstreams, payments: [], clock: systemClock, log: fakeLog()});
    for (const connectionId of connections) {
      for (let index = 0; index < goods; index++) {
        const lines = Array.from({length: rounds * 2}, (_, card) => `${connectionId}-${index}-${card}-ABCD`);
        await importCards({...home, clock: systemClock}, {connectionId, goodCode: codeOf(index)}, () =>
          cardLinesOf(lines),
        );
      }
    }
    const read = async (connectionId: string) => {
      await store.transaction(tx => askForSync(tx, connectionId));
      await server.runJob({type: 'sync_catalogue', connectionId}, new AbortController().signal);
    };
    for (const connectionId of connections) await read(connectionId);

    let references = 0;
    const buy = (connectionId: string, index: number) =>
      upstreams.get(connectionId)!.buy(
        {
          reference: `r${++references}`,
          offer: {code: codeOf(index), choices: {}, nested: false},
          quantity: 1,
          fields: {},
          contact: 'keystall',
          password: 'secret',
          delivery: 'automatic',
        },
        new AbortController().signal,
      );
    for (let round = 0; round < rounds; round++) {
      const outcomes = await Promise.all([
        ...connections.flatMap(id => Array.from({length: goods}, (_, index) => buy(id, index))),
        ...connections.map(async id => {
          await read(id);
          return undefined;
        }),
      ]);
      assert.ok(outcomes.every(outcome => outcome === undefined || outcome.kind === 'delivered'));
    }
    const client = new pg.Client({connectionString: databaseUrl});
    await client.connect();
    await client.query('select pg_stat_clear_snapshot()');
    const {rows} = await client.query<{deadlocks: string}>(
      'select deadlocks from pg_stat_database where datname = current_database()',
    );
    await client.end();
    assert.equal(Number(rows[0]!.deadlocks), 0);
  });
});
