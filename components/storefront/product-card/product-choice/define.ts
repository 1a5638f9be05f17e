import '../../../shared/quantity-stepper/define.ts';
import {defineElement} from '../../../shared/define-element.ts';
import {KsProductChoice} from './product-choice.ts';

defineElement('ks-product-choice', KsProductChoice);
