import {defineElement} from '../../shared/define-element.ts';
import {KsCheckout} from './checkout.ts';

defineElement('ks-checkout', KsCheckout);
