import {cardPickerEn} from '../product/card-picker/card-picker.en.ts';
import {productEn} from '../product/product.en.ts';
import {productChoiceEn} from '../product-card/product-choice/product-choice.en.ts';
import type {words as zhCN} from './product.zh-cn.ts';

export const words: typeof zhCN = {
  product: productEn,
  'product-choice': productChoiceEn,
  'card-picker': cardPickerEn,
};
