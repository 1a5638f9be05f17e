import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {delivered, fakeUpstream, refused} from '../../support/fake-upstream.ts';
import {openShop} from '../../support/shop-server.ts';
import {aGood, anOffer, counted} from '../../support/upstream-goods.ts';

describe('64 buyers for 10 pieces', () => {
  it('A1: exactly ten are sold, each once, and everybody else is owed their money', async () => {
    const shop = await openShop({
      upstream: fakeUpstream({goods: [aGood({offers: [anOffer({stock: counted(10)})]})]}),
    });
    let left = 10;
    shop.upstream.script({
      buy: async () => (left > 0 ? delivered(`CARD-0${left--}-AAAA`) : refused('sold_out')),
    });
    const placed = await Promise.all(Array.from({length: 64}, () => shop.placePaid()));
    await shop.work();
    const orders = await Promise.all(placed.map(each => shop.order(each)));
    const sold = placed.filter((_, index) => orders[index]!.state === 'delivered');
    assert.equal(sold.length, 10);
    const keys = await Promise.all(sold.map(each => shop.reveal(each)));
    assert.equal(new Set(keys.flatMap(each => each.keys.map(({secret}) => JSON.stringify(secret)))).size, 10);
    const owed = orders.filter(({state, refundDue}) => state === 'refund_pending' && refundDue.amount === '12.00');
    assert.equal(owed.length, 54);
  });
});
