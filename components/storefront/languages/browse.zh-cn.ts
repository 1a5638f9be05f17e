import {cartProblemZhCN} from '../../shared/cart-problem.zh-cn.ts';
import {failureZhCN} from '../../shared/failure.zh-cn.ts';
import {formFieldZhCN} from '../../shared/form-field/form-field.zh-cn.ts';
import {quantityStepperZhCN} from '../../shared/quantity-stepper/quantity-stepper.zh-cn.ts';
import {cartButtonZhCN} from '../cart-button/cart-button.zh-cn.ts';
import {cartZhCN} from '../cart/cart.zh-cn.ts';
import {productCardZhCN} from '../product-card/product-card.zh-cn.ts';
import {productGridZhCN} from '../product-grid/product-grid.zh-cn.ts';
import {categoryNavZhCN} from '../category-nav/category-nav.zh-cn.ts';
import {filtersZhCN} from '../filters/filters.zh-cn.ts';
import {searchZhCN} from '../search/search.zh-cn.ts';

/** What is said up to the checkout, where goods are found and chosen, and everywhere. */
export const words = {
  'cart-problem': cartProblemZhCN,
  failure: failureZhCN,
  'form-field': formFieldZhCN,
  'quantity-stepper': quantityStepperZhCN,
  'cart-button': cartButtonZhCN,
  cart: cartZhCN,
  'product-card': productCardZhCN,
  'product-grid': productGridZhCN,
  'category-nav': categoryNavZhCN,
  filters: filtersZhCN,
  search: searchZhCN,
};
