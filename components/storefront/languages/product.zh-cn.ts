import {productZhCN} from '../product/product.zh-cn.ts';

/** What is said on a good's own page beyond what is said everywhere. */
export const words = {
  product: productZhCN,
};
