import type {Catalogue, Good} from '../../../src/sandbox/index.ts';
import {untouched} from '../../../src/sandbox/platform/good.ts';

type CardSeed = Catalogue['cards'][number];

/** A plain automatic good; say only what matters. */
export function makeGood(over: Partial<Good> & Pick<Good, 'code'>): Good {
  return {
    ...untouched,
    id: 100,
    title: 'Steam 50 元',
    titleEn: 'Steam CNY 50',
    categoryId: 101,
    supplierId: 0,
    description: '<p>即时到账</p>',
    cost: '7.00',
    price: '10.00',
    memberPrice: '9.00',
    sort: 1,
    createdAt: Date.UTC(2026, 7, 1, 2),
    ...over,
  };
}

/** Cards of a good with the given secrets. Ids follow the good's: 100 gives 10001, 10002 … */
export function cardsOf(good: Good, secrets: readonly string[], over: Partial<CardSeed> = {}): CardSeed[] {
  return secrets.map((secret, index) => ({
    id: good.id * 100 + index + 1,
    goodId: good.id,
    secret,
    cost: '0.00',
    state: 'unsold',
    ...over,
  }));
}

/** A catalogue of exactly these goods, all in one category under a parent that is never listed. */
export function catalogueOf(goods: readonly Good[], cards: readonly CardSeed[]): Catalogue {
  return {
    suppliers: [
      {id: 0, name: '平台自营', level: 1},
      {id: 7, name: '星河数卡', level: 1},
    ],
    categories: [
      {id: 101, name: 'Steam 充值', nameEn: 'Steam', parentId: 100, sort: 11, enabled: true, hidden: false},
      {id: 100, name: '游戏', nameEn: 'Games', parentId: 0, sort: 1, enabled: true, hidden: false},
      {id: 102, name: '停用', nameEn: 'Off', parentId: 0, sort: 2, enabled: false, hidden: false},
    ],
    groups: [
      {id: 1, name: '普通', discounts: []},
      {id: 2, name: '金牌', discounts: [{goodIds: 'all', percent: '95.5'}]},
    ],
    goods,
    cards,
    nextCardId: 1_000_000,
  };
}
