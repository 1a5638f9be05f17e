import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {masterKeysOf, newMasterKey} from '../../../src/server/operations/master-keys.ts';

describe('the master keys of a server', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keystall-keys-'));
  });
  after(() => rm(folder, {recursive: true}));

  const idsOf = (environment: Record<string, string>) => masterKeysOf(environment).map(({id}) => id);

  it('come from the environment', () => {
    assert.deepEqual(idsOf({KEYSTALL_KEYS: `${newMasterKey('k2')},${newMasterKey('k1')}`}), ['k2', 'k1']);
  });

  it('come from a file, one a line or in one', async () => {
    const path = join(folder, 'keys');
    await writeFile(path, `# the keys of the shop\n${newMasterKey('k2')}\n\n${newMasterKey('k1')},\n`);
    assert.deepEqual(idsOf({KEYSTALL_KEYS_FILE: path}), ['k2', 'k1']);
    await writeFile(path, `${newMasterKey('a')},${newMasterKey('b')}\n`);
    assert.deepEqual(idsOf({KEYSTALL_KEYS_FILE: path}), ['a', 'b']);
  });

  it('are refused where there are none, with the way to make one', () => {
    for (const environment of [{}, {KEYSTALL_KEYS: ''}]) {
      assert.throws(
        () => masterKeysOf(environment),
        (error: Error) => error.name === 'KeyRingError' && error.message.includes('head -c 32 /dev/urandom | base64'),
      );
    }
  });

  it('are refused where two places hold some, where the file is not there, and where it is empty', async () => {
    const path = join(folder, 'empty');
    await writeFile(path, '\n');
    const refused = [
      {KEYSTALL_KEYS: newMasterKey('k1'), KEYSTALL_KEYS_FILE: path},
      {KEYSTALL_KEYS_FILE: join(folder, 'absent')},
      {KEYSTALL_KEYS_FILE: path},
    ];
    for (const environment of refused) assert.throws(() => masterKeysOf(environment), {name: 'KeyRingError'});
  });

  it('are 32 random bytes each', () => {
    assert.notEqual(newMasterKey('k1'), newMasterKey('k1'));
    assert.equal(masterKeysOf({KEYSTALL_KEYS: newMasterKey('k1')})[0].bytes.length, 32);
  });
});
