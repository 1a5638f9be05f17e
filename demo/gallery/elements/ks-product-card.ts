import type {ElementEntry, Given} from '../element-entry.ts';
import type {StagedShop} from '../stage/staged-shop.ts';

/** The card of one good, by its title. */
const showing =
  (title: string) =>
  async (stage: StagedShop): Promise<Given> => ({attributes: {'product-id': (await stage.good(title)).id}});

const pressAdd = (stage: StagedShop): Promise<void> => stage.press('[part="add"]');

export const productCard: ElementEntry = {
  name: {zh: '商品卡片', en: 'Product card'},
  summary: '店里的一种商品。',
  room: 'find',
  states: {
    default: {name: {zh: '有货', en: 'In stock'}, before: showing('爱奇艺黄金会员月卡')},
    kinds: {name: {zh: '有多种规格', en: 'In several kinds'}, before: showing('哔哩哔哩大会员')},
    choosing: {
      name: {zh: '选择规格', en: 'Choosing a kind'},
      before: showing('哔哩哔哩大会员'),
      async after(stage) {
        await pressAdd(stage);
        await stage.find('dialog[open]');
      },
    },
    manual: {name: {zh: '人工发货', en: 'By hand'}, before: showing('中国移动话费 50 元')},
    last: {name: {zh: '库存紧张', en: 'Few left'}, before: showing('Steam 钱包 50 美元 Steam Wallet')},
    'sold-out': {name: {zh: '售罄', en: 'Sold out'}, before: showing('Steam 钱包 300 元')},
    added: {
      name: {zh: '已加入', en: 'Added'},
      before: showing('爱奇艺黄金会员月卡'),
      async after(stage) {
        await pressAdd(stage);
        await stage.find('.add.done');
      },
    },
    refused: {
      name: {zh: '加入失败', en: 'Refused'},
      scenario: 'upstream-down',
      before: showing('爱奇艺黄金会员月卡'),
      async after(stage) {
        await pressAdd(stage);
        await stage.find('.error');
      },
    },
    loading: {
      name: {zh: '加载中', en: 'Loading'},
      async before(stage) {
        const given = await showing('爱奇艺黄金会员月卡')(stage);
        stage.line.hold();
        return given;
      },
    },
    gone: {name: {zh: '商品已下架', en: 'Not for sale'}, attributes: {'product-id': 'prd_00000000000000000000'}},
  },
};
