import type {DeliveryWords} from './delivery-words.zh-cn.ts';

export const deliveryEn: DeliveryWords = {
  lang: 'en',
  headline: {
    keys_delivered: 'Your order has been delivered',
    keys_partly_delivered: 'Part of your order has been delivered',
    keys_replaced: 'You have been given a new key',
    refund_due: 'Part of your order could not be delivered: you will be refunded',
    refunded: 'You have been refunded',
  },
  subject: (headline, number) => `${headline} (order ${number})`,
  number: number => `Order number: ${number}`,
  pieces: (delivered, quantity) => `${delivered} of ${quantity} delivered`,
  stillToCome: 'You will be told when the rest has come.',
  due: amount => `Refund due: ${amount}. The seller pays it back.`,
  refunded: amount =>
    `Refunded so far: ${amount}. It goes back the way it came; when it arrives depends on the payment provider.`,
  keys: 'Keys',
  cardNumber: 'Card number',
  password: 'Password',
  picture: position => `a picture: see attachment ${position}`,
  expires: date => `Valid until ${date}`,
  open: 'Show the keys',
  openHint:
    'The link opens once, within three days. After that, look the order up by its number and your lookup password.',
  page: 'Order page',
  keep: 'A key is as good as cash: do not forward this message, nor give a key to anybody who claims to be support.',
  sms: (shop, headline, number) => `${shop}: ${headline}, order ${number}.`,
  smsOpen: link => `Show: ${link} (opens once)`,
  smsPage: page => `See the order page: ${page}`,
};
