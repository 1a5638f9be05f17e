import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import type {Block} from '../../../src/domain/rich-text.ts';
import {splitNotice} from '../../../src/server/catalogue/notice.ts';

const p = (text: string): Block => ({kind: 'paragraph', spans: [{text}]});
const h = (text: string): Block => ({kind: 'heading', spans: [{text}]});

describe('the notice of a description', () => {
  const title = 'Steam 50 元';

  it('is the section whose title says so; a first line that repeats the name of the good is left out', () => {
    const rules: Block = {kind: 'list', ordered: true, items: [[{text: '仅限国区。'}]]};
    const text = [p(title), p('【购买须知】'), rules, p('不支持退换。'), p('【使用方法】'), p('打开 Steam。')];
    assert.deepEqual(splitNotice(text, title), {
      notice: [rules, p('不支持退换。')],
      description: [h('使用方法'), p('打开 Steam。')],
    });
  });

  for (const line of ['购买须知', '【购买须知】', '购买须知：', '[注意事项]', '「 温馨提示 」', 'Before you buy:']) {
    it(`begins at ${line}`, () => {
      assert.deepEqual(splitNotice([p('好货'), p(line), p('先看')], title).notice, [p('先看')]);
      assert.deepEqual(splitNotice([h(line), p('先看'), h('其他'), p('后看')], title), {
        notice: [p('先看')],
        description: [h('其他'), p('后看')],
      });
    });
  }

  for (const line of ['请看购买须知', '购买须知在店铺首页', '本店【购买须知】以此为准']) {
    it(`does not begin at ${line}`, () => {
      assert.deepEqual(splitNotice([p(line), p('正文')], title), {notice: [], description: [p(line), p('正文')]});
    });
  }

  it('leaves headings their words, without the brackets', () => {
    assert.deepEqual(splitNotice([h('【使用方法】'), h('【】'), p('正文')], title).description, [
      h('使用方法'),
      h('【】'),
      p('正文'),
    ]);
  });

  it('takes nothing away and says nothing twice', () => {
    const block = fc.oneof(
      fc.constantFrom(p('一'), p('二'), h('说明'), p('【说明】'), p('【购买须知】')),
      fc.string({minLength: 1}).map(p),
    );
    fc.assert(
      fc.property(fc.array(block), text => {
        const {notice, description} = splitNotice(text, title);
        const titles = text.filter(each => JSON.stringify(each) === JSON.stringify(p('【购买须知】')));
        assert.ok(notice.length + description.length <= text.length);
        assert.ok(notice.length + description.length >= text.length - titles.length - 1);
      }),
    );
  });
});
