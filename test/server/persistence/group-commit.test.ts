import assert from 'node:assert/strict';
import {after, before, beforeEach, describe, it} from 'node:test';
import {PGlite} from '@electric-sql/pglite';
import {Kysely, sql} from 'kysely';
import {overPool} from '../../../src/server/jobs/boss-over-pool.ts';
import {silentLog} from '../../../src/server/log.ts';
import {
  createEmbeddedPool,
  EmbeddedDialect,
  type EmbeddedPool,
} from '../../../src/server/persistence/sql/embedded-pool.ts';

interface Tables {
  note: {text: string};
}

/** What the database was told to do with what was committed, and what others were told of it, in that order. */
type Event = 'commit' | 'flush' | `told ${string}`;

describe('an embedded database that several ask at once', () => {
  let pglite: PGlite;
  let pool: EmbeddedPool;
  let database: Kysely<Tables>;
  let events: Event[];
  /** What the disk says to the next flush. */
  let failure: Error | undefined;

  before(async () => {
    pglite = await PGlite.create();
    const ask = pglite.execProtocolRaw.bind(pglite);
    pglite.execProtocolRaw = async (message, options) => {
      const asked = Buffer.from(message).toString();
      if (asked.includes('pg_logical_emit_message')) {
        if (failure) throw failure;
        events.push('flush');
      }
      if (asked.includes('commit\0')) events.push('commit');
      return ask(message, options);
    };
    open();
    await sql`create table note (text text)`.execute(database);
  });
  beforeEach(async () => {
    failure = undefined;
    await database.deleteFrom('note').execute();
    events = [];
  });
  after(async () => {
    await database.destroy();
    await pglite.close();
  });

  function open(): void {
    pool = createEmbeddedPool(pglite, silentLog);
    database = new Kysely<Tables>({dialect: new EmbeddedDialect(pool)});
  }

  const write = async (text: string) => {
    await database.transaction().execute(tx => tx.insertInto('note').values({text}).execute());
    events.push(`told ${text}`);
  };
  const read = async () => {
    const notes = await database.selectFrom('note').selectAll().execute();
    events.push(`told reader of ${notes.length}`);
  };
  const flushes = () => events.filter(event => event === 'flush').length;
  /** How much of what is committed a power cut takes back. */
  const unkept = async () => {
    const {rows} = await pglite.query<{bytes: number}>(
      'select (pg_current_wal_insert_lsn() - pg_current_wal_flush_lsn())::int as bytes',
    );
    return rows[0]!.bytes;
  };

  it('keeps what they commit by few flushes, and tells nobody before', async () => {
    await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(write));
    assert.equal(events.filter(event => event === 'commit').length, 8);
    assert.equal(flushes(), 1, events.join());
    assert.ok(events.indexOf('told a') > events.indexOf('flush'), events.join());
    assert.equal(await unkept(), 0);
  });

  it('keeps what one commits alone by the commit itself', async () => {
    await write('a');
    await write('b');
    assert.deepEqual(events, ['commit', 'told a', 'commit', 'told b']);
    assert.equal(await unkept(), 0);
  });

  it('tells readers of nothing that is not kept', async () => {
    await Promise.all([write('a'), write('b'), read()]);
    const [flush, told] = [events.indexOf('flush'), events.indexOf('told reader of 2')];
    assert.ok(flush > events.lastIndexOf('commit') && told > flush, events.join());
  });

  it('gives pg-boss no job that is not kept', async () => {
    const boss = overPool(pool);
    const ask = async () => {
      const {rows} = await boss.executeSql('select text from note');
      events.push(`told pg-boss of ${rows.length}`);
    };
    await Promise.all([write('a'), ask()]);
    assert.deepEqual(
      events.filter(event => event !== 'told a'),
      ['commit', 'flush', 'told pg-boss of 1'],
    );
  });

  it('keeps what was committed before one that fails, and says why that one did', async () => {
    const fails = database.transaction().execute(async tx => {
      await tx.insertInto('note').values({text: 'lost'}).execute();
      throw new Error('on second thoughts');
    });
    const [, failed] = await Promise.allSettled([write('a'), fails, read()]);
    assert.equal((failed as PromiseRejectedResult).reason.message, 'on second thoughts');
    assert.ok(events.includes('told reader of 1'), events.join());
    assert.equal(await unkept(), 0);
  });

  it('counts nothing as kept where the disk refuses, and answers nothing more', async () => {
    const diskIsFull = new Error('No space left on device');
    failure = diskIsFull;
    const outcomes = await Promise.allSettled([write('a'), write('b'), read()]);
    assert.deepEqual(
      outcomes.map(({status}) => status),
      ['rejected', 'rejected', 'rejected'],
    );
    assert.deepEqual(
      events.filter(event => event.startsWith('told')),
      [],
    );
    // What it would say from here on is not to be relied on, whatever the disk says.
    failure = undefined;
    for (const ask of [write('c'), read()])
      await assert.rejects(ask, {name: 'EmbeddedDatabaseError', cause: diskIsFull});
  });
});
