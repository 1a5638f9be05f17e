import {elementOf} from './chunk-list.mjs';

/** What most pages show, in one chunk with all that it needs beyond the core. */
const goods = ['product-card', 'product-grid'];

/** Names of the chunks that are put together here. */
export const givenNames = ['core', 'goods', 'shared', 'order', 'order-calls', 'take-over', 'ticket'];

/** An order and its keys, which are hardly ever shown without it. */
const order = /\/storefront\/(order|key-reveal)\/define\.ts$/;

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
  /\/(payment-elements|ks-checkout-request|as-keystall-error|address-controller|form-fields)\.ts$|\/(form-field|quantity-stepper)\/[a-z-]+(\.styles)?\.ts$/;

/** A module of so many characters, before it is minified, is not worth a request of its own. */
const tiny = 1500;

/**
 * For rollup's `manualChunks`: puts what at least half of the elements need into one chunk, "core", and with it what is
 * tiny and needed by more than one; the list of goods and its cards into another; and into a third, "shared", what of
 * all this a page with goods does without. Left alone, rollup makes a chunk for every combination of elements that share
 * something, and a page asks for a dozen tiny files.
 */
export function coreChunk() {
  let chunks;
  return (id, {getModuleIds, getModuleInfo}) => {
    chunks ??= sharedChunks([...getModuleIds()].filter(elementOf), getModuleInfo);
    if (order.test(id)) return 'order';
    if (ticket.test(id)) return 'ticket';
    if (orderCalls.test(id)) return 'order-calls';
    if (takeOver.test(id)) return 'take-over';
    if (small.test(id) && !['core', 'goods'].includes(chunks.get(id))) return 'shared';
    return forShop.test(id) ? 'shop' : chunks.get(id);
  };
}

function sharedChunks(elements, getModuleInfo) {
  const users = new Map();
  for (const element of elements) {
    const reached = new Set();
    const visit = id => {
      if (reached.has(id)) return;
      reached.add(id);
      getModuleInfo(id).importedIds.forEach(visit);
    };
    visit(element);
    for (const id of reached) users.set(id, [...(users.get(id) ?? []), elementOf(element)]);
  }
  const core = new Set([...users].filter(([, names]) => names.length >= elements.length / 2).map(([id]) => id));
  // What it imports must be there already, or the core would take that along, however much it is.
  const isTiny = id => {
    const {code, importedIds} = getModuleInfo(id);
    return code.length <= tiny && importedIds.every(imported => core.has(imported));
  };
  for (const [id, names] of users) if (names.length > 1 && isTiny(id)) core.add(id);
  const chunkOf = (id, names) => {
    const isForGoods = names.some(name => goods.includes(name));
    if (core.has(id)) return isForGoods ? 'core' : 'shared';
    return isForGoods ? 'goods' : undefined;
  };
  return new Map([...users].map(([id, names]) => [id, chunkOf(id, names)]));
}
