import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, afterEach, before, describe, it} from 'node:test';
import {startLocalShop, type LocalShop} from '../../scripts/start/local-shop.ts';
import {secretText} from '../../src/domain/card-secret.ts';
import type {Order, PlacedOrder} from '../../src/contract/order.ts';
import type {FaultName, Good} from '../../src/sandbox/index.ts';
import {platformControl, type PlatformControl} from '../support/platform-control.ts';
import {prepareDatabase} from '../support/prepared-database.ts';
import {stubbornBuyer} from '../support/stubborn-buyer.ts';

/** What a fault leads to: how often the platform sold, and what its buyer reads in the end. */
interface Outcome {
  readonly fault: FaultName;
  readonly requirement: string;
  readonly sold: 0 | 1;
  readonly buyerReads: Order['lines'][number]['status'];
  readonly needsPerson: boolean;
  readonly good?: (good: Good) => boolean;
}

const isPlain = (good: Good) =>
  good.delivery === 'automatic' && !good.nested && good.fields.length === 0 && good.contact === 'any';
const isNested = (good: Good) => good.nested !== undefined && good.fields.length === 0;

const outcomes: readonly Outcome[] = [
  {fault: 'commit-then-drop', requirement: 'A4 A5 A11', sold: 1, buyerReads: 'confirming', needsPerson: true},
  {fault: 'bad-gateway-after-commit', requirement: 'A5', sold: 1, buyerReads: 'confirming', needsPerson: true},
  {fault: 'drop-before-commit', requirement: 'A5', sold: 1, buyerReads: 'delivered', needsPerson: false},
  {fault: 'html', requirement: 'A5', sold: 1, buyerReads: 'delivered', needsPerson: false},
  {fault: 'oversold', requirement: 'A9', sold: 1, buyerReads: 'failed', needsPerson: true},
  {fault: 'empty-secret', requirement: 'A9', sold: 1, buyerReads: 'failed', needsPerson: true},
  {fault: 'price-moved', requirement: 'D3', sold: 0, buyerReads: 'failed', needsPerson: false},
  {
    fault: 'nested-refresh-failed',
    requirement: 'A12',
    sold: 1,
    buyerReads: 'confirming',
    needsPerson: true,
    good: isNested,
  },
];

describe('a platform that is not to be relied on', {timeout: 300_000}, () => {
  let folder: string;
  let shop: LocalShop;
  let control: PlatformControl;
  const attention = new Set<string>();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keystall-faults-'));
    await prepareDatabase(join(folder, 'shop'));
    shop = await startLocalShop({
      folder,
      firstPort: 0,
      onLog(_process, line) {
        if (line.includes('a person has to look')) attention.add((JSON.parse(line) as {orderId: string}).orderId);
      },
    });
    control = platformControl(shop);
  });

  after(async () => {
    await shop.stop();
    await rm(folder, {recursive: true, force: true});
  });

  afterEach(() => control.clearFaults());

  for (const {fault, requirement, sold, buyerReads, needsPerson, good = isPlain} of outcomes) {
    it(`${requirement}: ${fault}: the platform sold ${sold}, the buyer reads "${buyerReads}"`, async () => {
      const {placed, ledgerBefore} = await placeOrder(good);
      await control.arm({fault, ...(fault === 'price-moved' && {endpoint: 'valuation', percent: 50})});
      await pay(placed);
      const buyer = stubbornBuyer(shop.urls.shop);
      const order = await buyer.orderWhen(placed, ({lines, state}) => {
        const isConfirming = lines[0]!.status === 'confirming' && attention.has(placed.order.id);
        return state === 'delivered' || state === 'refunded' || isConfirming;
      });
      const {orders} = await control.ledger();
      const bought = orders.slice(ledgerBefore);
      assert.equal(bought.length, sold);
      assert.equal(order.lines[0]!.status, buyerReads);
      assert.equal(attention.has(placed.order.id), needsPerson);
      if (buyerReads === 'delivered') {
        const {keys} = await buyer.keys(placed);
        assert.deepEqual(
          keys.map(({secret}) => secretText(secret)),
          bought[0]!.cards,
        );
      } else {
        assert.equal(order.keysReady, 0, 'an apology or a guess is never shown as a key');
      }
      assert.equal(order.refundDue.amount, '0.00');
      assert.equal(order.refunded?.amount, buyerReads === 'failed' ? order.total.amount : undefined);
    });
  }

  it('B1: a payment whose notice never comes is found by asking', async () => {
    const {placed} = await placeOrder(isPlain);
    await control.arm({fault: 'notify-lost', times: null});
    await pay(placed);
    const order = await stubbornBuyer(shop.urls.shop).orderWhen(placed, ({state}) => state === 'delivered');
    assert.equal(order.keysReady, 1);
  });

  it('delivers what the platform hands over later', async () => {
    const {placed, ledgerBefore} = await placeOrder(isPlain);
    await control.arm({fault: 'placeholder'});
    await pay(placed);
    const buyer = stubbornBuyer(shop.urls.shop);
    await buyer.orderWhen(placed, ({lines}) => lines[0]!.status === 'processing');
    const waiting = await waitForOrder(ledgerBefore);
    await control.deliver(waiting.tradeNo, 'LATE-CARD-0001');
    await buyer.orderWhen(placed, ({state}) => state === 'delivered');
    const {keys} = await buyer.keys(placed);
    assert.deepEqual(
      keys.map(({secret}) => secretText(secret)),
      ['LATE-CARD-0001'],
    );
  });

  /** Places an order for one piece of a good of that kind and opens its payment. */
  async function placeOrder(isWanted: (good: Good) => boolean): Promise<{placed: PlacedOrder; ledgerBefore: number}> {
    const buyer = stubbornBuyer(shop.urls.shop);
    const wanted = new Set((await control.goods()).filter(isWanted).map(({title}) => title));
    const {items} = await buyer.products();
    const item = items.find(
      ({title, skuId, stock, minimum}) => wanted.has(title) && skuId && stock === 'in_stock' && minimum === 1,
    );
    assert.ok(item, 'the catalogue has a good of that kind');
    const placed = await buyer.place(await buyer.quote(item.skuId!, 1));
    return {placed, ledgerBefore: (await control.ledger()).orders.length};
  }

  async function pay(placed: PlacedOrder): Promise<void> {
    const payment = await stubbornBuyer(shop.urls.shop).openPayment(placed);
    const {payments} = await control.payments();
    await control.pay(payments.find(({reference}) => reference === payment.id)!.id);
  }

  async function waitForOrder(position: number) {
    for (;;) {
      const order = (await control.ledger()).orders[position];
      if (order) return order;
    }
  }
});
