import {createMockShop, type MockShop, type MockShopOptions} from './mock-shop.ts';
import {workerOfThisPage} from './worker-of-this-page.ts';

export interface StartMocksOptions extends MockShopOptions {
  /** Where `mockServiceWorker.js` lies; made by `npx msw init`. Default `/mockServiceWorker.js`. */
  readonly serviceWorkerUrl?: string;
}

/**
 * Puts a mock shop into this page: from now on, requests to its address are answered in the page, by the real server.
 * Requests elsewhere pass; a request to the shop that nobody answers fails.
 *
 * @throws {Error} where there is no service worker at the address, or none that may answer for this page
 */
export async function startMocks(options: StartMocksOptions = {}): Promise<MockShop> {
  // Only here: outside a browser the package has no such entry, and tests in Node import this module, too.
  const {setupWorker} = await import('msw/browser');
  // The shop takes in its goods while the browser starts the worker.
  const creating = createMockShop(options);
  const [url, shop] = await Promise.all([
    workerOfThisPage(options.serviceWorkerUrl ?? '/mockServiceWorker.js'),
    creating,
  ]).catch(async (error: unknown) => {
    await creating.then(
      created => created.close(),
      () => undefined,
    );
    throw error;
  });
  const worker = setupWorker(...shop.handlers);
  await worker.start({
    quiet: true,
    serviceWorker: {url},
    // Everything at the shop's address has a handler, which is loud itself; the page's own files pass.
    onUnhandledFrame: 'bypass',
  });
  return {
    ...shop,
    async close() {
      await worker.stop();
      await shop.close();
    },
  };
}
