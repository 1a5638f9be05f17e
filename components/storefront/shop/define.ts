import {defineElement} from '../../shared/define-element.ts';
import {KsShop} from './shop.ts';

defineElement('ks-shop', KsShop);
