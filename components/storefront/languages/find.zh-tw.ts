import {categoryNavZhTW} from '../category-nav/category-nav.zh-tw.ts';
import {filtersZhTW} from '../filters/filters.zh-tw.ts';
import {searchZhTW} from '../search/search.zh-tw.ts';
import type {words as zhCN} from './find.zh-cn.ts';

export const words: typeof zhCN = {
  'category-nav': categoryNavZhTW,
  filters: filtersZhTW,
  search: searchZhTW,
};
