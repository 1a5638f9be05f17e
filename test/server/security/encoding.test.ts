import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {fromBase64Url, toBase64Url, webFromBase64Url, webToBase64Url} from '../../../src/server/security/encoding.ts';

const bytes = fc.uint8Array({maxLength: 200}).map(array => new Uint8Array(array));
/** Such as tokens are, and such as somebody makes of them. */
const text = fc.oneof(
  fc.string({unit: fc.constantFrom(...'AZaz09+/-_='), maxLength: 24}),
  fc.string({maxLength: 24}),
  bytes.map(array => Buffer.from(array).toString('base64')),
);

describe('base64url of a server in Node', () => {
  it('is that of pages and workers, and gives the bytes back', () => {
    fc.assert(
      fc.property(bytes, array => {
        const encoded = toBase64Url(array);
        assert.equal(encoded, webToBase64Url(array));
        assert.match(encoded, /^[A-Za-z0-9_-]*$/);
        assert.deepEqual(fromBase64Url(encoded), array);
        assert.deepEqual(toBase64Url(array.subarray(1)), webToBase64Url(array.subarray(1)));
      }),
    );
  });

  it('refuses what those of pages and workers refuse', () => {
    fc.assert(
      fc.property(text, given => {
        assert.deepEqual(fromBase64Url(given), webFromBase64Url(given));
      }),
      {numRuns: 2_000},
    );
    for (const broken of ['A', 'AA=', 'AAA==', 'A===', '=', 'AAAA=', 'AAAA====', 'é', 'A A']) {
      assert.deepEqual([broken, fromBase64Url(broken)], [broken, undefined]);
    }
  });
});
