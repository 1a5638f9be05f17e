import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {audit, type Books, type Purchase} from '../../bench/soak/audit.ts';
import {money} from '../../src/domain/money.ts';

const nothing = {lost: [], doubled: [], undelivered: [], waiting: []};

type Shop = Books['shop'];
type PlatformOrder = Books['platform']['orders'][number];

/** Two buyers with one order each, everything as it should be. */
function evenBooks(): Books {
  return {
    purchases: [aPurchase('ord_1', ['AAA']), aPurchase('ord_2', ['BBB', 'CCC'])],
    shop: {
      orders: [
        {id: 'ord_1', state: 'delivered'},
        {id: 'ord_2', state: 'delivered'},
      ],
      payments: [
        {id: 'pay_1', orderId: 'ord_1', state: 'paid'},
        {id: 'pay_2', orderId: 'ord_2', state: 'paid'},
      ],
      attempts: [
        {reference: 'ref1', orderId: 'ord_1'},
        {reference: 'ref2', orderId: 'ord_2'},
      ],
    },
    provider: {
      payments: [
        {reference: 'pay_1', status: 'paid'},
        {reference: 'pay_2', status: 'paid'},
      ],
    },
    platform: {
      orders: [aSale('ref1', ['AAA']), aSale('ref2', ['BBB', 'CCC'])],
      spent: [money('-8.00', 'CNY'), money('-16.00', 'CNY')],
    },
  };
}

function aPurchase(orderId: string, cards: readonly string[]): Purchase {
  return {quantity: cards.length, orderIds: [orderId], isPaid: true, cards};
}

function aSale(requestNo: string, cards: readonly string[]): PlatformOrder {
  return {requestNo, cards, amount: money(`${8 * cards.length}.00`, 'CNY')};
}

