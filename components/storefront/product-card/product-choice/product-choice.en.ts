import type {ProductChoiceWords} from './product-choice.zh-cn.ts';

export const productChoiceEn: ProductChoiceWords = {
  close: 'Close',
  loading: 'Loading product…',
  soldOut: 'sold out',
  impossible: 'not in this combination',
  tier: from => `From ${from}`,
  each: price => `${price} each`,
  tiers: 'Prices by quantity',
  minimum: minimum => `At least ${minimum}`,
  maximum: maximum => `At most ${maximum} per order`,
  total: 'Total',
  add: 'Add to cart',
  unavailable: 'This variant is sold out',
  details: 'About this product',
};
