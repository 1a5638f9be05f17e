/**
 * The one-file entry, `cdn/keystall.bundle.js`: every element of the storefront, registered at once. Its own origin is
 * the default shop, as with `keystall.js`, and it does and exports the same for the page's own buttons and scripts.
 */
import './default-to-own-origin.ts';
import '../storefront/define.ts';
import {listenForCommands} from '../storefront/page/listen-for-commands.ts';

export {followAnalytics, pageShop, registerPaymentElement, registerTranslation} from './for-page-scripts.ts';

listenForCommands();
