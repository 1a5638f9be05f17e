import {defineMessages} from '../../shared/localize.ts';

export const productGridMessages = defineMessages(
  'product-grid',
  {
    label: '商品列表',
    loading: '正在加载商品…',
    more: '查看更多',
    loadingMore: '正在加载…',
    count: (shown: number, total: number) =>
      shown < total ? `共 ${total} 件商品，已显示 ${shown} 件` : `共 ${total} 件商品`,
    empty: '暂时没有商品',
    emptyHint: '店铺正在上架，请稍后再来。',
    nothingFound: (q: string) => `没有找到“${q}”`,
    nothingFoundHint: '换个词试试，或浏览其他分类。',
    noShop: '没有找到店铺',
    noShopHint: '请把元素放进 <ks-shop api="…">，或使用店铺服务器提供的脚本。',
    stale: '没能刷新，显示的是之前的内容。',
  },
  {
    label: 'Products',
    loading: 'Loading products…',
    more: 'Show more',
    loadingMore: 'Loading…',
    count: (shown, total) =>
      shown < total ? `${shown} of ${total} products shown` : `${total} ${total === 1 ? 'product' : 'products'}`,
    empty: 'Nothing for sale yet',
    emptyHint: 'The shop is being stocked. Please come back soon.',
    nothingFound: q => `Nothing found for “${q}”`,
    nothingFoundHint: 'Try another word, or look through the other categories.',
    noShop: 'No shop found',
    noShopHint: 'Put the element into <ks-shop api="…">, or use the script that the shop server serves.',
    stale: 'Could not be refreshed; this is what was there before.',
  },
);
