import {cardPickerZhCN} from '../product/card-picker/card-picker.zh-cn.ts';
import {productZhCN} from '../product/product.zh-cn.ts';
import {productChoiceZhCN} from '../product-card/product-choice/product-choice.zh-cn.ts';

/** What is said of one good in full, on a page of its own or in a dialog, beyond what is said everywhere. */
export const words = {
  product: productZhCN,
  'product-choice': productChoiceZhCN,
  'card-picker': cardPickerZhCN,
};
