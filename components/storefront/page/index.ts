/** What a page's own buttons and scripts do with the shop in it. Nothing happens on import. */
export {commandNames, type CommandName} from './command-names.ts';
export {followAnalytics, type AnalyticsFact, type AnalyticsItem} from './follow-analytics.ts';
export {listenForCommands} from './listen-for-commands.ts';
export {registerPaymentElement, type ElementPayment, type MountPaymentElement} from '../../shared/payment-elements.ts';
export {pageShop, type PageShop} from './page-shop.ts';
