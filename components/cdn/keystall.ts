/**
 * The script-tag entry, `cdn/keystall.js`: loads an element's code when its tag appears, wherever and whenever that is,
 * and listens to the page's own buttons with `data-ks-command`. What it exports is for scripts of the page.
 *
 * The shop server serves this file, so the file's own origin is the shop of all elements that name no other.
 */
import './default-to-own-origin.ts';
import {listenForCommands} from '../storefront/page/listen-for-commands.ts';
import {storefrontElements} from './storefront-elements.ts';

export {followAnalytics, pageShop} from './for-page-scripts.ts';

const selector = Object.keys(storefrontElements).join();
const requested = new Set<string>();

function load(element: Element): void {
  const {localName} = element;
  const importElement = storefrontElements[localName];
  if (importElement === undefined || requested.has(localName)) return;
  requested.add(localName);
  importElement(element).catch((cause: unknown) => {
    // The next element of this name tries again.
    requested.delete(localName);
    reportError(
      new Error(`Keystall could not load <${localName}>. Check the connection to ${import.meta.url}.`, {cause}),
    );
  });
}

const loadAllIn = (root: ParentNode): void => root.querySelectorAll(selector).forEach(load);

/**
 * Loads the elements that are or will be in `root`. The document is watched already; hand over the open shadow roots of
 * your own elements if you put Keystall's elements into them.
 */
export function watch(root: Document | ShadowRoot): void {
  new MutationObserver(changes => {
    for (const {addedNodes} of changes) {
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        load(node);
        loadAllIn(node);
      }
    }
  }).observe(root, {childList: true, subtree: true});
  loadAllIn(root);
}

watch(document);
listenForCommands();
