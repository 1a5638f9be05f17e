import {categoryNavZhCN} from '../category-nav/category-nav.zh-cn.ts';
import {filtersZhCN} from '../filters/filters.zh-cn.ts';
import {searchZhCN} from '../search/search.zh-cn.ts';

/** What is said where goods are searched for and chosen from. */
export const words = {
  'category-nav': categoryNavZhCN,
  filters: filtersZhCN,
  search: searchZhCN,
};
