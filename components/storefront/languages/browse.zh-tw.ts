import {cartProblemZhTW} from '../../shared/cart-problem.zh-tw.ts';
import {failureZhTW} from '../../shared/failure.zh-tw.ts';
import {formFieldZhTW} from '../../shared/form-field/form-field.zh-tw.ts';
import {quantityStepperZhTW} from '../../shared/quantity-stepper/quantity-stepper.zh-tw.ts';
import {cartButtonZhTW} from '../cart-button/cart-button.zh-tw.ts';
import {cartZhTW} from '../cart/cart.zh-tw.ts';
import {productCardZhTW} from '../product-card/product-card.zh-tw.ts';
import {productGridZhTW} from '../product-grid/product-grid.zh-tw.ts';
import {categoryNavZhTW} from '../category-nav/category-nav.zh-tw.ts';
import {filtersZhTW} from '../filters/filters.zh-tw.ts';
import {searchZhTW} from '../search/search.zh-tw.ts';
import type {words as zhCN} from './browse.zh-cn.ts';

export const words: typeof zhCN = {
  'cart-problem': cartProblemZhTW,
  failure: failureZhTW,
  'form-field': formFieldZhTW,
  'quantity-stepper': quantityStepperZhTW,
  'cart-button': cartButtonZhTW,
  cart: cartZhTW,
  'product-card': productCardZhTW,
  'product-grid': productGridZhTW,
  'category-nav': categoryNavZhTW,
  filters: filtersZhTW,
  search: searchZhTW,
};
