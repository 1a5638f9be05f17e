import assert from 'node:assert/strict';
import type {PlacedOrder} from '../../src/contract/order.ts';
import {money} from '../../src/domain/money.ts';
import type {BuyOutcome} from '../../src/upstreams/port.ts';
import {fakeUpstream} from './fake-upstream.ts';
import {openShop, type TestShop} from './shop-server.ts';

/*
 * One paid order for two pieces of one good, and what becomes of it.
 */

export const apology = '很抱歉，有人在你付款之前抢走了商品，请联系客服。';
export const beingDelivered = '正在发货中，请耐心等待，如有疑问，请联系客服。';
export const charged = money('10', 'CNY');
export const accepted = {
  kind: 'accepted',
  orderId: 'up1',
  charged,
  placeholder: beingDelivered,
} as const satisfies BuyOutcome;
export const never = async () => assert.fail('the platform may not be asked for this');
export const signal = new AbortController().signal;

export async function paidShop(
  buy: () => Promise<BuyOutcome>,
  quantity = 2,
  upstream = fakeUpstream(),
): Promise<{shop: TestShop; placed: PlacedOrder}> {
  const shop = await openShop({upstream});
  shop.upstream.script({buy});
  const placed = await shop.placePaid(quantity);
  await shop.work();
  return {shop, placed};
}

/** What the buyer, the shop and an operator see of an order with one line. */
export async function seen(shop: TestShop, placed: PlacedOrder) {
  const order = await shop.order(placed);
  const {state, attention} = await shop.procurement(placed);
  const line = order.lines[0]!;
  return {
    order: order.state,
    line: line.status,
    delivered: line.delivered,
    failed: line.failed,
    refundDue: order.refundDue.amount,
    keys: order.keysReady,
    procurement: state,
    attention: attention?.reason,
  };
}

const nothing = {delivered: 0, failed: 0, refundDue: '0.00', keys: 0, attention: undefined};
export const waiting = {...nothing, order: 'fulfilling', line: 'processing', procurement: 'accepted'};
export const confirming = {...nothing, order: 'fulfilling', line: 'confirming', procurement: 'unknown'};
export const complete = {
  ...nothing,
  order: 'delivered',
  line: 'delivered',
  procurement: 'delivered',
  delivered: 2,
  keys: 2,
};
export const owed = {
  ...nothing,
  order: 'refund_pending',
  line: 'failed',
  failed: 2,
  refundDue: '24.00',
  procurement: 'failed',
};

export const buys = (shop: TestShop) => shop.upstream.asked('buy').length;

/** As after a restart with an empty queue: only the sweep knows what to do. Answers which kinds of jobs it asks for. */
export async function sweepWithoutJobs(shop: TestShop): Promise<readonly string[]> {
  shop.jobs.forget();
  const before = shop.store.writes.length;
  await shop.server.runJob({type: 'sweep'}, signal);
  return shop.store.writes.slice(before).map(({arguments: [job]}) => (job as {type: string}).type);
}

/** Lets work that is under way go on until something has happened. */
export async function until(happened: () => boolean): Promise<void> {
  for (let turn = 0; !happened(); turn++) {
    assert.ok(turn < 20_000, 'it did not happen');
    await new Promise(setImmediate);
  }
}
