import type {ElementEntry} from '../element-entry.ts';

export const filters: ElementEntry = {
  name: {zh: '筛选与排序', en: 'Filters'},
  summary: '筛选和排序正在看的商品。',
  room: 'find',
  states: {
    default: {name: {zh: '没有筛选', en: 'None set'}},
    narrowed: {
      name: {zh: '已筛选', en: 'Narrowed down'},
      before({shop}) {
        shop.browse.change({type: 'price_set', minPrice: '20', maxPrice: '100'});
        shop.browse.change({type: 'stock_set', inStock: true});
        shop.browse.change({type: 'delivery_chosen', delivery: 'automatic'});
      },
    },
    'nothing-left': {
      name: {zh: '筛没了', en: 'Nothing left'},
      before: ({shop}) => shop.browse.change({type: 'price_set', minPrice: '999999', maxPrice: undefined}),
    },
    empty: {name: {zh: '没有商品', en: 'Empty shop'}, scenario: 'empty'},
    loading: {name: {zh: '加载中', en: 'Loading'}, before: stage => stage.line.hold()},
    failed: {name: {zh: '连不上店铺', en: 'Shop unreachable'}, before: stage => stage.line.cut()},
  },
};
