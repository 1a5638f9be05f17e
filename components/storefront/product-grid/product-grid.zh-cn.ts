export const productGridZhCN = {
  label: '商品列表',
  loading: '正在加载商品…',
  more: '查看更多',
  loadingMore: '正在加载…',
  moreFailed: '后面的商品没能加载，请重试。',
  count: (shown: number, total: number) =>
    shown < total ? `共 ${total} 件商品，已显示 ${shown} 件` : `共 ${total} 件商品`,
  empty: '暂时没有商品',
  emptyHint: '店铺正在上架，请稍后再来。',
  nothingFound: (q: string) => `没有找到“${q}”`,
  nothingFoundHint: '换个词试试，或浏览其他分类。',
  nothingFits: '没有符合条件的商品',
  nothingFitsHint: '放宽一点，也许就有了。',
  clearFilters: '清除筛选',
  stale: '没能刷新，显示的是之前的内容。',
};

export type ProductGridWords = typeof productGridZhCN;
