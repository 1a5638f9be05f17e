import assert from 'node:assert/strict';
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {gunzipSync, gzipSync} from 'node:zlib';
import type {OrderRecord} from '../../src/server/persistence/records.ts';
import {newMasterKey} from '../../src/server/operations/master-keys.ts';
import {createKeyRing, readMasterKeys} from '../../src/server/security/key-ring.ts';
import {startPostgres, type TestPostgres} from '../support/postgres.ts';
import {commandLine, type CommandLine} from './support/command-line.ts';
import {openedOrder, useShop, withStore} from './support/used-shop.ts';

const [k1, k2] = [newMasterKey('k1'), newMasterKey('k2')];
const ring = (text: string) => createKeyRing(readMasterKeys(text));

describe('backup and restore', {timeout: 240_000}, () => {
  let postgres: TestPostgres;
  let line: CommandLine;
  let databaseUrl: string;
  let order: OrderRecord;
  let before1: unknown;
  const path = (name: string) => join(line.folder, name);

  before(async () => {
    postgres = await startPostgres();
    line = await commandLine();
    databaseUrl = await postgres.createDatabase();
    const keys = await ring(k1);
    order = await withStore({databaseUrl}, store => useShop(store, keys, 450));
    before1 = await withStore({databaseUrl}, store => openedOrder(store, keys, order.id));
    const {code, out} = await line.keystall(['backup', 'k1.backup'], {KEYSTALL_KEYS: k1, DATABASE_URL: databaseUrl});
    assert.equal(code, 0);
    assert.match(out, /useless without the master keys: k1/);
  });
  after(async () => {
    await postgres.stop();
    await line.remove();
  });

  it('bring everything back to the letter, from PostgreSQL to PGlite and on to PostgreSQL', async () => {
    const keys = await ring(k1);
    const embedded = await line.keystall(['restore', 'k1.backup'], {KEYSTALL_KEYS: k1});
    assert.equal(embedded.code, 0, embedded.error);
    const dataFolder = path('data');
    assert.deepEqual(await withStore({dataFolder}, store => openedOrder(store, keys, order.id)), before1);
    assert.equal((await line.keystall(['backup', 'again.backup'], {KEYSTALL_KEYS: k1})).code, 0);
    const bare = (name: string) =>
      readFile(path(name)).then(bytes => gunzipSync(bytes).toString().split('\n').slice(1).sort());
    assert.deepEqual(await bare('again.backup'), await bare('k1.backup'));

    const other = await postgres.createDatabase();
    assert.equal((await line.keystall(['restore', 'again.backup'], {KEYSTALL_KEYS: k1, DATABASE_URL: other})).code, 0);
    await withStore({databaseUrl: other}, async store => {
      assert.deepEqual(await openedOrder(store, keys, order.id), before1);
      // A shop goes on where it was.
      await useShop(store, keys, 1);
      assert.equal((await store.unfinished(Date.now())).pendingOrderIds.length, 2);
    });
  });

  it('hold no card, message or key that could be read', async () => {
    const text = gunzipSync(await readFile(path('k1.backup'))).toString();
    for (const secret of ['CARD-', '卡密无效', 'look-up', k1.slice(3)]) assert.ok(!text.includes(secret), secret);
  });

  it('refuse a database that holds a shop already', async () => {
    const {code, error} = await line.keystall(['restore', 'k1.backup'], {KEYSTALL_KEYS: k1, DATABASE_URL: databaseUrl});
    assert.equal(code, 1);
    assert.match(error, /holds a shop already/);
  });

  it('refuse without the key, or with another of the same name, and leave the database empty', async () => {
    const empty = await postgres.createDatabase();
    for (const keys of [k2, newMasterKey('k1')]) {
      const {code, error} = await line.keystall(['restore', 'k1.backup'], {KEYSTALL_KEYS: keys, DATABASE_URL: empty});
      assert.equal(code, 3, error);
      assert.match(error, /Nothing was changed/);
      assert.equal(await withStore({databaseUrl: empty}, store => store.order(order.id)), undefined);
    }
  });

  it('refuse a file that was cut off anywhere, or is none', async () => {
    const empty = await postgres.createDatabase();
    const whole = await readFile(path('k1.backup'));
    const lines = gunzipSync(whole).toString().trimEnd().split('\n');
    const damaged = {
      'half.backup': whole.subarray(0, whole.length >> 1),
      'endless.backup': gzipSync(lines.slice(0, -1).join('\n') + '\n'),
      'holed.backup': gzipSync(lines.toSpliced(-3, 1).join('\n') + '\n'),
      'other.backup': gzipSync('hello\n'),
      'text.backup': Buffer.from('hello'),
    };
    for (const [name, bytes] of Object.entries(damaged)) {
      await writeFile(path(name), bytes);
      const {code} = await line.keystall(['restore', name], {KEYSTALL_KEYS: k1, DATABASE_URL: empty});
      assert.equal(code, 1, name);
      assert.equal(await withStore({databaseUrl: empty}, store => store.order(order.id)), undefined, name);
    }
  });

  it('work with rotated keys: a backup from before needs the old key, one from after the new one alone', async () => {
    const both = `${k2},${k1}`;
    const rotated = await line.keystall(['rotate-key'], {KEYSTALL_KEYS: both, DATABASE_URL: databaseUrl});
    assert.equal(rotated.code, 0, rotated.error);
    await line.keystall(['backup', 'k2.backup'], {KEYSTALL_KEYS: k2, DATABASE_URL: databaseUrl});
    for (const [name, keys] of [
      ['k2.backup', k2],
      ['k1.backup', both],
    ] as const) {
      const target = await postgres.createDatabase();
      const restored = await line.keystall(['restore', name], {KEYSTALL_KEYS: keys, DATABASE_URL: target});
      assert.equal(restored.code, 0, restored.error);
      const after1 = await withStore({databaseUrl: target}, async store =>
        openedOrder(store, await ring(keys), order.id),
      );
      assert.deepEqual(after1, before1);
    }
  });
});
