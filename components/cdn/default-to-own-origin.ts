/**
 * Makes the origin that this script came from the page's default shop: the shop server serves it. Where a page loads
 * the scripts of two shops, the first one to run sets the default.
 *
 * And takes out of the page's address what must not stay there. A module of its own, imported first, because elements
 * look for their shop as soon as they are registered.
 */
import {defaultShopAddress, setDefaultShopAddress} from '../shared/default-shop-address.ts';
import {noteReturn} from '../shared/note-return.ts';

noteReturn();
if (defaultShopAddress() === undefined) setDefaultShopAddress(new URL(import.meta.url).origin);
