import type {CartProblem} from '../../src/store/shop.ts';
import type {CartProblemWords} from './cart-problem.zh-cn.ts';
import {formatMoney} from './format.ts';

interface Words {
  readonly 'cart-problem': CartProblemWords;
  readonly lang: string;
}

/** What is the matter with a cart line, in the reader's words. */
export function cartProblemText(problem: CartProblem, {'cart-problem': words, lang}: Words): string {
  switch (problem.kind) {
    case 'unavailable':
      return words.unavailable;
    case 'sold_out':
      return words.soldOut;
    case 'card_gone':
      return words.cardGone;
    case 'stock_unknown':
      return words.stockUnknown;
    case 'not_enough':
      return problem.available > 0 ? words.notEnough(problem.available) : words.none;
    case 'below_minimum':
      return words.belowMinimum(problem.minimum);
    case 'above_maximum':
      return words.aboveMaximum(problem.maximum);
    case 'price_changed':
      return words.priceChanged(formatMoney(problem.before, lang));
    case 'unconfirmed':
      return words.unconfirmed;
  }
}
