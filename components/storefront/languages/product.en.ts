import {productEn} from '../product/product.en.ts';
import type {words as zhCN} from './product.zh-cn.ts';

export const words: typeof zhCN = {
  product: productEn,
};
