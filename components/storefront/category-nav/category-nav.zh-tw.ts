import type {CategoryNavWords} from './category-nav.zh-cn.ts';

export const categoryNavZhTW: CategoryNavWords = {
  label: '商品分類',
  all: '全部商品',
  loading: '正在載入分類…',
  count: count => `${count} 件`,
  open: name => `展開「${name}」的子分類`,
};
