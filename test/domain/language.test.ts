import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {closestTag} from '../../src/domain/language.ts';

describe('the closest language', () => {
  const tags = ['zh-CN', 'zh-TW', 'en', 'pt-BR'] as const;
  const cases = {
    'zh-CN': ['zh-CN', 'zh-cn', 'zh', 'zh-Hans', 'zh-SG', 'zh-Hans-HK', 'zh-MY'],
    'zh-TW': ['zh-TW', 'zh-tw', 'zh-Hant', 'zh-HK', 'zh-MO', 'zh-Hant-CN'],
    en: ['en', 'en-GB', 'EN-us'],
    'pt-BR': ['pt-BR', 'pt', 'pt-PT'],
  };
  for (const [closest, wanted] of Object.entries(cases)) {
    for (const tag of wanted) it(`to ${tag} is ${closest}`, () => assert.equal(closestTag(tag, tags), closest));
  }

  it('in another writing is better than none', () => {
    assert.equal(closestTag('zh-HK', ['en', 'zh-CN']), 'zh-CN');
    assert.equal(closestTag('sr-Latn', ['sr']), 'sr');
  });

  it('is none where nobody speaks it, or where a tag is no tag', () => {
    for (const tag of ['ja', '', 'x', 'en_GB', 'zh hant']) assert.equal(closestTag(tag, tags), undefined);
  });
});
