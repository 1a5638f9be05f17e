import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import type {Good} from '../../../src/upstreams/port.ts';
import {createKinguin} from '../../../src/upstreams/kinguin/index.ts';
import {apiKey, kinguinWith, offer, patient, problem, product, productCode} from './scripted-kinguin.ts';

const productPath = `GET /v2/products/${productCode}`;
const read = (more: object): Promise<Good> =>
  kinguinWith({[productPath]: product(more)}).shop.good(productCode, patient);
const firstOffer = async (more: object) => {
  const {costs, stock} = (await read(more)).offers[0]!;
  return [costs[0]!.price.amount, 'count' in stock ? stock.count : stock.kind];
};

describe('a product', () => {
  it('says where it can be activated and where not, its texts as they came', async () => {
    const good = await read({activationDetails: 'Start Steam'});
    assert.equal(good.description, 'Valve&#39;s classic\n\nStart Steam\n\nCannot be activated in: PR, PS');
    assert.deepEqual(good.tags, ['Region free', 'base']);
    assert.deepEqual([good.minimum, good.maximum, good.categoryId], [1, 9, 'Steam']);
    assert.deepEqual(good.offers[0]!.costs, [{from: 1, price: money('5.79', 'EUR')}]);
  });

  it('is offered at its cheapest text keys: pictures and pre-orders do not count', async () => {
    const pictures = offer(3, 50, {textQty: 0});
    const preOrder = offer(2, 50, {isPreorder: true});
    const offers = [offer(6.1, 7), pictures, preOrder, offer(5.95, 2), offer(5.95, 3)];
    assert.deepEqual(await firstOffer({price: 3, offers}), ['5.95', 5]);
    assert.deepEqual(await firstOffer({offers: [pictures]}), ['5.79', 0]);
  });

  it('without the list of offers is its own only one', async () => {
    assert.deepEqual(await firstOffer({offers: undefined, qty: 12, textQty: 4}), ['5.79', 4]);
    assert.deepEqual(await firstOffer({offers: undefined, qty: 12, textQty: undefined}), ['5.79', 12]);
  });

  it('that is declared but not there yet comes later', async () => {
    assert.equal((await read({offers: [offer(5.79, 9, {availableTextQty: 0})]})).delivery, 'manual');
    assert.equal((await read({offers: [offer(5.79, 9, {availableTextQty: 1})]})).delivery, 'automatic');
    assert.equal((await read({})).delivery, 'automatic');
  });

  it('D2: without a price and a seller is gone, and a pre-order is not sold', async () => {
    for (const price of [0, undefined]) {
      await assert.rejects(read({price, offers: []}), {name: 'UpstreamError', reason: 'absent'});
    }
    await assert.rejects(read({isPreorder: true}), {name: 'UpstreamError', reason: 'unexpected_answer'});
    await assert.rejects(kinguinWith({[productPath]: problem('Http', 404)}).shop.good(productCode, patient), {
      reason: 'absent',
      code: 'Http',
    });
  });
});

describe('the catalogue', () => {
  const pageOf = (...results: object[]) => ({
    'GET /v1/platforms': ['Steam', 'EA App'],
    'GET /v1/products': {results, item_count: results.length},
  });

  it('C5: leaves out what cannot be read, with the reason, and keeps the rest', async () => {
    const odd = product({productId: 'b2', platform: 'Nintendo'});
    const {goods, categories, rejected} = await kinguinWith(
      pageOf(product(), odd, product({productId: 'c3', isPreorder: true}), {kinguinId: 5}, product({price: 'free'})),
    ).shop.catalogue(patient);
    assert.deepEqual(
      goods.map(({code}) => code),
      [productCode, 'b2'],
    );
    assert.deepEqual(
      rejected.map(({code}) => code),
      ['c3', '', productCode],
    );
    assert.deepEqual(
      categories.map(({name}) => name),
      ['Steam', 'EA App', 'Nintendo', 'Other'],
    );
  });

  it('is asked for by the moment of the last change, sorted by what never changes', async () => {
    const {shop, asked} = kinguinWith(pageOf(product(), product({productId: 'b2', price: 0, offers: []})));
    const {goods, gone} = await shop.delta(Date.UTC(2026, 0, 2, 3, 4, 5), patient);
    assert.deepEqual([goods.map(({code}) => code), gone], [[productCode], ['b2']]);
    const query = new URLSearchParams(asked('GET /v1/products')[0]!.query);
    assert.deepEqual(Object.fromEntries(query), {
      page: '1',
      limit: '100',
      sortBy: 'kinguinId',
      sortType: 'asc',
      updatedSince: '2026-01-02T03:04:05.000Z',
    });
  });

  it('is searched by names of three characters and more', async () => {
    const {shop, asked} = kinguinWith(pageOf(product()));
    await assert.rejects(shop.search(' CS ', patient), {name: 'UpstreamError', reason: 'refused'});
    assert.equal(asked('GET /v1/products').length, 0);
    assert.deepEqual(
      (await shop.search('counter', patient)).map(({code}) => code),
      [productCode],
    );
  });
});

