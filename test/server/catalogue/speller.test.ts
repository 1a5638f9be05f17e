import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {createSpeller} from '../../../src/server/catalogue/speller.ts';
import {fakeLog} from '../../support/fake-log.ts';
import {aListing} from '../persistence/record-builders.ts';

const speller = createSpeller({log: fakeLog()});
const spell = async (title: string, titles: Record<string, string> = {}) => {
  const [listing] = await speller.spell([aListing('main', 'a', {title, titles})]);
  return listing!.spelling;
};

describe('the speller', () => {
  for (const [title, spelling] of [
    ['王者荣耀 点券', 'WangZheRongYaoDianQuan'],
    ['Steam 钱包充值码 50 元（国区）', 'SteamQianBaoChongZhiMa50YuanGuoQu'],
    ['中国银行 行走', 'ZhongGuoYinHangXingZou'],
    ['女神异闻录', 'NvShenYiWenLu'],
    ['ＱＱ会员１２个月', 'QqHuiYuan12GeYue'],
    ['網易會員', 'WangYiHuiYuan'],
    ['𠮷野家 \ud83d 🎮 券', 'YeJiaQuan'],
  ] as const) {
    it(`spells ${title}`, async () => assert.equal(await spell(title), spelling));
  }

  it('leaves a listing without Chinese alone', async () => {
    assert.equal(await spell('Steam wallet', {en: 'Steam'}), undefined);
  });

  it('spells every Chinese title, each once', async () => {
    assert.equal(
      await spell('Netflix', {'zh-CN': '网飞', 'zh-TW': '網飛會員', en: 'Netflix'}),
      'WangFei WangFeiHuiYuan',
    );
    assert.equal(await spell('网飞', {'zh-CN': '网飞'}), 'WangFei');
  });

  it('keeps the order of the listings, and stops when it is told to', async () => {
    const listings = Array.from({length: 2_000}, (_, index) => aListing('main', `${index}`, {title: `点卡 ${index}`}));
    const spelled = await speller.spell(listings);
    assert.deepEqual(
      spelled.map(({id, spelling}) => [id, spelling]),
      listings.map(({id}, index) => [id, `DianKa${index}`]),
    );
    const fresh = createSpeller({log: fakeLog()});
    await assert.rejects(fresh.spell(listings, AbortSignal.abort(new Error('enough'))), /enough/);
  });
});
