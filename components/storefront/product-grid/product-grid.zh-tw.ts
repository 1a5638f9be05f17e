import type {ProductGridWords} from './product-grid.zh-cn.ts';

export const productGridZhTW: ProductGridWords = {
  label: '商品列表',
  loading: '正在載入商品…',
  more: '看更多',
  loadingMore: '載入中…',
  moreFailed: '後面的商品無法載入，請再試一次。',
  count: (shown, total) => (shown < total ? `共 ${total} 件商品，已顯示 ${shown} 件` : `共 ${total} 件商品`),
  empty: '目前沒有商品',
  emptyHint: '商店正在上架商品，請稍後再來。',
  nothingFound: q => `找不到「${q}」`,
  nothingFoundHint: '換個關鍵字試試，或瀏覽其他分類。',
  nothingFits: '沒有符合條件的商品',
  nothingFitsHint: '放寬一點，也許就有了。',
  clearFilters: '清除篩選',
  stale: '無法更新，顯示的是先前的內容。',
};
