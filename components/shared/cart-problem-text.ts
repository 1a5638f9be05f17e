import type {CartProblem} from '../../src/store/shop.ts';
import type {cartProblemMessages} from './cart-problem.messages.ts';
import {formatMoney} from './format.ts';
import type {Localize} from './localize.ts';

/** What is the matter with a cart line, in the reader's words. */
export function cartProblemText(problem: CartProblem, words: Localize<(typeof cartProblemMessages)['zhCN']>): string {
  switch (problem.kind) {
    case 'unavailable':
      return words.term('unavailable');
    case 'not_enough':
      return problem.available > 0 ? words.term('notEnough', problem.available) : words.term('none');
    case 'below_minimum':
      return words.term('belowMinimum', problem.minimum);
    case 'above_maximum':
      return words.term('aboveMaximum', problem.maximum);
    case 'price_changed':
      return words.term('priceChanged', formatMoney(problem.before, words.lang));
    case 'unconfirmed':
      return words.term('unconfirmed');
  }
}
