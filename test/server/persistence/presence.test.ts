import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import pg from 'pg';
import {silentLog} from '../../../src/server/log.ts';
import {joinPresence, type SqlPresence} from '../../../src/server/persistence/sql/presence.ts';
import {startPostgres, type TestPostgres} from '../../support/postgres.ts';

describe('processes on one PostgreSQL', {timeout: 60_000}, () => {
  let postgres: TestPostgres;
  let databaseUrl: string;
  let admin: pg.Client;
  const joined: SqlPresence[] = [];

  before(async () => {
    postgres = await startPostgres();
    databaseUrl = await postgres.createDatabase();
    admin = new pg.Client({connectionString: databaseUrl});
    await admin.connect();
  });
  after(async () => {
    await Promise.all(joined.map(each => each.end()));
    await admin.end();
    await postgres.stop();
  });

  async function join(): Promise<SqlPresence> {
    const presence = await joinPresence(databaseUrl, silentLog);
    joined.push(presence);
    return presence;
  }

  async function isDead(worker: string, according: SqlPresence): Promise<boolean> {
    let isDead = false;
    await according.ifDead(worker, async () => {
      isDead = true;
    });
    return isDead;
  }

  /** As a network does that loses a connection, of a process that lives on. */
  async function cut(): Promise<void> {
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'keystall presence'`,
    );
  }

  /** Asks until it is so: how soon a lost connection is noticed is up to the machine. */
  async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) await new Promise(resolve => setImmediate(resolve));
  }

  it('a process lives for all others until it ends, and is never dead to itself', async () => {
    const [one, other] = [await join(), await join()];
    assert.deepEqual([await isDead(one.worker, other), await isDead(other.worker, one)], [false, false]);
    assert.equal(await isDead(one.worker, one), false);
    await other.end();
    await until(() => isDead(other.worker, one));
  });

  it('a name that is none, of an older version, is nobody that could be dead', async () => {
    const one = await join();
    let asked = 0;
    const work = async () => void asked++;
    await one.ifDead(undefined, work);
    await one.ifDead('worker-1; select 1', work);
    assert.equal(asked, 0);
  });

  it('a dead one is looked into by one at a time', async () => {
    const [one, other, dead] = [await join(), await join(), await join()];
    await dead.end();
    await until(() => isDead(dead.worker, one));
    await one.ifDead(dead.worker, async () => {
      assert.equal(await isDead(dead.worker, other), false);
    });
    assert.equal(await isDead(dead.worker, other), true);
  });

  it('a cut connection breaks the watch for good, and the process comes back under its name', async () => {
    const one = await join();
    const watch = one.watch()!;
    assert.equal(await watch.isUnbroken(), true);
    await cut();
    assert.equal(await watch.isUnbroken(), false);
    await until(async () => (await one.watch()?.isUnbroken()) === true);
    assert.equal(await watch.isUnbroken(), false, 'somebody may have taken over what was claimed under it');
    const other = await join();
    assert.equal(await isDead(one.worker, other), false);
  });

  it('tells all who ask at once, by a connection that is asked one thing after the other', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => void warnings.push(warning);
    process.on('warning', note);
    const [one, other] = [await join(), await join()];
    const watch = one.watch()!;
    const ask = () => Promise.all(Array.from({length: 20}, () => watch.isUnbroken()));
    const [told, isOtherDead, toldLater] = await Promise.all([ask(), isDead(other.worker, one), ask()]);
    assert.deepEqual(new Set([...told, ...toldLater]), new Set([true]));
    assert.equal(isOtherDead, false);
    await cut();
    assert.deepEqual(new Set(await ask()), new Set([false]));
    process.off('warning', note);
    assert.deepEqual(warnings, [], 'pg will refuse a question before the answer to the one before');
  });

  it('calls soon after a death, and not while everybody lives', async () => {
    const [one, other] = [await join(), await join()];
    let call = Promise.withResolvers<boolean>();
    one.onDeaths(async () => call.resolve(await isDead(other.worker, one)));
    assert.equal(await call.promise, false);
    call = Promise.withResolvers();
    await other.end();
    assert.equal(await call.promise, true);
  });

  it('tells who works alone', async () => {
    const url = await postgres.createDatabase();
    const [one, other] = [await joinPresence(url, silentLog), await joinPresence(url, silentLog)];
    joined.push(one, other);
    const alone: string[] = [];
    await one.ifAlone(async () => void alone.push('one'));
    await other.ifAlone(async () => void alone.push('other'));
    assert.deepEqual(alone, ['one']);
  });
});
