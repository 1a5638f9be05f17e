import {elementOf} from './chunk-list.mjs';

/** What most pages show. */
const goods = ['product-card', 'product-grid'];

/** Names of the chunks that are put together here. */
export const givenNames = ['core', 'shared', 'store', 'checkout', 'order', 'order-calls', 'take-over', 'ticket'];

/** What the elements show and sell, which they are drawn without: it comes after them. */
const store = /\/shared\/shop-registry\.ts$/;

/** What of it the elements that find goods are drawn by: they stand above the goods, and must not push them down later. */
const drawnBy = /\/src\/store\/(browse|browser-environment|readable-value|return-mark)\.ts$/;

/** What runs on servers only, and is left out of a browser's scripts with all that it needs. */
const onServers = /\/(on-server|write-goods)\.ts$/;

/** An order and its keys, which are hardly ever shown without it. */
const order = /\/storefront\/(order|key-reveal)\/define\.ts$/;

/** What an order is paid by that awaits its payment: nearly all of it is the checkout's. */
const checkout = /\/storefront\/(checkout|order\/order-payment)\/define\.ts$/;

/** A report, and what it is asked and sent by, which nothing else uses. */
const ticket = /\/storefront\/ticket\/define\.ts$|\/store\/tickets\.ts$|\/client\/ticket-calls\.ts$/;

/** What orders are asked by, in one chunk: both what buys and the client, on demand, need what is in it. */
const orderCalls = /\/client\/order-calls\.ts$/;

/** What only pages load that a server rendered; the rest of its imports is left out of a browser's scripts. */
const takeOver = /\/shared\/(take-over|typed-in|rest)\.ts$/;

/** What one element alone uses of a library that others import, too: it goes with the element. */
const forShop = /\/storefront\/shop\/define\.ts$|\/@lit\/context\/.*\/(context-provider|value-notifier)\.js$/;

/** Small things that two of the others need: a chunk of their own would be one more name that the entry has to know. */
const small =
  /\/(open-cart|open-checkout|payment-elements|ks-cart-request|ks-checkout-request|as-keystall-error|address-controller|form-fields)\.ts$|\/(form-field|quantity-stepper)\/[a-z-]+(\.styles)?\.ts$/;

/** A module of so many characters, before it is minified, is not worth a request of its own. */
const tiny = 1500;

/**
 * For rollup's `manualChunks`: puts the list of goods and its cards, with all that they are drawn by, into one chunk,
 * "core"; what is behind all elements into another, "store"; and what at least half of the elements, or tiny and more
 * than one of them, need besides into a third, "shared". Left alone, rollup makes a chunk for every combination of
 * elements that share something, and a page asks for a dozen tiny files.
 */
export function coreChunk() {
  let chunks;
  return (id, {getModuleIds, getModuleInfo}) => {
    chunks ??= sharedChunks([...getModuleIds()], getModuleInfo);
    if (order.test(id)) return 'order';
    if (checkout.test(id)) return 'checkout';
    if (ticket.test(id)) return 'ticket';
    if (orderCalls.test(id)) return 'order-calls';
    if (takeOver.test(id)) return 'take-over';
    if (small.test(id) && chunks.get(id) === undefined) return 'shared';
    return forShop.test(id) ? 'shop' : chunks.get(id);
  };
}

function sharedChunks(ids, getModuleInfo) {
  const elements = ids.filter(elementOf);
  const users = new Map();
  for (const element of elements) {
    for (const id of reachedFrom(element, getModuleInfo)) users.set(id, [...(users.get(id) ?? []), elementOf(element)]);
  }
  const core = new Set([...users].filter(([, names]) => names.some(name => goods.includes(name))).map(([id]) => id));
  const behind = reachedFrom(
    ids.find(id => store.test(id)),
    getModuleInfo,
  );
  const common = new Set([...users].filter(([, names]) => names.length >= elements.length / 2).map(([id]) => id));
  // What it imports must be there already, or the chunk would take that along, however much it is.
  const isTiny = id => {
    const {code, importedIds} = getModuleInfo(id);
    return code.length <= tiny && importedIds.every(imported => core.has(imported) || common.has(imported));
  };
  for (const [id, names] of users) if (names.length > 1 && isTiny(id)) common.add(id);
  const chunkOf = id => {
    if (core.has(id) || drawnBy.test(id)) return 'core';
    if (behind.has(id)) return 'store';
    return common.has(id) ? 'shared' : undefined;
  };
  return new Map([...users.keys(), ...behind].map(id => [id, chunkOf(id)]));
}

function reachedFrom(start, getModuleInfo) {
  const reached = new Set();
  const visit = id => {
    if (reached.has(id) || onServers.test(id)) return;
    reached.add(id);
    getModuleInfo(id).importedIds.forEach(visit);
  };
  visit(start);
  return reached;
}
