import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {fromBase64Url, toBase64Url} from '../../../src/server/security/encoding.ts';
import {createKeyRing, equalInConstantTime, readMasterKeys} from '../../../src/server/security/key-ring.ts';
import {isOrderToken, issueOrderToken} from '../../../src/server/security/order-token.ts';
import {masterKey} from '../../support/shop-server.ts';

const [old, next] = [masterKey('k1', 1), masterKey('k2', 2)];
const key32 = Buffer.alloc(32, 7).toString('base64');

describe('master keys', () => {
  it('are read, the active one first, in either base64', () => {
    const url = Buffer.alloc(32, 0xff).toString('base64url');
    const keys = readMasterKeys(`new:${key32}, old:${url}`);
    assert.deepEqual(
      keys.map(({id, bytes}) => [id, bytes.length, bytes[0]]),
      [
        ['new', 32, 7],
        ['old', 32, 255],
      ],
    );
  });

  for (const [what, text] of [
    ['nothing', ''],
    ['no id', key32],
    ['an empty id', `:${key32}`],
    ['a strange id', `a b:${key32}`],
    ['an id of 17 letters', `${'x'.repeat(17)}:${key32}`],
    ['too few bytes', `k1:${Buffer.alloc(31).toString('base64')}`],
    ['too many bytes', `k1:${Buffer.alloc(33).toString('base64')}`],
    ['no base64', 'k1:!!!!'],
    ['three parts', `k1:${key32}:x`],
    ['an empty second key', `k1:${key32},`],
    ['the same id twice', `k1:${key32},k1:${key32}`],
  ] as const) {
    it(`with ${what} are refused, and no key is repeated in the message`, () => {
      assert.throws(
        () => readMasterKeys(text),
        (error: Error) => error.name === 'KeyRingError' && !error.message.includes(key32),
      );
    });
  }
});

describe('sealing', () => {
  it('opens to what was sealed, for the same purpose and context only', async () => {
    const ring = await createKeyRing([old]);
    await fc.assert(
      fc.asyncProperty(fc.string({unit: 'grapheme'}), async text => {
        const {keyId, sealed} = await ring.seal('card', text, 'context');
        assert.equal(await ring.open('card', keyId, sealed, 'context'), text);
        assert.equal(await ring.open('quote', keyId, sealed, 'context'), undefined);
        assert.equal(await ring.open('card', keyId, sealed, 'other'), undefined);
        assert.equal(await ring.open('card', 'k9', sealed, 'context'), undefined);
      }),
      {numRuns: 50},
    );
  });

  it('never gives the same text twice', async () => {
    const ring = await createKeyRing([old]);
    const sealed = await Promise.all(Array.from({length: 50}, () => ring.seal('card', 'same', 'context')));
    assert.equal(new Set(sealed.map(each => each.sealed)).size, 50);
  });

  it('opens nothing of which any byte was changed', async () => {
    const ring = await createKeyRing([old]);
    const {keyId, sealed} = await ring.seal('card', 'AAAA-1111', 'context');
    const bytes = fromBase64Url(sealed)!;
    for (let index = 0; index < bytes.length; index++) {
      for (const bit of [1, 128]) {
        const changed = bytes.slice();
        changed[index]! ^= bit;
        assert.equal(await ring.open('card', keyId, toBase64Url(changed), 'context'), undefined);
      }
    }
  });

  it('opens nothing that is spelt in another way, cut short or made up', async () => {
    const ring = await createKeyRing([old]);
    const {keyId, sealed} = await ring.seal('card', 'AAAA-1111-?', 'context');
    const spellings = [`${sealed}=`, `${sealed}==`, ` ${sealed}`, sealed.slice(0, -1), sealed.slice(4), '', 'A', '!'];
    for (const spelling of spellings) assert.equal(await ring.open('card', keyId, spelling, 'context'), undefined);
  });

  it('after a rotation seals with the new key and still opens what the old one sealed', async () => {
    const before = await createKeyRing([old]);
    const after = await createKeyRing([next, old]);
    const {keyId, sealed} = await before.seal('card', 'AAAA', 'context');
    assert.equal(await after.open('card', keyId, sealed, 'context'), 'AAAA');
    assert.equal((await after.seal('card', 'AAAA', 'context')).keyId, 'k2');
    assert.equal(await (await createKeyRing([next])).open('card', keyId, sealed, 'context'), undefined);
  });

  it('another shop cannot open, even by a key of the same name', async () => {
    const {keyId, sealed} = await (await createKeyRing([old])).seal('card', 'AAAA', 'context');
    const stranger = await createKeyRing([masterKey('k1', 9)]);
    assert.equal(await stranger.open('card', keyId, sealed, 'context'), undefined);
  });
});

