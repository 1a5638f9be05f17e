/**
 * A whole shop inside the page. The mocks run the real server on a sandbox platform behind a service worker;
 * the elements below neither know nor care.
 */
import '../../components/storefront/define.ts';
import {registerPaymentElement} from '../../components/shared/payment-elements.ts';
import {startMocks} from '../../src/mocks/index.ts';
import {browserEnvironment} from '../../src/store/browser-environment.ts';
import {createShop} from '../../src/store/create-shop.ts';
import {dress} from './appearance.ts';
import {mountCardForm} from '../cashier/card-form.ts';
import {Cashier} from '../cashier/cashier.ts';
import {ShopPage} from './shop-page.ts';
import {readSettings, writeSettings, type DemoSettings} from './settings.ts';
import {demoWords} from './words.ts';

const host = document.querySelector('ks-shop')!;
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
let settings = readSettings(location.search);

const page = new ShopPage(host, {
  settings: () => settings,
  change(changes: Partial<DemoSettings>) {
    const before = settings;
    settings = {...settings, ...changes};
    const address = `${location.pathname}${writeSettings(settings)}`;
    // Another scenario is another shop: it opens with an empty cart and a full platform.
    if (settings.scenario !== before.scenario) return location.assign(address);
    history.replaceState(null, '', address);
    show();
  },
});

function show(): void {
  dress(settings, systemIsDark.matches);
  page.draw();
}

systemIsDark.addEventListener('change', show);
show();

try {
  const mocks = await startMocks({scenario: settings.scenario, serviceWorkerUrl: '../mockServiceWorker.js'});
  // A cart and orders that outlive the page would belong to a server that does not.
  const environment = {
    ...browserEnvironment(),
    storage: undefined,
    indexedDB: undefined,
    openChannel: () => undefined,
  };
  const shop = createShop({address: mocks.address, environment, lang: settings.lang});
  const cashier = new Cashier(page.cashierDialog, {
    payments: () => mocks.sandbox.payments,
    words: () => demoWords[settings.lang],
    lang: () => settings.lang,
  });
  page.open({mocks, shop, cashier});
  host.shop = shop;

  // The payment page would lie outside of this page.
  registerPaymentElement('sandbox', (...given) => mountCardForm(() => mocks.sandbox.payments, ...given));
  host.addEventListener('ks-redirect-request', event => {
    event.preventDefault();
    cashier.open(event.url);
  });
} catch (error) {
  page.fail();
  throw error;
}
