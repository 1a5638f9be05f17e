/** What waits in one chunk until a button or a script of the page asks for it. */
import * as payments from '../../shared/payment-elements.ts';
import * as words from '../../shared/words/translation.ts';

export {followAnalytics} from './follow-analytics.ts';
export {pageShop} from './page-shop.ts';
export {runCommand} from './run-command.ts';

// Functions of its own: the one-file bundle's chunks cannot pass on what is the bundle's.
export const registerPaymentElement: typeof payments.registerPaymentElement = (...given) =>
  payments.registerPaymentElement(...given);
export const registerTranslation: typeof words.registerTranslation = (...given) => words.registerTranslation(...given);
