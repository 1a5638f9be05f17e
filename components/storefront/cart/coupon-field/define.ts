import {defineElement} from '../../../shared/define-element.ts';
import {KsCouponField} from './coupon-field.ts';

defineElement('ks-coupon-field', KsCouponField);
