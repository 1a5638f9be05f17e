import type {QuantityStepperWords} from './quantity-stepper.zh-cn.ts';

export const quantityStepperEn: QuantityStepperWords = {quantity: 'Quantity', less: 'One less', more: 'One more'};
