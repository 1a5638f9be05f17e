import {defineMessages} from '../localize.ts';

export const quantityStepperMessages = defineMessages(
  'quantity-stepper',
  {quantity: '数量', less: '减少一件', more: '增加一件'},
  {quantity: 'Quantity', less: 'One less', more: 'One more'},
);
