import type {ElementEntry} from '../element-entry.ts';

export const productGrid: ElementEntry = {
  name: {zh: '商品网格', en: 'Product grid'},
  room: 'find',
  states: {
    default: {name: {zh: '货架', en: 'A shelf'}, attributes: {limit: '8'}},
    endless: {name: {zh: '一直往下', en: 'Endless'}, attributes: {endless: ''}},
    search: {name: {zh: '按拼音找到', en: 'Found by initials'}, attributes: {q: 'wzry'}},
    'nothing-found': {name: {zh: '没有找到', en: 'Nothing found'}, attributes: {q: '不存在的商品'}},
    'sold-out': {name: {zh: '全部售罄', en: 'Sold out'}, scenario: 'sold-out', attributes: {limit: '8'}},
    empty: {name: {zh: '没有商品', en: 'Empty shop'}, scenario: 'empty'},
    loading: {
      name: {zh: '加载中', en: 'Loading'},
      attributes: {limit: '8'},
      before: stage => stage.line.hold(),
    },
    slow: {name: {zh: '很慢', en: 'Slow'}, scenario: 'slow', attributes: {limit: '8'}},
    failed: {
      name: {zh: '连不上店铺', en: 'Shop unreachable'},
      attributes: {limit: '8'},
      before: stage => stage.line.cut(),
      // It tries again a few times by itself.
      after: stage => stage.find('[part="error"]').then(() => {}),
    },
  },
};
