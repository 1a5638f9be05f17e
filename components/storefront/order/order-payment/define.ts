import {defineElement} from '../../../shared/define-element.ts';
import {KsOrderPayment} from './order-payment.ts';

defineElement('ks-order-payment', KsOrderPayment);
