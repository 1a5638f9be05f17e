import {defineElement} from '../../shared/define-element.ts';
import {KsProductCard} from './product-card.ts';

defineElement('ks-product-card', KsProductCard);
