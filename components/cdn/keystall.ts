/**
 * The script-tag entry, `cdn/keystall.js`: loads an element's code when its tag appears, wherever and whenever that is,
 * and listens to the page's own buttons with `data-ks-command`. What it exports is for scripts of the page.
 *
 * The shop server serves this file, so the file's own origin is the shop of all elements that name no other.
 */
import './default-to-own-origin.ts';
import {elementLoader} from '../shared/load-elements.ts';
import {reloadText} from '../storefront/languages/language-for.ts';
import {listenForCommands} from '../storefront/page/listen-for-commands.ts';
import {storefrontElements} from './storefront-elements.ts';

export {followAnalytics, pageShop, registerPaymentElement, registerTranslation} from './for-page-scripts.ts';

/**
 * Loads the elements that are or will be in `root`. The document is watched already; hand over the open shadow roots of
 * your own elements if you put Keystall's elements into them.
 */
export const watch = elementLoader(storefrontElements, reloadText);

watch(document);
listenForCommands();
