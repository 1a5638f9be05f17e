import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {Kysely, PostgresDialect} from 'kysely';
import type pg from 'pg';
import {systemClock} from '../../../src/server/clock.ts';
import type {Log} from '../../../src/server/log.ts';
import {openStore} from '../../../src/server/persistence/open.ts';
import {createServerPool} from '../../../src/server/persistence/sql/server-pool.ts';
import {createSqlStore} from '../../../src/server/persistence/sql/sql-store.ts';
import {
  createStatementNames,
  isLostStatement,
  type StatementNames,
} from '../../../src/server/persistence/sql/statement-names.ts';
import type {Tables} from '../../../src/server/persistence/sql/tables.ts';
import type {Store} from '../../../src/server/persistence/store.ts';
import {startPostgres, type TestPostgres} from '../../support/postgres.ts';
import {anOrder} from './record-builders.ts';

describe('statements of transactions', () => {
  let postgres: TestPostgres;
  let pool: pg.Pool;
  let store: Store;
  let warnings: string[];

  before(async () => {
    postgres = await startPostgres();
    const databaseUrl = await postgres.createDatabase();
    // Makes the tables.
    await (await openStore({databaseUrl, clock: systemClock})).close();
    warnings = [];
    const log: Log = {info() {}, warn: event => warnings.push(event), error() {}};
    pool = createServerPool(databaseUrl, log, {connections: 1});
    const database = new Kysely<Tables>({dialect: new PostgresDialect({pool})});
    const queue = {insert: async () => false, forgotten: async () => [], wake() {}};
    store = createSqlStore(database, {clock: systemClock, queue});
  });

  after(async () => {
    await store.close();
    await postgres.stop();
  });

  const place = async (): Promise<string> => {
    const order = anOrder();
    await store.transaction(async tx => {
      await tx.insertOrder(order);
      assert.equal((await tx.order(order.id))?.id, order.id);
    });
    return order.id;
  };

  const prepared = async (): Promise<readonly string[]> => {
    const {rows} = await pool.query<{statement: string}>('select statement from pg_prepared_statements');
    return rows.map(({statement}) => statement);
  };

  it('are planned once for a connection where they are usual, as reads by key are, and searches are not', async () => {
    const first = await place();
    assert.deepEqual(await prepared(), []);
    for (let times = 0; times < 9; times++) {
      await place();
      assert.equal((await store.order(first))?.id, first);
      assert.equal((await store.listings({q: 'wz', sort: 'relevance', offset: 0, limit: 24, facets: false})).total, 0);
    }
    const statements = await prepared();
    assert.equal(statements.filter(statement => /insert into "keystall"\."shop_order"/.test(statement)).length, 1);
    assert.ok(
      statements.every(statement => /^insert |^select "record" from /.test(statement)),
      statements.join('\n'),
    );
    assert.deepEqual(warnings, []);
  });

  it('are named on where one fails before the others of its packet, which the connection has not met', async () => {
    const intent = {intent: 'taken', requestHash: 'h', orderId: 'o', claimedAt: 1};
    await store.transaction(tx => tx.claimIntent(intent));
    // Another connection, which has met none of them.
    await assert.rejects(pool.query('select pg_terminate_backend(pg_backend_pid())'));
    const late = store.transaction(async tx => {
      await tx.claimIntent(intent);
      for (let row = 0; row < 4; row++) await tx.insertOrder(anOrder());
    });
    await assert.rejects(late, {name: 'DuplicateRecordError'});
    await place();
    assert.ok((await prepared()).some(statement => /insert into "keystall"\."shop_order"/.test(statement)));
    assert.deepEqual(warnings, []);
  });

  it('are sent whole, the transaction once more, where the connection has lost them', async () => {
    await pool.query('deallocate all');
    const id = await place();
    assert.equal((await store.order(id))?.id, id);
    assert.deepEqual(warnings, ['prepared_statement_lost']);
    for (let times = 0; times < 9; times++) await place();
    assert.deepEqual(await prepared(), []);
    assert.equal(warnings.length, 1);
  });
});

const askThrice = (names: StatementNames, text: string): string | undefined => [1, 2, 3].map(() => names.of(text))[2];

describe('names of statements', () => {
  it('are of what comes again and again, each its own and always the same', () => {
    const names = createStatementNames();
    const given = Array.from({length: 6}, () => ['select 1', 'select 2'].map(text => names.of(text)));
    assert.deepEqual(given.slice(0, 2).flat(), Array(4).fill(undefined));
    const [one, other] = given[2]!;
    assert.ok(one !== undefined && other !== undefined && one !== other);
    assert.deepEqual(given.slice(2), Array(4).fill([one, other]));
  });

  it('mean the same in every process, whatever it met before', () => {
    const [one, other] = [createStatementNames(), createStatementNames()];
    askThrice(one, 'select 1');
    assert.equal(askThrice(one, 'select 2'), askThrice(other, 'select 2'));
    // PostgreSQL cuts off what is longer.
    assert.ok(askThrice(other, 'select 1')!.length <= 63);
  });

  it('are of two hundred statements at most, and of none that is long', () => {
    const names = createStatementNames();
    const named = Array.from({length: 250}, (_, index) => askThrice(names, `select ${index}`)).filter(Boolean);
    assert.deepEqual([named.length, new Set(named).size], [200, 200]);
    assert.equal(askThrice(createStatementNames(), `select '${'x'.repeat(4_000)}'`), undefined);
  });

  it('are of what is usual, however much comes but once', () => {
    const names = createStatementNames();
    for (let index = 0; index < 5_000; index++) names.of(`select ${index}`);
    assert.ok(askThrice(names, 'select now()'));
  });

  it('are given up where the database knows them no more, not where a statement fails by itself', () => {
    const names = createStatementNames();
    askThrice(names, 'select 1');
    const failure = (code: string) => Object.assign(new Error('canary'), {code});
    assert.equal(names.failed(failure('23505')), false);
    assert.ok(names.of('select 1'));
    const strange = failure('0A000');
    assert.equal(isLostStatement(strange), false, 'a statement without a name said so');
    assert.equal(names.failed(strange), true);
    assert.equal(isLostStatement(strange), true);
    assert.equal(askThrice(names, 'select 1'), undefined);
  });
});
