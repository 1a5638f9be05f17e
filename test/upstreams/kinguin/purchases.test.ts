import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import {kinguinWith, offer, order, patient, problem, product, productCode, request} from './scripted-kinguin.ts';

const euros = (amount: string) => money(amount, 'EUR');
const follow = {orderId: 'PHS84FJAG5U', placeholder: ''};
const productPath = `GET /v2/products/${productCode}`;
const orderPath = 'GET /v1/order/PHS84FJAG5U';
const keysPath = 'GET /v2/order/PHS84FJAG5U/keys';
const key = (id: number | string, more: object = {}) => ({
  id: String(id),
  serial: `KEY-${id}`,
  type: 'text/plain',
  ...more,
});

describe('what is sent', () => {
  it('is what the vendor published, and the key goes along in its header only', async () => {
    const {shop, sent, asked} = kinguinWith({'POST /v2/order': order(), 'GET /v1/order': {results: [], item_count: 0}});
    await shop.buy(request(), patient);
    await shop.reconcile(request(), patient);
    assert.deepEqual(
      asked('POST /v2/order').map(({body}) => body),
      [
        `{"products":[{"productId":"${productCode}","qty":1,"price":5.79,"keyType":"text"}],"orderExternalId":"A-20260101-0001"}`,
      ],
    );
    assert.equal(asked('GET /v1/order')[0]!.query, '?orderExternalId=A-20260101-0001&limit=25');
    for (const {headers, query, body} of sent) {
      assert.equal(headers.get('x-api-key'), 'test_key_0001');
      assert.ok(!`${query}${body}`.includes('test_key_0001'));
    }
  });

  it('D3: names the price of now, never what may be spent; above the ceiling nothing is sent', async () => {
    const {shop, asked} = kinguinWith({'POST /v2/order': order()});
    await shop.buy(request({costCeiling: euros('9.99')}), patient);
    assert.match(asked('POST /v2/order')[0]!.body, /"price":5\.79,/);
    const tooMuch = await shop.buy(request({quantity: 2, costCeiling: euros('11.57')}), patient);
    assert.deepEqual([tooMuch.kind, 'reason' in tooMuch && tooMuch.reason], ['refused', 'price_too_high']);
    assert.equal(asked('POST /v2/order').length, 1);
  });

  it('goes to the seller who has enough, at that price', async () => {
    const sellers = product({offers: [offer(5.99, 9), offer(5.79, 2), offer(4, 9, {isPreorder: true})]});
    const {shop, asked} = kinguinWith({[productPath]: sellers, 'POST /v2/order': order()});
    for (const quantity of [2, 3]) await shop.buy(request({quantity}), patient);
    assert.deepEqual(
      asked('POST /v2/order').map(({body}) => /"price":([\d.]+)/.exec(body)?.[1]),
      ['5.79', '5.99'],
    );
    assert.deepEqual(await shop.quote(request().offer, 3, patient), euros('17.97'));
  });

  it('is nothing for more keys than an order takes, or a product that cannot be read', async () => {
    for (const [answer, changes, reason] of [
      [product(), {quantity: 10}, 'quantity_not_allowed'],
      [problem('Http', 404), {}, 'not_for_sale'],
      [problem('Authorization', 401), {}, 'credentials'],
      [problem('Error', 500), {}, 'other'],
    ] as const) {
      const {shop, asked} = kinguinWith({[productPath]: answer, 'POST /v2/order': order()});
      const outcome = await shop.buy(request(changes), patient);
      assert.deepEqual([outcome.kind, 'reason' in outcome && outcome.reason], ['refused', reason]);
      assert.equal(asked('POST /v2/order').length, 0);
    }
  });
});

