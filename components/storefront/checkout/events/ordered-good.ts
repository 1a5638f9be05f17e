import type {OrderLine} from '../../../../src/contract/order.ts';

/** What was ordered of one good, as the catalogue knows it: nothing of what the buyer filled in. */
export type OrderedGood = Pick<OrderLine, 'skuId' | 'productId' | 'title' | 'quantity' | 'unitPrice'>;

export const goodsOf = (lines: readonly OrderLine[]): readonly OrderedGood[] =>
  lines.map(({skuId, productId, title, quantity, unitPrice}) => ({skuId, productId, title, quantity, unitPrice}));