describe('the audit of a soak run', () => {
  it('finds nothing where all books agree', () => {
    assert.deepEqual(audit(evenBooks()), nothing);
  });

  it('lets an order be that nobody paid', () => {
    const books = evenBooks();
    const unpaid: Purchase = {quantity: 1, orderIds: ['ord_3'], isPaid: false};
    const shop = {...books.shop, orders: [...books.shop.orders, {id: 'ord_3', state: 'pending_payment'}]};
    assert.deepEqual(audit({...books, shop, purchases: [...books.purchases, unpaid]}), nothing);
  });

  it('finds an order that the shop has lost', () => {
    assert.deepEqual(withShop({orders: evenBooks().shop.orders.slice(0, 1)}).lost, [
      'order ord_2 was placed, and the shop has none',
    ]);
  });

  it('finds money that the shop never heard of', () => {
    const payments = [
      {id: 'pay_1', orderId: 'ord_1', state: 'paid'},
      {id: 'pay_2', orderId: 'ord_2', state: 'pending'},
    ];
    const orders = [
      {id: 'ord_1', state: 'delivered'},
      {id: 'ord_2', state: 'expired'},
    ];
    assert.deepEqual(withShop({payments, orders}).lost, [
      'order ord_2 was paid, and is "expired"',
      'payment pay_2 was paid, and is "pending" in the shop',
    ]);
  });

  it('finds a purchase that no book of the shop has', () => {
    const books = evenBooks();
    const stray = aSale('ref3', ['DDD']);
    const platform = {
      orders: [...books.platform.orders, stray],
      spent: [...books.platform.spent, money('-8.00', 'CNY')],
    };
    assert.deepEqual(audit({...books, platform}).lost, [
      'the platform sold ref3, and the shop knows of no such purchase',
    ]);
  });

  it('finds money that left the wallet for nothing', () => {
    const books = evenBooks();
    const platform = {...books.platform, spent: [...books.platform.spent, money('-8.00', 'CNY')]};
    assert.deepEqual(audit({...books, platform}).lost, ['the wallet is off by -8.00']);
  });

  it('finds an order that was placed twice, answered or not', () => {
    const books = evenBooks();
    const orders = [...books.shop.orders, {id: 'ord_3', state: 'pending_payment'}];
    assert.deepEqual(withShop({orders}).doubled, ['nobody knows of order ord_3']);
    const [first, ...others] = books.purchases;
    const twice = {...first!, orderIds: ['ord_1', 'ord_3']};
    assert.deepEqual(audit({...books, shop: {...books.shop, orders}, purchases: [twice, ...others]}).doubled, [
      'one intent was answered with the orders ord_1 and ord_3',
    ]);
  });

  it('finds an order that was paid twice', () => {
    const books = evenBooks();
    const payments = [...books.shop.payments, {id: 'pay_3', orderId: 'ord_1', state: 'paid'}];
    const provider = {payments: [...books.provider.payments, {reference: 'pay_3', status: 'paid'}]};
    assert.deepEqual(audit({...books, shop: {...books.shop, payments}, provider}).doubled, [
      'order ord_1 was paid 2 times',
    ]);
  });

  it('finds what was bought twice, under one reference or two', () => {
    const books = evenBooks();
    const spent = [...books.platform.spent, money('-8.00', 'CNY')];
    const sameReference = {orders: [...books.platform.orders, aSale('ref1', ['DDD'])], spent};
    assert.deepEqual(audit({...books, platform: sameReference}).doubled, [
      'order ord_1 was bought 2 times',
      'the platform sold ref1 2 times',
    ]);
    const shop = {...books.shop, attempts: [...books.shop.attempts, {reference: 'ref3', orderId: 'ord_1'}]};
    const otherReference = {orders: [...books.platform.orders, aSale('ref3', ['DDD'])], spent};
    assert.deepEqual(audit({...books, shop, platform: otherReference}).doubled, ['order ord_1 was bought 2 times']);
  });

  it('finds a card that two buyers were shown', () => {
    const books = evenBooks();
    const purchases = [books.purchases[0]!, aPurchase('ord_2', ['AAA', 'CCC'])];
    const found = audit({...books, purchases});
    assert.deepEqual(found.doubled, ['a card was shown for order ord_1 and for order ord_2']);
    assert.deepEqual(found.undelivered, ['the buyer of order ord_2 was shown other cards than its own']);
  });

  it('finds a paid order that was not delivered, or not whole, or not seen', () => {
    const orders = [
      {id: 'ord_1', state: 'fulfilling'},
      {id: 'ord_2', state: 'delivered'},
    ];
    assert.deepEqual(withShop({orders}).undelivered, ['order ord_1 was paid, and is "fulfilling"']);
    const books = evenBooks();
    const [first, second] = books.purchases;
    const short = {...books, purchases: [first!, {...second!, quantity: 3}]};
    assert.deepEqual(audit(short).undelivered, ['order ord_2 has 2 cards of 3']);
    const {cards: _, ...unseen} = second!;
    assert.deepEqual(audit({...books, purchases: [first!, unseen]}).undelivered, [
      'the buyer of order ord_2 never saw the keys',
    ]);
  });
});

describe('a paid order that was not delivered', () => {
  const [, second] = evenBooks().purchases;
  const {cards: _, ...unseen} = second!;

  it('is honest where a person was called, and counted', () => {
    const books = evenBooks();
    const orders = [
      {id: 'ord_1', state: 'delivered'},
      {id: 'ord_2', state: 'fulfilling', attention: 'timeout'},
    ];
    const found = audit({...books, purchases: [books.purchases[0]!, unseen], shop: {...books.shop, orders}});
    assert.deepEqual(found, {
      ...nothing,
      waiting: ['order ord_2 is "fulfilling", and waits for a person: timeout'],
    });
  });

  it('is settled where it is paid back and nothing was bought for it, and only there', () => {
    const books = evenBooks();
    const orders = [
      {id: 'ord_1', state: 'delivered'},
      {id: 'ord_2', state: 'refund_pending'},
    ];
    const bought = {...books, purchases: [books.purchases[0]!, unseen], shop: {...books.shop, orders}};
    assert.deepEqual(audit(bought).undelivered, ['order ord_2 was paid, and is "refund_pending"']);
    const platform = {orders: books.platform.orders.slice(0, 1), spent: books.platform.spent.slice(0, 1)};
    assert.deepEqual(audit({...bought, platform}), nothing);
  });
});

function withShop(shop: Partial<Shop>) {
  const books = evenBooks();
  return audit({...books, shop: {...books.shop, ...shop}});
}