describe('keyed hashes', () => {
  it('are one per key, the active one first, and another for every purpose', async () => {
    const [only] = await (await createKeyRing([old])).hashes('order-token', 'ord_1');
    const both = await (await createKeyRing([next, old])).hashes('order-token', 'ord_1');
    assert.deepEqual([both.length, both[1]], [2, only]);
    assert.notEqual(both[0], only);
    const [other] = await (await createKeyRing([old])).hashes('card-fingerprint', 'ord_1');
    assert.notEqual(other, only);
  });
});

describe('an order token', () => {
  it('opens its own order, also after a rotation, and no other', async () => {
    const token = await issueOrderToken(await createKeyRing([old]), 'ord_1');
    assert.match(token, /^[A-Za-z0-9_-]{43}$/);
    const after = await createKeyRing([next, old]);
    assert.equal(await isOrderToken(after, 'ord_1', token), true);
    assert.equal(await isOrderToken(after, 'ord_2', token), false);
    assert.equal(await isOrderToken(await createKeyRing([next]), 'ord_1', token), false);
    for (const forged of ['', token.slice(1), `${token}A`])
      assert.equal(await isOrderToken(after, 'ord_1', forged), false);
  });
});

describe('comparing secrets', () => {
  it('says what === says', () => {
    fc.assert(
      fc.property(fc.string({maxLength: 4}), fc.string({maxLength: 4}), (left, right) => {
        assert.equal(equalInConstantTime(left, right), left === right);
        assert.equal(equalInConstantTime(left, left), true);
      }),
    );
  });
});

describe('base64url', () => {
  it('reads back what it wrote, and what others write with padding', () => {
    fc.assert(
      fc.property(fc.uint8Array(), given => {
        const bytes = Uint8Array.from(given);
        assert.deepEqual(fromBase64Url(toBase64Url(bytes)), bytes);
        assert.deepEqual(fromBase64Url(Buffer.from(bytes).toString('base64')), bytes);
        assert.equal(toBase64Url(bytes), Buffer.from(bytes).toString('base64url'));
      }),
    );
  });

  for (const text of ['A', 'AA===', 'A A', 'ä', '=', 'AAAA\n']) {
    it(`does not read ${JSON.stringify(text)}`, () => assert.equal(fromBase64Url(text), undefined));
  }
});

describe('sealed bytes', () => {
  it('open to the same bytes, under the same purpose and context only, also after a rotation', async () => {
    const ring = await createKeyRing([old]);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({maxLength: 2000}), async bytes => {
        const {keyId, sealed} = await ring.sealBytes('evidence', Uint8Array.from(bytes), 'here');
        const rotated = await createKeyRing([next, old]);
        assert.deepEqual(await rotated.openBytes('evidence', keyId, sealed, 'here'), Uint8Array.from(bytes));
        assert.equal(await ring.openBytes('evidence', keyId, sealed, 'there'), undefined);
        assert.equal(await ring.openBytes('ticket', keyId, sealed, 'here'), undefined);
        assert.equal(await ring.openBytes('evidence', 'k9', sealed, 'here'), undefined);
        const changed = Uint8Array.from(sealed);
        changed[changed.length - 1]! ^= 1;
        assert.equal(await ring.openBytes('evidence', keyId, changed, 'here'), undefined);
      }),
      {numRuns: 30},
    );
  });

  it('are none where there are too few', async () => {
    const ring = await createKeyRing([old]);
    assert.equal(await ring.openBytes('evidence', 'k1', new Uint8Array(12), 'here'), undefined);
  });
});
