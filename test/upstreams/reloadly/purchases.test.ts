import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import {json, order, patient, problem, product, reloadlyWith, request} from './scripted-reloadly.ts';

const naira = (amount: string) => money(amount, 'NGN');
const follow = {orderId: '101', placeholder: ''};
const orderPath = 'GET /reports/transactions/101';
const cardsPath = 'GET /orders/transactions/101/cards';

describe('what is sent', () => {
  it('is the worth, a mailbox of the shop, and nothing of the buyer', async () => {
    const {shop, asked} = reloadlyWith({'POST /orders': order()});
    await shop.buy(request({quantity: 2}), patient);
    assert.deepEqual(
      asked('POST /orders').map(({body}) => body),
      [
        '{"productId":1,"quantity":2,"unitPrice":25,"senderName":"keystall","recipientEmail":"cards@shop.example","customIdentifier":"A-20260101-0001"}',
      ],
    );
  });

  it('D3: is nothing above the ceiling, nor for a worth that is not sold any more', async () => {
    const {shop, asked} = reloadlyWith({'POST /orders': order()});
    const dear = await shop.buy(request({quantity: 2, costCeiling: naira('20528.9999')}), patient);
    assert.ok(dear.kind === 'refused' && dear.reason === 'price_too_high');
    const gone = await shop.buy(request({offer: {...request().offer, sku: '75'}}), patient);
    assert.ok(gone.kind === 'refused' && gone.reason === 'not_for_sale');
    assert.equal(asked('POST /orders').length, 0);
    assert.equal((await shop.buy(request({quantity: 2, costCeiling: naira('20529')}), patient)).kind, 'accepted');
  });
});

describe('what Reloadly refuses', () => {
  for (const [what, status, code, reason, more] of [
    ['a wrong price', 400, null, 'other', {}],
    ['a country', 404, 'COUNTRY_NOT_SUPPORTED', 'not_for_sale', {}],
    [
      'an empty account',
      400,
      null,
      'insufficient_balance',
      {'GET /accounts/balance': {balance: 5, currencyCode: 'NGN'}},
    ],
    [
      'a product that went meanwhile',
      400,
      null,
      'not_for_sale',
      {'GET /products/1': (times: number) => (times === 1 ? product() : problem(400, 'Product not found'))},
    ],
  ] as const) {
    it(`${what} was not bought: "${reason}"`, async () => {
      const {shop} = reloadlyWith({'POST /orders': problem(status, 'No', code), ...more});
      assert.deepEqual(await shop.buy(request(), patient), {
        kind: 'refused',
        reason,
        text: 'No',
        ...(code && {code}),
      });
    });
  }

  for (const [what, answer] of Object.entries({
    'a server error': problem(500, 'Oops'),
    'a conflict': problem(409, 'Conflict'),
    'too many requests': problem(429, 'Slow down'),
    'something else': problem(422, 'Unprocessable'),
    'another shape': Response.json({nothing: true}, {status: 400}),
    'an order without a number': {...order(), transactionId: undefined},
    'a charge in another currency': order({currencyCode: 'USD'}),
  })) {
    it(`with ${what} is unknown: it may have been bought`, async () => {
      assert.equal((await reloadlyWith({'POST /orders': answer}).shop.buy(request(), patient)).kind, 'unknown');
    });
  }
});

describe('a lost answer', () => {
  const now = Date.UTC(2026, 0, 9, 10, 11, 12);
  const lookInto = (report: unknown) => {
    const {shop, asked} = reloadlyWith({'GET /reports/transactions': report}, {clock: {now: () => now}});
    return {outcome: shop.reconcile(request(), patient), asked};
  };

  it('is looked for in the report of a week and a day, to its last page', async () => {
    const others = [
      order({transactionId: 7, customIdentifier: 'A-2'}),
      {odd: true},
      order({transactionId: 8, customIdentifier: null}),
    ];
    const pages = (times: number) =>
      times === 1 ? {content: others, last: false} : {content: [order({status: 'PENDING'})], last: true};
    const {outcome, asked} = lookInto(pages);
    assert.deepEqual(await outcome, {kind: 'accepted', orderId: '101', charged: naira('10264.50'), placeholder: ''});
    const query = Object.fromEntries(new URLSearchParams(asked('GET /reports/transactions')[1]!.query));
    assert.deepEqual(query, {
      startDate: '2026-01-02 10:11:12',
      endDate: '2026-01-10 10:11:12',
      customIdentifier: 'A-20260101-0001',
      size: '200',
      page: '2',
    });
    assert.equal(asked('POST /orders').length, 0);
  });

  it('that is not there, or there twice, is for a person', async () => {
    for (const [report, text] of [
      [[], /No transaction/],
      [[order(), order({transactionId: 102})], /101, 102/],
      [problem(404, 'Please try again later'), /refused/],
    ] as const) {
      const outcome = await lookInto(report).outcome;
      assert.ok(outcome.kind === 'unknown');
      assert.match(outcome.text, text);
    }
    const same = await lookInto([order({status: 'PENDING'}), order({status: 'PENDING'})]).outcome;
    assert.equal(same.kind, 'accepted', 'one that stands twice is one');
  });
});

