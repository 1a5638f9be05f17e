import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import {env} from '../../../src/server/config/config.ts';
import {delivered, refused} from '../../support/fake-upstream.ts';
import {payBack} from '../../support/pay-back.ts';
import {openShop, type TestShop} from '../../support/shop-server.ts';

const yuan = (amount: string) => money(amount, 'CNY');

/** A shop with a coupon, a platform that takes 1 % and gives 2 %, and a provider that keeps 0.6 %. */
async function shopWithTerms(): Promise<TestShop> {
  const shop = await openShop({
    connections: {main: {terms: {serviceFee: '1', commission: '2'}}},
    config: {
      payments: [
        {
          provider: 'epay',
          id: 'fakepay',
          url: 'https://pay.example/',
          pid: '1',
          keys: {sign: 'md5', key: env('PAY_KEY')},
          methods: [{type: 'alipay'}],
          fee: {percent: '0.6'},
        },
      ],
    },
  });
  shop.upstream.script({buy: async () => ({...delivered('AAAA-1\nBBBB-2'), charged: yuan('20')}) as never});
  return shop;
}

const margins = async (shop: TestShop, orderId: string) =>
  (await shop.store.earnings(orderId)).map(({cost, givenBack, margin}) => [cost, givenBack, margin].map(a => a.amount));

describe('who earned what', () => {
  it('is written down when an order is settled, and not before', async () => {
    const shop = await shopWithTerms();
    const {order} = await shop.placePaid(2);
    assert.deepEqual(await shop.store.earnings(order.id), []);
    await shop.work();
    const [line, ...others] = await shop.store.earnings(order.id);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [line!.price, line!.cost, line!.serviceFee, line!.commission, line!.paymentFee, line!.margin],
      [yuan('24'), yuan('20'), yuan('0.20'), yuan('0.40'), yuan('0.15'), yuan('4.05')],
    );
  });

  it('of an order that came to nothing is the fee of its payment', async () => {
    const shop = await shopWithTerms();
    shop.upstream.script({buy: async () => refused('sold_out')});
    const {order} = await shop.placePaid(2);
    await shop.work();
    assert.deepEqual(await margins(shop, order.id), [['0.00', '24.00', '-0.15']]);
    await payBack(shop.ports, order.id);
    assert.deepEqual(await margins(shop, order.id), [['0.00', '24.00', '-0.15']]);
  });

  it('counts what was paid for and did not come as cost', async () => {
    const shop = await shopWithTerms();
    shop.upstream.script({buy: async () => ({...delivered('AAAA-1'), charged: yuan('20')}) as never});
    const {order} = await shop.placePaid(2);
    await shop.work();
    assert.deepEqual(await margins(shop, order.id), [['20.00', '12.00', '-7.95']]);
  });

  it('does not count money that never paid the order', async () => {
    const shop = await shopWithTerms();
    const placed = await shop.place(2);
    const [first, second] = [await shop.openPayment(placed), await shop.openPayment(placed, 'fakepay-qr')];
    await shop.notify(second, {amount: yuan('3')});
    await shop.notify(first);
    await shop.work();
    assert.deepEqual(await margins(shop, placed.order.id), [['20.00', '0.00', '4.05']]);
  });
});
