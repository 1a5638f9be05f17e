import type {PlacedOrder} from '../../src/contract/order.ts';
import type {TestShop} from './shop-server.ts';

/** The state of an order, as its buyer is told. */
export const stateOf = async (shop: TestShop, placed: PlacedOrder) => (await shop.order(placed)).state;

/** The states of its payments, the first one first. */
export const states = async (shop: TestShop, placed: PlacedOrder) =>
  (await shop.payments(placed)).map(({state, surplus}) => (surplus ? `${state}, surplus` : state));
