import {defineMessages} from '../../shared/localize.ts';

export const productCardMessages = defineMessages(
  'product-card',
  {
    automatic: '自动发货',
    manual: '人工发货',
    in_stock: '有货',
    low: '库存不多',
    sold_out: '已售罄',
    unknown: '库存待确认',
    from: (price: string) => `${price} 起`,
    add: '加入',
    addTitle: (title: string) => `加入购物车：${title}`,
    choose: '选规格',
    chooseTitle: (title: string) => `选规格：${title}`,
    adding: '加入中…',
    added: '已加入',
    addedTitle: (title: string) => `已加入购物车：${title}`,
    loading: '正在加载商品…',
  },
  {
    automatic: 'Instant delivery',
    manual: 'Delivered by hand',
    in_stock: 'In stock',
    low: 'Few left',
    sold_out: 'Sold out',
    unknown: 'Stock on request',
    from: price => `From ${price}`,
    add: 'Add',
    addTitle: title => `Add to cart: ${title}`,
    choose: 'Choose',
    chooseTitle: title => `Choose: ${title}`,
    adding: 'Adding…',
    added: 'Added',
    addedTitle: title => `Added to cart: ${title}`,
    loading: 'Loading product…',
  },
);

export type ProductCardWords = (typeof productCardMessages)['zhCN'];
