/** What waits in one chunk until a button or a script of the page asks for it. */
export {followAnalytics} from './follow-analytics.ts';
export {pageShop} from './page-shop.ts';
export {runCommand} from './run-command.ts';
