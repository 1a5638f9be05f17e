import {formFieldZhTW} from '../../shared/form-field/form-field.zh-tw.ts';
import {productZhTW} from '../product/product.zh-tw.ts';
import type {words as zhCN} from './product.zh-cn.ts';

export const words: typeof zhCN = {
  'form-field': formFieldZhTW,
  product: productZhTW,
};
