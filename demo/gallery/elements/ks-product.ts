import type {ElementEntry, Given} from '../element-entry.ts';
import type {StagedShop} from '../stage/staged-shop.ts';

/** The page of one good, by its title. */
const showing =
  (title: string) =>
  async (stage: StagedShop): Promise<Given> => ({attributes: {product: (await stage.good(title)).id}});

export const product: ElementEntry = {
  name: {zh: '商品详情', en: 'Product page'},
  summary: '一种商品的页面。',
  room: 'find',
  states: {
    default: {name: {zh: '一般商品', en: 'A good'}, before: showing('Steam 钱包 10 元')},
    kinds: {name: {zh: '多种规格', en: 'Several kinds'}, before: showing('哔哩哔哩大会员')},
    steps: {name: {zh: '批发价', en: 'Prices by quantity'}, before: showing('Steam 钱包 20 元')},
    form: {name: {zh: '直充表单', en: 'Top-up form'}, before: showing('中国移动话费 50 元')},
    'form-problems': {
      name: {zh: '表单没填', en: 'Form left empty'},
      before: showing('中国移动话费 50 元'),
      async after(stage) {
        await stage.press('[part="add"]');
        await stage.find('[aria-invalid="true"]');
      },
    },
    'sold-out': {name: {zh: '售罄', en: 'Sold out'}, before: showing('Steam 钱包 300 元')},
    cards: {
      name: {zh: '自己挑卡', en: 'Cards to choose from'},
      before: showing('完美一卡通 15 元'),
      async after(stage) {
        await stage.find('.cards');
      },
    },
    official: {
      name: {zh: '官方直供', en: 'Official source'},
      scenario: 'official-source',
      before: showing('Steam 钱包 10 元'),
      // With its evidence open.
      after: stage => stage.press('[part="official"] summary'),
    },
    refused: {
      name: {zh: '库存无法确认', en: 'Stock unconfirmed'},
      scenario: 'upstream-down',
      before: showing('Steam 钱包 10 元'),
      async after(stage) {
        await stage.press('[part="add"]');
        await stage.find('[part="error"]');
      },
    },
    loading: {
      name: {zh: '加载中', en: 'Loading'},
      async before(stage) {
        const given = await showing('Steam 钱包 10 元')(stage);
        stage.line.hold();
        return given;
      },
    },
    gone: {name: {zh: '已下架', en: 'Not for sale'}, attributes: {product: 'prd_00000000000000000000'}},
    unnamed: {name: {zh: '没有指定商品', en: 'No good named'}},
  },
};
