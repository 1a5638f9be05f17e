import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Buying, BuyingOptions} from '../../src/store/buying.ts';
import {createLazyBuying} from '../../src/store/lazy-buying.ts';
import {readableValue} from '../../src/store/readable-value.ts';
import type {OrderView} from '../../src/store/shop.ts';
import {turns} from './support/fake-device.ts';

describe('code that did not arrive', () => {
  function unreachable() {
    const network = {works: false};
    const buying = createLazyBuying({} as BuyingOptions, () =>
      network.works
        ? Promise.resolve({createBuying: () => arrived})
        : Promise.reject(new TypeError('Failed to fetch dynamically imported module')),
    );
    return {network, buying};
  }
  const arrived = {
    orders: {
      known: readableValue({status: 'ready', data: [], refreshing: false}),
      watch: () => readableValue<OrderView>({status: 'locked'}),
    },
    dispose() {},
  } as unknown as Buying;

  it('fails an order that is followed, until a retry brings it', async () => {
    const {network, buying} = unreachable();
    const watch = buying.orders.watch('order-1');
    watch.subscribe(() => {});
    await turns();
    const view = watch.value;
    assert.ok(view.status === 'failed' && view.error.code === 'code_missing');
    network.works = true;
    view.retry();
    assert.equal(watch.value.status, 'loading');
    await turns();
    assert.equal(watch.value.status, 'locked');
  });

  it('fails the orders of this device, until a retry brings them', async () => {
    const {network, buying} = unreachable();
    const {known} = buying.orders;
    known.subscribe(() => {});
    await turns();
    const failed = known.value;
    assert.ok(failed.status === 'failed' && failed.error.code === 'code_missing');
    network.works = true;
    failed.retry();
    await turns();
    assert.equal(known.value.status, 'ready');
  });
});