describe('what Kinguin refuses', () => {
  for (const [kind, status, reason] of [
    ['ConstraintViolation', 400, 'other'],
    ['Authorization', 401, 'credentials'],
    ['InsufficientBalance', 422, 'insufficient_balance'],
    ['ProductUnavailable', 422, 'sold_out'],
    ['Preorder', 422, 'not_for_sale'],
    ['SomethingNew', 422, 'other'],
  ] as const) {
    it(`with ${kind} is "${reason}", its kind kept`, async () => {
      const {shop} = kinguinWith({'POST /v2/order': problem(kind, status)});
      const outcome = await shop.buy(request(), patient);
      assert.deepEqual(outcome, {kind: 'refused', reason, text: `it is ${kind}`, code: kind});
    });
  }

  for (const [kind, status] of [
    ['HttpClient', 500],
    ['Error', 500],
    ['Http', 422],
    ['ResourceLock', 409],
    ['InsufficientBalance', 502],
    ['SomethingNew', 429],
  ] as const) {
    it(`with ${kind} and ${status} is unknown: it may have been bought`, async () => {
      const {shop} = kinguinWith({'POST /v2/order': problem(kind, status)});
      const outcome = await shop.buy(request(), patient);
      assert.deepEqual([outcome.kind, 'code' in outcome && outcome.code], ['unknown', kind]);
    });
  }

  it('without a kind was said by somebody else', async () => {
    const {shop} = kinguinWith({'POST /v2/order': Response.json({message: 'no'}, {status: 403})});
    assert.equal((await shop.buy(request(), patient)).kind, 'unknown');
  });

  it('as unavailable was too dear, where a look says that the price has moved', async () => {
    let looks = 0;
    const {shop} = kinguinWith({
      [productPath]: () => product({offers: [offer(looks++ === 0 ? 5.79 : 6.2, 149)]}),
      'POST /v2/order': problem('ProductUnavailable'),
    });
    const outcome = await shop.buy(request(), patient);
    assert.ok(outcome.kind === 'refused' && outcome.reason === 'price_too_high');
  });

  it('as failed without a reason is looked up: found it was bought, not found it was not, unreadable nobody knows', async () => {
    const failed = {'POST /v2/order': problem('OrderFailed')};
    const nothing = {results: [], item_count: 0};
    for (const [found, kind] of [
      [{results: [order()], item_count: 1}, 'accepted'],
      [nothing, 'refused'],
      [problem('Error', 500), 'unknown'],
    ] as const) {
      const {shop} = kinguinWith({...failed, 'GET /v1/order': found});
      assert.equal((await shop.buy(request(), patient)).kind, kind);
    }
  });
});

describe('a lost answer', () => {
  it('is looked for by the very reference, whatever else the search lets through', async () => {
    const others = [
      order({orderId: 'OTHER', orderExternalId: 'A-20260101-00012'}),
      order({orderId: 'NONE', orderExternalId: null}),
    ];
    const {shop} = kinguinWith({'GET /v1/order': {results: others, item_count: 2}});
    assert.equal((await shop.reconcile(request(), patient)).kind, 'unknown');
    const {shop: finds} = kinguinWith({'GET /v1/order': {results: [...others, order()], item_count: 3}});
    const found = await finds.reconcile(request(), patient);
    assert.deepEqual([found.kind, 'orderId' in found && found.orderId], ['accepted', 'PHS84FJAG5U']);
  });

  it('that names two orders is for a person, with both in the evidence', async () => {
    const {shop, asked} = kinguinWith({
      'GET /v1/order': {results: [order(), order({orderId: 'SECOND'})], item_count: 2},
    });
    const outcome = await shop.reconcile(request(), patient);
    assert.ok(outcome.kind === 'unknown' && /PHS84FJAG5U.*SECOND/.test(outcome.text));
    assert.equal(asked('POST /v2/order').length, 0);
  });
});

