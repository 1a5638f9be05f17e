export const categoryNavZhCN = {
  label: '商品分类',
  all: '全部商品',
  loading: '正在加载分类…',
  count: (count: number) => `${count} 件`,
  open: (name: string) => `展开“${name}”的子分类`,
};

export type CategoryNavWords = typeof categoryNavZhCN;
