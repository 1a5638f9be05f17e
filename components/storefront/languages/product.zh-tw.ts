import {cardPickerZhTW} from '../product/card-picker/card-picker.zh-tw.ts';
import {productZhTW} from '../product/product.zh-tw.ts';
import {productChoiceZhTW} from '../product-card/product-choice/product-choice.zh-tw.ts';
import type {words as zhCN} from './product.zh-cn.ts';

export const words: typeof zhCN = {
  product: productZhTW,
  'product-choice': productChoiceZhTW,
  'card-picker': cardPickerZhTW,
};
