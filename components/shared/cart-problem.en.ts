import type {CartProblemWords} from './cart-problem.zh-cn.ts';

export const cartProblemEn: CartProblemWords = {
  unavailable: 'No longer for sale. Please remove it.',
  soldOut: 'Sold out meanwhile. Please remove it.',
  cardGone: 'Somebody else has bought the card you chose. Choose another.',
  stockUnknown: 'The stock cannot be checked right now. Please try again in a moment.',
  none: 'Sold out.',
  notEnough: available => `Not enough in stock: ${available} at most.`,
  belowMinimum: minimum => `Sold from ${minimum} on.`,
  aboveMaximum: maximum => `At most ${maximum} per order.`,
  priceChanged: before => `The price has changed; it was ${before}.`,
  unconfirmed: 'No connection: the shop has not confirmed this yet.',
  refused: 'Could not be added. Please try again.',
};
