import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {readSecret, secretText} from '../../src/domain/card-secret.ts';

describe('the form of a card', () => {
  for (const [text, secret] of [
    ['STEAM-AAAA-BBBB', {kind: 'code', code: 'STEAM-AAAA-BBBB'}],
    ['  STEAM-AAAA-BBBB\n', {kind: 'code', code: 'STEAM-AAAA-BBBB'}],
    ['https://pan.example/s/1?pwd=x', {kind: 'link', url: 'https://pan.example/s/1?pwd=x'}],
    ['https://pan.example/s/1 提取码 x', {kind: 'text', text: 'https://pan.example/s/1 提取码 x'}],
    ['abc', {kind: 'text', text: 'abc'}],
    ['number 1 password 2', {kind: 'text', text: 'number 1 password 2'}],
    ['卡号A', {kind: 'text', text: '卡号A'}],
    ['javascript:alert(1)', {kind: 'code', code: 'javascript:alert(1)'}],
    [' 两边有空格 ', {kind: 'text', text: ' 两边有空格 '}],
    ['A'.repeat(129), {kind: 'text', text: 'A'.repeat(129)}],
  ] as const) {
    it(`${JSON.stringify(text.slice(0, 40))} is a ${secret.kind}`, () => assert.deepEqual(readSecret(text), secret));
  }

  it('C10: loses nothing but the blanks around a code or a link', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const secret = readSecret(text);
        assert.equal(secretText(secret), secret.kind === 'text' ? text : text.trim());
      }),
    );
  });
});

describe('the text a buyer copies', () => {
  it('is number and password with a blank between', () => {
    assert.equal(secretText({kind: 'number_and_password', number: '1', password: '2'}), '1 2');
  });

  it('is a data address for an image', () => {
    assert.equal(secretText({kind: 'image', mediaType: 'image/png', base64: 'AA=='}), 'data:image/png;base64,AA==');
  });
});
