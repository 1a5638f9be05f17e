import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {keyedHash, sealCipher, webKeyedHash, webSealCipher} from '../../../src/server/security/ciphers.ts';

const bytes = (constraints: fc.IntArrayConstraints) => fc.uint8Array(constraints).map(array => new Uint8Array(array));
const key = bytes({minLength: 32, maxLength: 32});
const iv = bytes({minLength: 12, maxLength: 12});
const text = bytes({maxLength: 300});

describe('the ciphers of a server in Node', () => {
  it('seal what those of pages and workers open, to the same bytes, and the other way round', async () => {
    await fc.assert(
      fc.asyncProperty(key, iv, text, text, async (secret, nonce, plain, context) => {
        const [ours, standard] = [await sealCipher(secret), await webSealCipher(secret)];
        const sealed = await ours.encrypt(nonce, plain, context);
        assert.deepEqual(sealed, await standard.encrypt(nonce, plain, context));
        assert.deepEqual(await ours.decrypt(nonce, sealed, context), plain);
        assert.deepEqual(await standard.decrypt(nonce, sealed, context), plain);
      }),
    );
  });

  it('open nothing that was changed in a single bit, cut off, or meant for something else', async () => {
    await fc.assert(
      fc.asyncProperty(key, iv, text, text, fc.nat(), async (secret, nonce, plain, context, at) => {
        for (const make of [sealCipher, webSealCipher]) {
          const cipher = await make(secret);
          const sealed = await cipher.encrypt(nonce, plain, context);
          const changed = sealed.slice();
          changed[at % sealed.length]! ^= 1 << (at % 8);
          await assert.rejects(cipher.decrypt(nonce, changed, context));
          await assert.rejects(cipher.decrypt(nonce, sealed.slice(0, at % sealed.length), context));
          await assert.rejects(cipher.decrypt(nonce, sealed, new Uint8Array([...context, 0])));
        }
      }),
    );
  });

  it('hash to the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(key, text, async (secret, plain) => {
        const [ours, standard] = [await keyedHash(secret), await webKeyedHash(secret)];
        assert.deepEqual(await ours.sign(plain), await standard.sign(plain));
      }),
    );
  });
});
