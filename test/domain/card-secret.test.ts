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
    ['卡号：1801442 密码：93-01', {kind: 'number_and_password', number: '1801442', password: '93-01'}],
    ['卡号:A1，\n卡密: B2 ', {kind: 'number_and_password', number: 'A1', password: 'B2'}],
    ['卡号：1801 4427 密码：93', {kind: 'text', text: '卡号：1801 4427 密码：93'}],
    ['账号：a@b.example 密码：93', {kind: 'text', text: '账号：a@b.example 密码：93'}],
    ['data:image/png;base64,iVBORw==', {kind: 'image', mediaType: 'image/png', base64: 'iVBORw=='}],
    ['data:image/svg+xml;base64,PHN2Zz4=', {kind: 'code', code: 'data:image/svg+xml;base64,PHN2Zz4='}],
    ['https://pan.example/card.png', {kind: 'link', url: 'https://pan.example/card.png'}],
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
