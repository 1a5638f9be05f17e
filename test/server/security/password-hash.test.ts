import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {hashPassword, isPassword} from '../../../src/server/security/password-hash.ts';

describe('the hash of a look-up password', () => {
  it('is as much work as is advised, unless the server is told otherwise', async () => {
    assert.equal((await hashPassword('abcd1234')).iterations, 600_000);
    assert.equal((await hashPassword('abcd1234', 1000)).iterations, 1000);
  });

  it('is checked with the work it was made with', async () => {
    const known = await hashPassword('abcd1234', 1000);
    assert.equal(await isPassword('abcd1234', known), true);
    assert.equal(await isPassword('abcd1235', known), false);
    assert.equal(await isPassword('abcd1234', undefined, 1000), false);
  });
});
