import {productZhTW} from '../product/product.zh-tw.ts';
import type {words as zhCN} from './product.zh-cn.ts';

export const words: typeof zhCN = {
  product: productZhTW,
};
