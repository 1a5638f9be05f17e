/**
 * Sees to it that the mocks' service worker answers for this page, and tells by which address it was registered. A page
 * that goes away takes the worker out of service behind itself. Whoever asks for the same one meanwhile is given it back
 * as it is, in service and yet not for the new page, whose requests would go past it. So a page without a worker registers
 * one by an address of its own: that one begins anew, and takes the page over when it does.
 *
 * @see https://www.w3.org/TR/service-workers/#unregister-algorithm
 * @throws {Error} where there is no worker at the address, or where it may not answer for this page
 */
export async function workerOfThisPage(address: string): Promise<string> {
  // Where there are no workers, from a file or without HTTPS, msw answers within the page.
  if (!('serviceWorker' in navigator) || location.protocol === 'file:') return address;
  const {serviceWorker} = navigator;
  const url = new URL(address, location.href);
  const {controller} = serviceWorker;
  if (controller && new URL(controller.scriptURL).pathname === url.pathname) return controller.scriptURL;

  url.searchParams.set('page', crypto.randomUUID());
  const isTakenOver = new Promise(resolve => serviceWorker.addEventListener('controllerchange', resolve, {once: true}));
  const {scope} = await serviceWorker.register(url.href).catch((error: unknown) => {
    throw new Error(
      `No service worker could be registered from ${address}. "npx msw init FOLDER" puts mockServiceWorker.js there.`,
      {cause: error},
    );
  });
  if (!location.href.startsWith(scope)) {
    throw new Error(
      `The service worker from ${address} answers for pages below ${scope} only, which ${location.pathname} is not. ` +
        'Put it into a folder above this page.',
    );
  }
  await isTakenOver;
  return url.href;
}