describe('cards', () => {
  const delivered = async (cards: string) => {
    const {shop} = reloadlyWith({[orderPath]: [order()], [cardsPath]: json(cards)});
    const found = await shop.follow(follow, patient);
    return found.kind === 'delivered' ? found.secret : found.kind;
  };

  it('keep every digit, as numbers or texts, alone or in a list', async () => {
    for (const [answer, secret] of [
      ['{"cardNumber":6120200345149064,"pinCode":5821}', '卡号: 6120200345149064 密码: 5821'],
      ['[{"cardNumber":"0012345678901234567890","pinCode":"0099"}]', '卡号: 0012345678901234567890 密码: 0099'],
      ['[{"cardNumber":12345678901234567890,"pinCode":null}]', '12345678901234567890'],
      ['[{"cardNumber":"","pinCode":"ABCD-EFGH"}]', 'ABCD-EFGH'],
      ['[{"cardNumber":null,"pinCode":"","redemptionUrl":"https://r.example/1"}]', 'https://r.example/1'],
      [
        '{"cardNumber":"A1","pinCode":"2","redemptionUrl":"https://r.example/1"}',
        '卡号: A1 密码: 2 兑换链接: https://r.example/1',
      ],
    ] as const) {
      assert.equal(await delivered(answer), secret);
    }
  });

  it('that are not there yet are waited for, and come', async () => {
    const late = (times: number) =>
      times === 1 ? problem(404, 'Invalid transaction id') : times === 2 ? [] : {cardNumber: 'A', pinCode: '1'};
    const {shop} = reloadlyWith({'POST /orders': order(), [orderPath]: order(), [cardsPath]: late});
    assert.equal((await shop.buy(request(), patient)).kind, 'accepted');
    assert.equal((await shop.follow(follow, patient)).kind, 'pending');
    assert.deepEqual(await shop.follow(follow, patient), {kind: 'delivered', secret: '卡号: A 密码: 1'});
  });

  it('that stay away are for a person; of some that came none is lost', async () => {
    let now = 0;
    const two = order({product: {quantity: 2}});
    for (const [cards, last] of [
      [[], 'absent'],
      [[{cardNumber: 'A', pinCode: '1'}], 'delivered'],
    ] as const) {
      const {shop} = reloadlyWith({[orderPath]: two, [cardsPath]: cards}, {clock: {now: () => now}});
      const missing = await shop.follow(follow, patient);
      assert.ok(missing.kind === 'pending' && missing.short);
      const since = {...follow, shortSince: now};
      now += 10 * 60_000 - 1;
      assert.equal((await shop.follow(since, patient)).kind, 'pending');
      now += 1;
      assert.equal((await shop.follow(since, patient)).kind, last);
    }
  });
});

describe('an order', () => {
  it('books what was charged, to four decimals', async () => {
    const charged = json(JSON.stringify(order({status: 'PROCESSING'})).replace('10264.5', '198.35026'));
    const outcome = await reloadlyWith({'POST /orders': charged}).shop.buy(request(), patient);
    assert.ok(outcome.kind === 'accepted');
    assert.deepEqual(outcome.charged, naira('198.3503'));
  });

  it('that failed is waited for until its money is back; words that nobody knows are, too', async () => {
    for (const [status, found] of [
      ['FAILED', 'pending'],
      ['ON_HOLD', 'pending'],
      ['PROCESSING', 'pending'],
      ['REFUNDED', 'refunded'],
    ] as const) {
      const {shop} = reloadlyWith({[orderPath]: [order({status})]});
      const outcome = await shop.follow(follow, patient);
      assert.equal(outcome.kind, found);
      if (outcome.kind === 'refunded') assert.deepEqual(outcome.refunded, naira('10264.50'));
    }
    const {shop} = reloadlyWith({});
    assert.equal((await shop.follow(follow, patient)).kind, 'absent');
  });

  it('that was paid back at once was not bought', async () => {
    const outcome = await reloadlyWith({'POST /orders': order({status: 'REFUNDED'})}).shop.buy(request(), patient);
    assert.equal(outcome.kind, 'refused');
  });
});
