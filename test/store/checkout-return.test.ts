import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {newLine} from './support/builders.ts';
import {Buyer} from './support/buyer.ts';
import {FakeDevice, turns} from './support/fake-device.ts';

/** A buyer who has an order that waits for its payment, and went away to pay. */
async function away(): Promise<Buyer> {
  const buyer = new Buyer();
  const tab = await buyer.atTheForm();
  await tab.place();
  tab.expect('paying');
  tab.vanish();
  return buyer;
}

/** Back in a browser that knows nothing. */
function elsewhere(buyer: Buyer, returnCode = 'order-1'): {device: FakeDevice; open: () => ReturnType<Buyer['open']>} {
  const device = new FakeDevice();
  device.returnCode = returnCode;
  return {device, open: () => buyer.open(buyer.server.fetch, device.tab())};
}

describe('coming back from the payment page without storage', () => {
  it('goes on waiting for the payment, and then shows the order', async () => {
    const buyer = await away();
    const tab = elsewhere(buyer).open();
    await tab.shop.checkout.resume();
    assert.equal(tab.expect('paying').order.id, 'order-1');
    buyer.server.change('order-1', {state: 'paid'});
    await turns();
    tab.expect('paid');
    assert.equal(buyer.server.orders.size, 1);
    assert.equal(buyer.server.payments.size, 1, 'nothing is paid for twice');
  });

  it('shows an order that is paid already', async () => {
    const buyer = await away();
    buyer.server.change('order-1', {state: 'delivered'});
    const tab = elsewhere(buyer).open();
    await tab.shop.checkout.resume();
    assert.equal(tab.expect('paid').order.id, 'order-1');
  });

  it('makes the order known to the device: it is there after a reload', async () => {
    const buyer = await away();
    const {open} = elsewhere(buyer);
    const first = open();
    await first.shop.checkout.resume();
    first.vanish();
    const second = open();
    await second.shop.checkout.resume();
    assert.equal(second.expect('paying').order.id, 'order-1');
    assert.equal(buyer.server.count('claimReturn'), 1);
  });

  it('takes nothing out of a cart that was filled there', async () => {
    const buyer = await away();
    const {open, device} = elsewhere(buyer);
    device.returnCode = undefined;
    const before = open();
    await before.shop.cart.add(newLine({skuId: 'sku-2'}));
    await before.shop.checkout.begin();
    before.vanish();
    device.returnCode = 'order-1';
    const tab = open();
    await tab.shop.checkout.resume();
    buyer.server.change('order-1', {state: 'paid'});
    await turns();
    tab.expect('paid');
    assert.deepEqual(
      tab.shop.cart.value.lines.map(({skuId}) => skuId),
      ['sku-2'],
    );
  });

  it('asks again when the request was lost', async () => {
    const buyer = await away();
    buyer.server.fault = (operation, count) =>
      operation === 'claimReturn' && count === 1 ? 'lost_request' : undefined;
    const {open, device} = elsewhere(buyer);
    const tab = open();
    const resumed = tab.shop.checkout.resume();
    await device.advance(5_000);
    await resumed;
    tab.expect('paying');
  });

  it('by a way back that is spent shows what an ordinary page shows', async () => {
    const buyer = await away();
    const tab = elsewhere(buyer, 'order-9').open();
    await tab.shop.checkout.resume();
    tab.expect('idle');
  });
});

describe('coming back to the browser that placed the order', () => {
  it('goes on at once, and uses the way back up all the same', async () => {
    const buyer = await away();
    buyer.server.fault = operation => (operation === 'claimReturn' ? 'hang' : undefined);
    buyer.device.returnCode = 'order-1';
    const tab = buyer.open();
    await tab.shop.checkout.resume();
    tab.expect('paying');
    assert.equal(buyer.server.count('claimReturn'), 1);
  });
});
