import type {ProductWords} from './product.zh-cn.ts';

export const productEn: ProductWords = {
  none: 'No product chosen',
  noneHint: 'Please open one from a list of products.',
  noShop: 'No shop is connected here',
  gallery: 'Pictures of the product',
  picture: (position, total) => `Picture ${position} of ${total}`,
  badgeSource: 'The platform says so; we have not checked it',
  perPiece: 'each',
  checked: time => `Stock checked at ${time}`,
  unchecked: 'The platform does not tell its stock now. It is checked again before you pay.',
  gone: 'This variant is no longer sold',
  restocked: 'Just restocked: you can buy it now.',
  soldOutNow: 'Just sold out.',
  soldOutHint: 'This page tells you when it is back.',
  stale: 'The shop cannot be reached. Prices and stock are from a moment ago.',
  pieces: 'Pieces',
  unitPrice: 'Price each',
  range: (from, to) => `${from} to ${to}`,
  more: from => `From ${from}`,
  applies: 'Applies now',
  next: (pieces, price) => `${pieces} more and each is ${price}`,
  form: 'Top-up details',
  formHint: 'Fill them in here and the checkout will not ask again.',
  buy: 'Buy now',
  opening: 'Opening the checkout…',
  failed: 'The checkout cannot be opened. Check your connection and try again.',
  automatic:
    'Delivered automatically once your payment is confirmed; the key is shown in your order. If the platform does not answer at once we keep asking, and you are never charged twice.',
  manual:
    'The seller handles it by hand after you pay; your order shows how far it is. When it arrives is up to the seller.',
  notice: 'Before you buy',
};
