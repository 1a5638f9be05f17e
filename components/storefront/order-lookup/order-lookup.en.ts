import type {OrderLookupWords} from './order-lookup.zh-cn.ts';

export const orderLookupEn: OrderLookupWords = {
  title: 'Look up an order',
  hint: 'Enter the contact and the lookup password of your order. An order without a lookup password can be shown only on the device that placed it.',
  number: 'Order number',
  contact: 'Contact',
  contactHint: 'The email, phone or QQ number you gave when you ordered.',
  password: 'Lookup password',
  show: 'Show password',
  submit: 'Look up',
  asking: 'Looking…',
  required: 'Please fill this in.',
  notFound:
    'Nothing was found. Please check order number, contact and password; orders without a lookup password cannot be found.',
  tooMany: minutes => `That was too often. Please try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
  another: 'Look up another order',
};
