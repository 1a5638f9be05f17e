import type {ElementEntry} from '../element-entry.ts';

export const cartButton: ElementEntry = {
  name: {zh: '购物车按钮', en: 'Cart button'},
  summary: '打开购物车。',
  room: 'buy',
  states: {
    default: {
      name: {zh: '有商品', en: 'With goods'},
      before: stage => stage.fillCart('Steam 钱包 10 元', '爱奇艺黄金会员月卡'),
    },
    empty: {name: {zh: '空', en: 'Empty'}},
    many: {
      name: {zh: '很多', en: 'Many'},
      async before(stage) {
        stage.restock('Steam 钱包 20 元', 400);
        await stage.fillCart({title: 'Steam 钱包 20 元', quantity: 128});
      },
    },
  },
};
