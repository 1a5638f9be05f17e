import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {wordIn} from '../../../src/server/catalogue/language.ts';
import {plainText} from '../../../src/server/catalogue/plain-text.ts';

describe('a description as plain text', () => {
  for (const [html, text] of [
    ['充值码', '充值码'],
    ['<p>一</p><p>二</p>', '一\n\n二'],
    ['一<br>二<br/>三', '一\n二\n三'],
    ['a <b>b</b>\t\n c', 'a b\nc'],
    ['&lt;b&gt; &amp;amp; &#39;&#x4e00;', "<b> &amp; '一"],
    ['x<script>alert(1)</script>y', 'xy'],
    ['x<style>p{}</style><svg><text>no</text></svg>y', 'xy'],
    ['<script>alert(1)', ''],
    ['<img src=x onerror=alert(1)>图', '图'],
    ['<a href="https://evil.example">这里</a>', '这里'],
    ['<scr<script>ipt>alert(1)</script>', 'ipt>alert(1)'],
    ['<!-- note -->一', '一'],
    ['<<b', '<'],
  ] as const) {
    it(`${JSON.stringify(html)} is ${JSON.stringify(text)}`, () => assert.equal(plainText(html), text));
  }

  it('is never longer than 20,000 letters, and soon read', () => {
    assert.equal(plainText('x'.repeat(1_000_000)).length, 20_000);
    assert.ok(plainText('<div>'.repeat(100_000)).length <= 20_000);
  });

  it('of any text can be had', () => {
    fc.assert(fc.property(fc.string(), html => assert.equal(typeof plainText(html), 'string')));
  });
});

describe('a word in a language', () => {
  const words = {'zh-CN': '中', en: 'English', 'pt-BR': 'brasileiro'};

  for (const [lang, word] of [
    ['en', 'English'],
    ['EN-gb', 'English'],
    ['zh-cn', '中'],
    ['zh-CN-x-shop', '中'],
    ['zh', '中'],
    ['zh-Hant', '中'],
    ['pt', 'brasileiro'],
    ['fr', undefined],
    ['', undefined],
    ['-', undefined],
    ['constructor', undefined],
    [undefined, undefined],
  ] as const) {
    it(`${String(lang)} is ${String(word)}`, () => assert.equal(wordIn(words, lang), word));
  }
});
