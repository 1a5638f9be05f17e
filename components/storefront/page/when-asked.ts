/** What waits in one chunk until a button or a script of the page asks for it. */
import {registerTranslation as register, type Translation} from '../../shared/words/translation.ts';

export {followAnalytics} from './follow-analytics.ts';
export {pageShop} from './page-shop.ts';
export {runCommand} from './run-command.ts';

/** A function of its own: the one-file bundle's chunks cannot pass on what is the bundle's. */
export const registerTranslation = (...translations: readonly Translation[]): void => register(...translations);
