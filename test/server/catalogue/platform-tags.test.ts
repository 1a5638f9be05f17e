import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {platformTags} from '../../../src/server/catalogue/platform-tags.ts';

describe('the tags of a platform', () => {
  it('are repeated in its words, each once', () => {
    assert.deepEqual(platformTags(['热卖', ' 新品\n', '热卖']), ['热卖', '新品']);
  });

  it('make no promise that only papers can', () => {
    const promises = ['官方直供', '正品保障', '源头厂家', '品牌授权', 'Official', 'Authorised reseller', '平台担保'];
    assert.deepEqual(platformTags([...promises, '秒发']), ['秒发']);
  });

  it('are short and few', () => {
    assert.deepEqual(platformTags(['', '  ', 'x'.repeat(13), '1', '2', '3', '4', '5']), ['1', '2', '3', '4']);
  });
});
