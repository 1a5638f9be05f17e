import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {evidenceHeadBytes, evidenceProblem, evidenceType, maximumEvidenceBytes} from '../../src/domain/evidence.ts';
import {jpeg, page, pdf, png, webp} from '../support/files.ts';

describe('what a file is', () => {
  it('shows in its first bytes', () => {
    assert.deepEqual(
      [png, jpeg, webp, pdf].map(bytes => evidenceType(bytes)),
      ['image/png', 'image/jpeg', 'image/webp', 'application/pdf'],
    );
    assert.equal(evidenceType(page), undefined);
  });

  it('shows in no fewer bytes than are looked at, and no byte after them matters', () => {
    fc.assert(
      fc.property(fc.constantFrom(png, jpeg, webp, pdf), fc.uint8Array({maxLength: 64}), (file, rest) => {
        const start = file.slice(0, evidenceHeadBytes);
        assert.equal(evidenceType(start), evidenceType(file));
        assert.equal(evidenceType(Uint8Array.from([...start, ...rest])), evidenceType(file));
      }),
    );
  });

  it('is nothing when one byte of the signature is another', () => {
    for (const [file, length] of [
      [png, 8],
      [jpeg, 3],
      [pdf, 5],
    ] as const) {
      for (let index = 0; index < length; index++) {
        const changed = Uint8Array.from(file);
        changed[index]! ^= 1;
        assert.equal(evidenceType(changed), undefined, `byte ${index}`);
        assert.equal(evidenceType(file.subarray(0, index)), undefined, `${index} bytes`);
      }
    }
    assert.equal(evidenceType(webp.subarray(0, 11)), undefined);
  });
});

describe('whether a file can be attached', () => {
  it('depends on its size to the byte, and on its kind', () => {
    assert.equal(evidenceProblem(png, 0), 'empty');
    assert.equal(evidenceProblem(png, 1), undefined);
    assert.equal(evidenceProblem(png, maximumEvidenceBytes), undefined);
    assert.equal(evidenceProblem(png, maximumEvidenceBytes + 1), 'too_large');
    assert.equal(evidenceProblem(page, 10), 'wrong_type');
  });
});
