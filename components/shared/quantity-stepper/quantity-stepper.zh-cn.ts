export const quantityStepperZhCN = {quantity: '数量', less: '减少一件', more: '增加一件'};

export type QuantityStepperWords = typeof quantityStepperZhCN;
