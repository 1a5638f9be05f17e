import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {wordIn} from '../../../src/server/catalogue/language.ts';

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
