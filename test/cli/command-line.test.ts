import assert from 'node:assert/strict';
import {chmod, writeFile} from 'node:fs/promises';
import {once} from 'node:events';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {after, before, describe, it} from 'node:test';
import {newMasterKey} from '../../src/server/operations/master-keys.ts';
import {commandLine, type CommandLine} from './support/command-line.ts';

const commands = ['serve', 'sandbox', 'token', 'import-cards', 'rotate-key', 'backup', 'restore', 'doctor'];
const key = newMasterKey('k1');

describe('the command line', () => {
  let line: CommandLine;
  before(async () => {
    line = await commandLine();
  });
  after(() => line.remove());

  it('lists its commands, each with its help, options and exit codes', async () => {
    const {code, out} = await line.keystall(['--help']);
    assert.equal(code, 0);
    for (const name of commands) {
      assert.match(out, new RegExp(`^  ${name} +[a-z]`, 'm'));
      const help = await line.keystall([name, '--help']);
      assert.equal(help.code, 0);
      assert.match(help.out, new RegExp(`^Usage: keystall ${name}`));
      assert.match(help.out, /Exit codes\n {2}0/);
    }
  });

  for (const [what, args, says] of [
    ['no command', [], /Usage: keystall <command>/],
    ['an unknown command', ['sevre'], /There is no command "sevre".*serve/s],
    ['an unknown option', ['serve', '--prot', '1'], /--prot.*keystall serve --help/s],
    ['a word too many', ['doctor', 'now'], /"now" is too much/],
    ['a file too few', ['backup'], /Name the file/],
    ['no file of cards', ['import-cards', '--good', 'x'], /Name the file to read/],
    ['a file of cards that is not there', ['import-cards', 'absent.txt'], /no file absent\.txt/],
    ['an id that no key can have', ['rotate-key', '--new', 'a b'], /no id of a key/],
    ['nothing to do with tokens', ['token'], /create, list, revoke.*keystall token --help/s],
    ['a token of nobody', ['token', 'create', '--role', 'owner'], /--name says who holds/],
    ['a role that is none', ['token', 'create', '--name', 'mei', '--role', 'king'], /"king" is no role.*bookkeeper/s],
    ['a token for ever', ['token', 'create', '--name', 'mei', '--role', 'owner', '--days', '9999'], /from 1 to 366/],
    ['no token to revoke', ['token', 'revoke'], /Name the id of the token/],
    ['a port that is none', ['sandbox', '--port', 'x'], /--port must be a whole number.*keystall sandbox --help/s],
    ['a scenario that is not there', ['sandbox', '--scenario', 'absent.json'], /no file absent\.json/],
    ['an environment file that is not there', ['serve', '--env', 'absent'], /no file absent/],
  ] as const) {
    it(`leaves with 2 on ${what}`, async () => {
      const {code, out, error} = await line.keystall(args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(error, says);
    });
  }

  it('leaves with 3 where there is no configuration, or a wrong one, and names every mistake', async () => {
    const absent = await line.keystall(['serve', '--config', 'absent.mjs'], {KEYSTALL_KEYS: key});
    assert.equal(absent.code, 3);
    assert.match(absent.error, /absent\.mjs: there is no such file/);
    await writeFile(join(line.folder, 'wrong.mjs'), 'export default {shop: {name: ""}, address: "x"};\n');
    const wrong = await line.keystall(['serve', '--config', 'wrong.mjs'], {KEYSTALL_KEYS: key});
    assert.equal(wrong.code, 3);
    for (const path of ['shop.name', 'shop.currency', 'address', 'connections'])
      assert.ok(wrong.error.includes(path), path);
  });

  it('starts no sandbox with a scenario that cannot be played, and names every mistake', async () => {
    await writeFile(
      join(line.folder, 'bad.json'),
      '{"faults": [{"fault": "fire"}, {"fault": "slow", "probability": 7, "times": 0}]}',
    );
    const {code, out, error} = await line.keystall(['sandbox', '--scenario', 'bad.json']);
    assert.deepEqual([code, out], [3, '']);
    for (const path of ['faults[0].fault: ', 'faults[1].probability: ', 'faults[1].times: ']) {
      assert.ok(error.includes(path), error);
    }
  });

  it('starts no server without a master key, and says how to make one', async () => {
    const {code, error} = await line.keystall(['serve']);
    assert.equal(code, 3);
    assert.match(error, /no master key.*head -c 32 \/dev\/urandom \| base64/s);
  });

  it('makes a master key that a server starts with, from a file of variables', async () => {
    const {out} = await line.keystall(['rotate-key', '--new', 'k7']);
    assert.match(out, /^k7:[A-Za-z0-9+/]{43}=\n$/);
    await writeFile(join(line.folder, 'shop.env'), `KEYSTALL_KEYS=${out}`);
    const server = line.start(['serve', '--env', 'shop.env']);
    const [first] = (await once(createInterface(server.stdout!), 'line')) as [string];
    assert.match(first, /^shop http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(await (await fetch(`${first.slice(5)}/healthz`)).text(), 'alive');

    const busy = await line.keystall(['backup', 'busy.backup'], {KEYSTALL_KEYS: out.trim()});
    assert.equal(busy.code, 1);
    assert.match(busy.error, /in use|another process/i);

    server.kill('SIGTERM');
    assert.deepEqual(await once(server, 'exit'), [0, null]);
  });
});

describe('keystall doctor', () => {
  let line: CommandLine;
  let stopPlatform: () => void;
  before(async () => {
    const starter = await commandLine();
    const platform = starter.start(['sandbox', '--port', '0'], {SANDBOX_APP_KEY: 'A1B2C3D4E5F6A7B8'});
    const [first] = (await once(createInterface(platform.stdout!), 'line')) as [string];
    stopPlatform = () => void platform.kill('SIGTERM');
    await starter.remove();
    line = await commandLine(first.slice('platform '.length));
  });
  after(async () => {
    stopPlatform();
    await line.remove();
  });

  it('finds nothing wrong with a shop that can work', async () => {
    const {code, out} = await line.keystall(['doctor'], {KEYSTALL_KEYS: key});
    assert.equal(code, 0, out);
    assert.match(out, /^ok {4}configuration: connections 1, payment providers 1$/m);
    assert.match(out, /^ok {4}master keys: k1 encrypts$/m);
    assert.match(out, /^look {2}database: there is none/m);
    assert.match(out, /^ok {4}connection main: acg-faka, account .+, balance 10000/m);
    assert.match(out, /^ok {4}payment sandbox: answers/m);
    assert.match(out, /^ok {4}disk: [\d.]+ GB free/m);
  });

  it('tells of wrong credentials, of a missing key, and of a key that others can read, and prints no secret', async () => {
    const path = join(line.folder, 'keys');
    await writeFile(path, key);
    await chmod(path, 0o644);
    const wrong = {PLATFORM_KEY: '0000000000000000', KEYSTALL_KEYS_FILE: path};
    const {code, out, error} = await line.keystall(['doctor'], wrong);
    assert.equal(code, 4);
    assert.match(out, /^WRONG connection main: /m);
    assert.match(out, /^look {2}master keys: others .*chmod 600/m);
    for (const secret of [wrong.PLATFORM_KEY, key.slice(3), 'payment-key', 'whsec_']) {
      assert.ok(!`${out}${error}`.includes(secret), 'a secret was printed');
    }
    const keyless = await line.keystall(['doctor']);
    assert.equal(keyless.code, 4);
    assert.match(keyless.out, /^WRONG master keys: There is no master key/m);
  });

  it('tells of a platform that does not answer', async () => {
    const lonely = await commandLine('http://127.0.0.1:1');
    const {code, out} = await lonely.keystall(['doctor'], {KEYSTALL_KEYS: key});
    await lonely.remove();
    assert.equal(code, 4);
    assert.match(out, /^WRONG connection main: /m);
    assert.match(out, /^WRONG payment sandbox: does not answer at http:\/\/127\.0\.0\.1:1$/m);
  });
});
