import {defineElement} from '../define-element.ts';
import {KsQuantityStepper} from './quantity-stepper.ts';

defineElement('ks-quantity-stepper', KsQuantityStepper);