describe('an order', () => {
  it('books what was paid, be it a text or a number, and not what it was priced at', async () => {
    for (const paymentPrice of [5.29, '5.29']) {
      const {shop} = kinguinWith({'POST /v2/order': order({paymentPrice})});
      const outcome = await shop.buy(request(), patient);
      assert.ok(outcome.kind === 'accepted');
      assert.deepEqual(outcome.charged, euros('5.29'));
    }
  });

  it('that cannot be read back yet is accepted; canceled at once it was not bought', async () => {
    const made = {'POST /v2/order': order()};
    const {shop} = kinguinWith({...made, [orderPath]: problem('Error', 500)});
    assert.equal((await shop.buy(request(), patient)).kind, 'accepted');
    const {shop: canceled} = kinguinWith({...made, [orderPath]: order({status: 'canceled'})});
    assert.equal((await canceled.buy(request(), patient)).kind, 'refused');
  });

  it('hands keys over together: those that came while it is processed wait for the others', async () => {
    const some = {[keysPath]: [key(1)]};
    const {shop} = kinguinWith({[orderPath]: order({totalQty: 2}), ...some});
    assert.equal((await shop.follow(follow, patient)).kind, 'pending');
    const {shop: done} = kinguinWith({
      [orderPath]: order({status: 'completed', totalQty: 2}),
      [keysPath]: [key(1), key(2)],
    });
    assert.deepEqual(await done.follow(follow, patient), {kind: 'delivered', secret: 'KEY-1\nKEY-2'});
  });

  it('is read to its last page, a key that moved between them once', async () => {
    const all = Array.from({length: 130}, (_, index) => key(index));
    const pages: Readonly<Record<string, object[]>> = {1: all.slice(0, 100), 2: all.slice(99)};
    const {shop} = kinguinWith({
      [orderPath]: order({status: 'completed', totalQty: 130}),
      [keysPath]: (query: URLSearchParams) => pages[query.get('page')!],
    });
    const found = await shop.follow(follow, patient);
    assert.ok(found.kind === 'delivered');
    assert.deepEqual(
      found.secret.split('\n'),
      all.map(({serial}) => serial),
    );
  });

  it('shows a key that is a picture as one', async () => {
    const picture = key(1, {serial: 'iVBORw0K\nGgo=', type: 'image/png'});
    const {shop} = kinguinWith({[orderPath]: order({status: 'completed'}), [keysPath]: [picture]});
    assert.deepEqual(await shop.follow(follow, patient), {
      kind: 'delivered',
      secret: 'data:image/png;base64,iVBORw0KGgo=',
    });
  });

  it('says what came back: single keys, whole orders, and no money that was only promised', async () => {
    const withKeys = (status: string, ...statuses: string[]) =>
      order({status, paymentPrice: '10.00', totalQty: 3, products: [{keys: statuses.map(one => ({status: one}))}]});
    for (const [said, keys, expected] of [
      [
        withKeys('completed', 'REFUNDED', 'DELIVERED', 'DELIVERED'),
        [key(1)],
        {kind: 'delivered', secret: 'KEY-1', refunded: euros('3.33')},
      ],
      [withKeys('completed', 'RETURNED', 'CANCELED', 'DELIVERED'), [key(1)], {kind: 'delivered', secret: 'KEY-1'}],
      [
        withKeys('refunded', 'REFUNDED', 'REFUNDED', 'REFUNDED'),
        [],
        {kind: 'refunded', refunded: euros('10.00'), text: 'The order is refunded.'},
      ],
      [withKeys('canceled'), [], {kind: 'refunded', refunded: euros('10.00'), text: 'The order is canceled.'}],
      [withKeys('completed'), [], {kind: 'absent', text: 'The order is completed. There are no keys in it.'}],
    ] as const) {
      const {shop} = kinguinWith({[orderPath]: said, [keysPath]: keys});
      assert.deepEqual(await shop.follow(follow, patient), expected);
    }
    const {shop} = kinguinWith({});
    assert.equal((await shop.follow(follow, patient)).kind, 'absent');
  });
});

describe('keys given back', () => {
  const returnPath = 'POST /v2/order/PHS84FJAG5U/keys/return';
  const paid = {[orderPath]: order({status: 'completed', paymentPrice: '5.29'})};

  it('are all of an order or none of it', async () => {
    const {shop, asked} = kinguinWith({...paid, [returnPath]: [{id: '1', status: 'RETURNED'}]});
    const why = 'void';
    assert.deepEqual(await shop.refund({orderId: 'PHS84FJAG5U', why}, patient), {kind: 'asked'});
    const whole = await shop.refund({orderId: 'PHS84FJAG5U', amount: euros('5.29'), why}, patient);
    const part = await shop.refund({orderId: 'PHS84FJAG5U', amount: euros('5.28'), why}, patient);
    assert.deepEqual([whole.kind, part.kind, asked(returnPath).length], ['asked', 'refused', 2]);
  });

  it('may be refused, and a lost answer is unknown', async () => {
    for (const [answer, kind] of [
      [problem('NoKeysToReturn'), 'refused'],
      [problem('ResourceLock', 409), 'unknown'],
      [problem('Error', 500), 'unknown'],
    ] as const) {
      const {shop} = kinguinWith({...paid, [returnPath]: answer});
      assert.equal((await shop.refund({orderId: 'PHS84FJAG5U', why: ''}, patient)).kind, kind);
    }
  });
});