describe('the account', () => {
  it('is in euros, to the last digit that was written', async () => {
    const balance = new Response('{"balance":12.4500}', {headers: {'content-type': 'application/json'}});
    const account = await kinguinWith({'GET /v1/balance': balance}).shop.connect(patient);
    assert.deepEqual(account.balance, money('12.45', 'EUR'));
  });

  it('shows its key in no error', async () => {
    const echo = Response.json({kind: 'Authorization', status: 401, detail: `no ${apiKey}`}, {status: 401});
    for (const answer of [echo, new Response(`<title>${apiKey}</title>`)]) {
      const {shop} = kinguinWith({'GET /v1/balance': answer, 'POST /v2/order': answer});
      await assert.rejects(shop.connect(patient), error => error instanceof Error && !error.message.includes(apiKey));
    }
  });

  it('is opened with what can be right only', () => {
    const options = {url: 'https://gateway.kinguin.net', apiKey, fetch};
    createKinguin(options);
    for (const wrong of [{url: 'https://gateway.kinguin.net/esa/api'}, {apiKey: 'a b'}, {webhookSecret: ''}]) {
      assert.throws(() => createKinguin({...options, ...wrong}), RangeError);
    }
  });
});

describe('a webhook', () => {
  const send = (name: string, body: unknown, secret?: string) => {
    const {shop} = kinguinWith({}, secret === undefined ? {} : {webhookSecret: secret});
    return shop.webhook({
      method: 'POST',
      path: '/hook',
      headers: {'content-type': 'aplication/json', 'x-event-name': name, 'x-event-secret': 's3cret'},
      body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
    });
  };
  const moved = {
    orderId: 'PHS84FJAG5U',
    orderExternalId: 'A-1',
    status: 'completed',
    updatedAt: '2020-10-16T11:24:08.025+00:00',
  };

  it('is a hint that an order moved, dated to the millisecond', () => {
    const reading = send('order.status', moved, 's3cret');
    assert.ok(reading.kind === 'verified');
    const at = Date.UTC(2020, 9, 16, 11, 24, 8, 25);
    assert.deepEqual(reading.events, [
      {id: `PHS84FJAG5U completed ${at}`, orderId: 'PHS84FJAG5U', reference: 'A-1', status: 'completed', at},
    ]);
    assert.deepEqual(reading.answer, {status: 200, mediaType: 'text/plain', body: ''}, 'a body counts as a failure');
  });

  it('about a product names it and moves no order', () => {
    const reading = send('product.update', {kinguinId: 1949, productId: 'a1', updatedAt: moved.updatedAt}, 's3cret');
    assert.ok(reading.kind === 'verified');
    assert.deepEqual([reading.events, reading.goods], [[], ['a1']]);
  });

  it('is not believed without the secret, nor where no secret was agreed', () => {
    for (const secret of ['s3cre', 's3crets', 'S3cret', undefined]) {
      const reading = send('order.status', moved, secret);
      assert.deepEqual([reading.kind, reading.answer.status], ['refused', 401]);
    }
  });

  it('that nobody understands is not asked for again', () => {
    for (const [name, body] of [
      ['order.new', moved],
      ['order.status', '{"orderId":'],
      ['order.status', {...moved, updatedAt: 'yesterday'}],
    ] as const) {
      const reading = send(name, body, 's3cret');
      assert.deepEqual([reading.kind, reading.answer.status], ['refused', 200]);
    }
  });
});
