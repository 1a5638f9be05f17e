import {cartProblemEn} from '../../shared/cart-problem.en.ts';
import {failureEn} from '../../shared/failure.en.ts';
import {formFieldEn} from '../../shared/form-field/form-field.en.ts';
import {quantityStepperEn} from '../../shared/quantity-stepper/quantity-stepper.en.ts';
import {cartButtonEn} from '../cart-button/cart-button.en.ts';
import {cartEn} from '../cart/cart.en.ts';
import {productCardEn} from '../product-card/product-card.en.ts';
import {productGridEn} from '../product-grid/product-grid.en.ts';
import {categoryNavEn} from '../category-nav/category-nav.en.ts';
import {filtersEn} from '../filters/filters.en.ts';
import {searchEn} from '../search/search.en.ts';
import type {words as zhCN} from './browse.zh-cn.ts';

export const words: typeof zhCN = {
  'cart-problem': cartProblemEn,
  failure: failureEn,
  'form-field': formFieldEn,
  'quantity-stepper': quantityStepperEn,
  'cart-button': cartButtonEn,
  cart: cartEn,
  'product-card': productCardEn,
  'product-grid': productGridEn,
  'category-nav': categoryNavEn,
  filters: filtersEn,
  search: searchEn,
};
