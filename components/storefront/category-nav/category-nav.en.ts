import type {CategoryNavWords} from './category-nav.zh-cn.ts';

export const categoryNavEn: CategoryNavWords = {
  label: 'Categories',
  all: 'All products',
  loading: 'Loading categories…',
  count: count => `${count} ${count === 1 ? 'product' : 'products'}`,
  open: name => `Subcategories of ${name}`,
};
