/**
 * A shop inside the page, for these examples alone. A page of yours names its shop server instead:
 * `setDefaultShopAddress('https://shop.example')`.
 */
import {setDefaultShopAddress} from 'keystall/elements';
import {startMocks} from 'keystall/mocks';

const {address} = await startMocks({serviceWorkerUrl: '../mockServiceWorker.js'});
setDefaultShopAddress(address);
