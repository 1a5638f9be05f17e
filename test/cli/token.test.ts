import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import type {Command, Io} from '../../src/cli/command.ts';
import {doctorCommand} from '../../src/cli/doctor.ts';
import {tokenCommand} from '../../src/cli/token.ts';
import {systemClock} from '../../src/server/clock.ts';
import {openForMaintenance} from '../../src/server/persistence/maintenance.ts';
import {hashText} from '../../src/server/security/ids.ts';
import {prepareDatabase} from '../support/prepared-database.ts';
import {commandLine, type CommandLine} from './support/command-line.ts';
import {withStore} from './support/used-shop.ts';

describe('keystall token', () => {
  let line: CommandLine;
  let dataFolder: string;
  before(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'keystall-token-'));
    await prepareDatabase(dataFolder);
    line = await commandLine(undefined, {dataFolder});
    await withStore({dataFolder}, async () => {});
  });
  after(async () => {
    await line.remove();
    await rm(dataFolder, {recursive: true});
  });

  const token = (...args: readonly string[]) => run(tokenCommand, ...args);

  async function run(command: Command, ...args: readonly string[]) {
    const [out, told] = [[] as string[], [] as string[]];
    const environment = {PLATFORM_ID: '1000', PLATFORM_KEY: 'A', PAYMENT_KEY: 'p', WEBHOOK_SECRET: 'whsec_AAAA'};
    const io: Io = {environment, print: text => void out.push(text), tell: text => void told.push(text)};
    const code = await command.run([...args, '--config', join(line.folder, 'keystall.config.mjs')], io);
    return {code, out, told: told.join('\n')};
  }

  it('makes a token that is shown once and kept as a hash, lists it, and revokes it for good', async () => {
    assert.deepEqual(await token('list').then(({code, out}) => [code, out]), [0, []]);
    const console = async () => (await run(doctorCommand)).out.find(text => text.includes(' console: '));
    assert.equal(await console(), 'look  console: nobody can get in; "keystall token create" makes a token');
    const made = await token('create', '--name', '小美', '--role', 'operator', '--days', '30');
    const [secret] = made.out;
    assert.deepEqual([made.code, made.out.length], [0, 1]);
    assert.match(secret!, /^kst_[\w-]{43}$/);
    assert.ok(!made.told.includes(secret!));
    const id = /tok_[\w-]+/.exec(made.told)![0];

    const [listed, ...others] = (await token('list')).out;
    assert.match(listed!, new RegExp(`^${id}  open     operator    \\S+ to \\S+  小美$`));
    assert.deepEqual(others, []);

    assert.equal(await console(), 'ok    console: tokens that open it: 1');
    const revoked = await token('revoke', id);
    assert.deepEqual([revoked.code, revoked.out], [0, []]);
    assert.match((await token('list')).out[0]!, / revoked /);
    const again = await token('revoke', id);
    assert.equal(again.code, 1);
    assert.match(again.told, /no token tok_.*revoked before/);

    const {store, database, close} = await openForMaintenance({dataFolder, clock: systemClock, tables: 'expect'});
    try {
      const {name, role, expiresAt, createdAt} = (await store.consoleTokenByHash(hashText(secret!)))!;
      assert.deepEqual([name, role, expiresAt - createdAt], ['小美', 'operator', 30 * 24 * 3_600_000]);
      const lines = await store.auditedActions({limit: 10});
      assert.deepEqual(
        lines.map(each => [each.tokenId, each.action, each.subject, each.outcome?.status]),
        [
          ['command-line', 'keystall token revoke', id, 200],
          ['command-line', 'keystall token create', id, 200],
        ],
      );
      assert.ok(!JSON.stringify([lines, await store.consoleTokens()]).includes(secret!));
      // The database itself keeps the log as it was written, whoever asks.
      const shop = database.withSchema('keystall');
      await assert.rejects(shop.deleteFrom('console_audit').execute(), /append-only/);
      await assert.rejects(shop.updateTable('console_audit_outcome').set({record: '{}'}).execute(), /append-only/);
    } finally {
      await close();
    }
  });
});
