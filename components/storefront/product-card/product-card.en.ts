import type {ProductCardWords} from './product-card.zh-cn.ts';

export const productCardEn: ProductCardWords = {
  automatic: 'Instant delivery',
  manual: 'Sent by the seller',
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
};
