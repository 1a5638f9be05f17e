import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex} from '@noble/hashes/utils.js';
import {newReference} from '../../../src/server/procurement/reference.ts';
import {hashText, isId, newId, newOrderNumber, stableId} from '../../../src/server/security/ids.ts';

describe('ids', () => {
  it('are the same whether Node hashes them or a page, which has nothing of Node', () => {
    for (const text of ['', '月卡 😀', 'half \ud83d pair', 'nul \0']) {
      assert.equal(hashText(text), bytesToHex(sha256(new TextEncoder().encode(text))));
    }
  });

  it('are random, 128 bits, and tell what they name', () => {
    const ids = Array.from({length: 1000}, () => newId('ord'));
    assert.equal(new Set(ids).size, 1000);
    for (const id of ids) assert.match(id, /^ord_[A-Za-z0-9_-]{22}$/);
  });

  it('that follow from what they name are the same each time, and never run together', () => {
    assert.equal(stableId('prd', 'main', 'A'), stableId('prd', 'main', 'A'));
    const others = [stableId('prd', 'mainA', ''), stableId('prd', 'main', 'A', ''), stableId('prd', 'A', 'main')];
    assert.equal(new Set([...others, stableId('prd', 'main', 'A')]).size, 4);
    assert.match(stableId('prd', 'main', 'A'), /^prd_[0-9a-f]{20}$/);
  });

  it('are told from what could be none', () => {
    assert.deepEqual([newId('ord'), stableId('sku', 'x')].map(isId), [true, true]);
    const others = ['', '\0', 'a b', 'ä', '../x', 'x'.repeat(65), 'a\n'];
    assert.deepEqual(others.filter(isId), []);
  });

  it('SHA-256 is SHA-256', () => {
    assert.equal(hashText('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('an order number begins with the time in UTC', () => {
    assert.match(newOrderNumber(Date.UTC(2026, 0, 2, 3, 4, 5)), /^260102030405\d{6}$/);
  });
});

describe('a reference', () => {
  it('keeps to the platform’s length, and to letters and digits that no platform confuses', () => {
    for (const [most, length] of [
      [8, 8],
      [19, 19],
      [64, 19],
    ] as const) {
      assert.match(newReference(most), new RegExp(`^[0-9a-hjkmnp-tv-z]{${length}}$`));
    }
    assert.equal(new Set(Array.from({length: 1000}, () => newReference(19))).size, 1000);
  });
});
