import assert from 'node:assert/strict';
import {after, before, beforeEach, describe, it, mock} from 'node:test';
import {PGlite} from '@electric-sql/pglite';
import type pg from 'pg';
import {silentLog} from '../../../src/server/log.ts';
import {keepTidy, tidyTables} from '../../../src/server/persistence/pglite-upkeep.ts';
import {createEmbeddedPool} from '../../../src/server/persistence/sql/embedded-pool.ts';

describe('the tables of an embedded database', () => {
  let pglite: PGlite;
  let pool: pg.Pool;

  before(async () => {
    pglite = await PGlite.create();
    ({pool} = createEmbeddedPool(pglite, silentLog));
    await pool.query('create schema shop');
  });
  beforeEach(async () => {
    await pool.query('drop table if exists shop."Its rows"');
    await pool.query('create table shop."Its rows" (id text primary key, kind text)');
    await pool.query('create index on shop."Its rows" (kind)');
  });
  after(async () => {
    await pool.end();
    await pglite.close();
  });

  const fill = (from: number, to: number, kind: string) =>
    pool.query(`insert into shop."Its rows" select 'row ' || n, ${kind} from generate_series(${from}, ${to}) n`);
  /** PostgreSQL counts what happened in a table, and says so a second later. */
  const counted = () => pool.query('select pg_stat_force_next_flush()');
  const clear = () => pool.query('delete from shop."Its rows"');
  async function size(): Promise<number> {
    const {rows} = await pool.query<{size: string}>(`select pg_relation_size('shop."Its rows"') as size`);
    return Number(rows[0]!.size);
  }

  it('give the room of rows that are gone to those that come', async () => {
    await fill(1, 5_000, "'a'");
    const full = await size();
    await clear();
    await counted();
    await tidyTables(pool);
    await fill(5_001, 10_000, "'a'");
    assert.ok((await size()) <= full, `${await size()} bytes instead of ${full}`);
  });

  it('are asked by other plans once they have grown', async () => {
    const ask = (kind: string) =>
      pool.query({name: 'of a kind', text: 'select id from shop."Its rows" where kind = $1', values: [kind]});
    const plan = async () => {
      const {rows} = await pool.query<Record<'QUERY PLAN', string>>(`explain execute "of a kind"('n 1')`);
      return rows.map(row => row['QUERY PLAN']).join('\n');
    };
    await fill(1, 2_000, "'a'");
    await counted();
    await tidyTables(pool);
    // From the sixth time on a plan is kept.
    for (let time = 0; time < 8; time++) await ask('a');
    assert.match(await plan(), /Seq Scan/);
    await fill(2_001, 20_000, "'n ' || n");
    assert.match(await plan(), /Seq Scan/);
    await counted();
    await tidyTables(pool);
    assert.match(await plan(), /Index/);
  });

  it('are left alone while little has changed', async () => {
    await fill(1, 500, "'a'");
    await counted();
    await tidyTables(pool);
    const {rows} = await pool.query('select last_vacuum, last_analyze from pg_stat_user_tables');
    assert.deepEqual(rows, [{last_vacuum: null, last_analyze: null}]);
  });

  it('are looked at every minute, until that is ended', async () => {
    mock.timers.enable({apis: ['setInterval']});
    try {
      const end = keepTidy(pool, silentLog);
      await fill(1, 5_000, "'a'");
      const full = await size();
      await clear();
      await counted();
      mock.timers.tick(60_000);
      await end();
      await fill(5_001, 10_000, "'a'");
      assert.ok((await size()) <= full);
      await clear();
      await counted();
      mock.timers.tick(60_000);
      await fill(10_001, 15_000, "'a'");
      assert.ok((await size()) > full);
    } finally {
      mock.timers.reset();
    }
  });

  it('keep the shop at work where looking after them fails, and somebody is told', async () => {
    mock.timers.enable({apis: ['setInterval']});
    try {
      const told: string[] = [];
      const gone = {query: () => Promise.reject(new Error('no room'))} as unknown as pg.Pool;
      const end = keepTidy(gone, {...silentLog, error: event => told.push(event)});
      mock.timers.tick(120_000);
      await end();
      assert.deepEqual(told, ['database_upkeep_failed', 'database_upkeep_failed']);
    } finally {
      mock.timers.reset();
    }
  });
});
