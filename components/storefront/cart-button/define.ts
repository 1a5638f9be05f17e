import {defineElement} from '../../shared/define-element.ts';
import {KsCartButton} from './cart-button.ts';

defineElement('ks-cart-button', KsCartButton);
