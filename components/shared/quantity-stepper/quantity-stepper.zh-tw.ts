import type {QuantityStepperWords} from './quantity-stepper.zh-cn.ts';

export const quantityStepperZhTW: QuantityStepperWords = {quantity: '數量', less: '減少一件', more: '增加一件'};
