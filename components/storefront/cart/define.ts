import '../../shared/quantity-stepper/define.ts';
import {defineElement} from '../../shared/define-element.ts';
import {KsCart} from './cart.ts';

defineElement('ks-cart', KsCart);
