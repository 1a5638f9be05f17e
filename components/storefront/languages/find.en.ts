import {categoryNavEn} from '../category-nav/category-nav.en.ts';
import {filtersEn} from '../filters/filters.en.ts';
import {searchEn} from '../search/search.en.ts';
import type {words as zhCN} from './find.zh-cn.ts';

export const words: typeof zhCN = {
  'category-nav': categoryNavEn,
  filters: filtersEn,
  search: searchEn,
};
