import assert from 'node:assert/strict';
import {once} from 'node:events';
import {after, before, describe, it} from 'node:test';
import {newMasterKey} from '../../src/server/operations/master-keys.ts';
import {createKeyRing, readMasterKeys} from '../../src/server/security/key-ring.ts';
import {keysInUse} from '../../src/server/security/rotate-key.ts';
import {startPostgres, type TestPostgres} from '../support/postgres.ts';
import {commandLine, type CommandLine} from './support/command-line.ts';
import {openedOrder, useShop, withStore} from './support/used-shop.ts';

const [k1, k2] = [newMasterKey('k1'), newMasterKey('k2')];
const both = `${k2},${k1}`;
const ring = (text: string) => createKeyRing(readMasterKeys(text));

describe('keystall rotate-key', {timeout: 240_000}, () => {
  let postgres: TestPostgres;
  let line: CommandLine;
  before(async () => {
    postgres = await startPostgres();
    line = await commandLine();
  });
  after(async () => {
    await postgres.stop();
    await line.remove();
  });

  it('killed with -9 in the middle goes on when it is run again, while a server reads and writes', async () => {
    const databaseUrl = await postgres.createDatabase();
    const environment = {KEYSTALL_KEYS: both, DATABASE_URL: databaseUrl};
    const [old, keys, alone] = [await ring(k1), await ring(both), await ring(k2)];
    await withStore({databaseUrl}, async store => {
      const first = await useShop(store, old, 3000);
      const before1 = await openedOrder(store, keys, first.id);

      const killed = line.start(['rotate-key'], environment);
      const exit = once(killed, 'exit');
      for (;;) {
        const counts = await keysInUse(store);
        if (counts.has('k2')) break;
      }
      killed.kill('SIGKILL');
      assert.deepEqual(await exit, [null, 'SIGKILL']);
      const midway = await keysInUse(store);
      assert.ok(midway.get('k1')! > 0 && midway.get('k2')! > 0, 'it was not killed in the middle');
      assert.deepEqual(await openedOrder(store, keys, first.id), before1);

      // A server that has not heard of the new key as the first one writes under the old one meanwhile.
      const running = line.keystall(['rotate-key'], environment);
      const second = await useShop(store, old, 50);
      await running;
      const last = await line.keystall(['rotate-key'], environment);
      assert.equal(last.code, 0, last.error);
      assert.match(last.out, /Nothing lies under any other key than k2/);
      for (const {id} of [first, second]) await openedOrder(store, alone, id);
      assert.deepEqual(await openedOrder(store, alone, first.id), {
        ...(before1 as object),
        ...{couponUses: 2, catalogueVersion: await store.catalogueVersion()},
      });
    });
  });

  it('leaves with 4 and names what it could not open', async () => {
    const databaseUrl = await postgres.createDatabase();
    await withStore({databaseUrl}, async store => useShop(store, await ring(k1), 2));
    const {code, out, error} = await line.keystall(['rotate-key'], {KEYSTALL_KEYS: k2, DATABASE_URL: databaseUrl});
    assert.equal(code, 4);
    assert.match(error, /card crd_\S+: .*key "k1"; put that master key back/);
    assert.match(out, /5 under k1/);
    const doctor = await line.keystall(['doctor'], {KEYSTALL_KEYS: k2, DATABASE_URL: databaseUrl});
    assert.match(doctor.out, /WRONG what is encrypted: card crd_\S+ lies under k1 and does not open/);
  });

  it('refuses a database without this version’s tables, and a folder without a database', async () => {
    const databaseUrl = await postgres.createDatabase();
    const bare = await line.keystall(['rotate-key'], {KEYSTALL_KEYS: k1, DATABASE_URL: databaseUrl});
    assert.equal(bare.code, 1);
    assert.match(bare.error, /has not the tables of this version/);
    const absent = await line.keystall(['rotate-key'], {KEYSTALL_KEYS: k1});
    assert.equal(absent.code, 1);
    assert.match(absent.error, /no database in/);
  });
});
