import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {money} from '../../../src/domain/money.ts';
import {createReloadly} from '../../../src/upstreams/reloadly/index.ts';
import type {Good} from '../../../src/upstreams/port.ts';
import {clientSecret, json, patient, problem, product, reloadlyWith} from './scripted-reloadly.ts';

const read = (more: object): Promise<Good> => reloadlyWith({'GET /products/1': product(more)}).shop.good('1', patient);
const offersOf = async (more: object) =>
  (await read(more)).offers.map(({sku, costs}) => [sku, costs[0]!.price.amount] as const);

describe('a gift card', () => {
  it('is one good, and each of its worths an offer', async () => {
    const good = await read({});
    assert.deepEqual(good.options, [{name: '面值', values: ['25.00 USD', '50.00 USD']}]);
    assert.deepEqual(
      good.offers.map(({sku, choices, costs, stock}) => [sku, choices['面值'], costs[0]!.price, stock.kind]),
      [
        ['25', '25.00 USD', money('10264.50', 'NGN'), 'unlimited'],
        ['50', '50.00 USD', money('20529', 'NGN'), 'unlimited'],
      ],
    );
    assert.deepEqual([good.categoryId, good.tags, good.description], ['6', ['United States'], 'Go to the shop']);
  });

  it('costs its worth less the discount, and the fee for every card', async () => {
    assert.deepEqual(await offersOf({discountPercentage: 7.5, senderFee: 205.29}), [
      ['25', '9699.9525'],
      ['50', '19194.615'],
    ]);
    assert.deepEqual(await offersOf({senderFeePercentage: 1.5, fixedRecipientDenominations: [25]}), [
      ['25', '10418.4675'],
    ]);
  });

  it('is priced by the map, by the order of the lists, or as it stands in one currency', async () => {
    const without = {fixedRecipientToSenderDenominationsMap: null};
    assert.deepEqual(await offersOf({fixedRecipientToSenderDenominationsMap: {'50.0': 3, '25': 2}}), [
      ['25', '2.00'],
      ['50', '3.00'],
    ]);
    assert.deepEqual(await offersOf(without), [
      ['25', '10264.50'],
      ['50', '20529.00'],
    ]);
    assert.deepEqual(await offersOf({...without, fixedSenderDenominations: null, recipientCurrencyCode: 'NGN'}), [
      ['25', '25.00'],
      ['50', '50.00'],
    ]);
    await assert.rejects(offersOf({...without, fixedSenderDenominations: [1]}), {reason: 'unexpected_answer'});
  });

  it('of any worth within a range is offered in round ones, at the dearer end’s rate', async () => {
    const range = {
      denominationType: 'RANGE',
      fixedRecipientDenominations: [],
      minRecipientDenomination: 10,
      minSenderDenomination: 4000,
      maxrecipientDenomination: 30,
      maxSenderDenomination: 12_001,
    };
    assert.deepEqual(await offersOf(range), [
      ['10', '4000.3334'],
      ['15', '6000.50'],
      ['20', '8000.6667'],
      ['25', '10000.8334'],
      ['30', '12001.00'],
    ]);
    const oneCurrency = {
      ...range,
      recipientCurrencyCode: 'NGN',
      minSenderDenomination: null,
      maxSenderDenomination: null,
    };
    assert.deepEqual((await offersOf(oneCurrency))[1], ['15', '15.00']);
    await assert.rejects(offersOf({...range, minSenderDenomination: null, maxSenderDenomination: null}));
  });

  it('in another currency, or that asks its buyer something, is not sold', async () => {
    await assert.rejects(read({senderCurrencyCode: 'EUR'}), /EUR.*NGN/);
    await assert.rejects(read({additionalRequirements: {userIdRequired: true}}), {name: 'UpstreamError'});
    assert.equal((await read({additionalRequirements: {userIdRequired: false}})).offers.length, 2);
    await assert.rejects(read({productId: 2}), {name: 'UpstreamError', reason: 'unexpected_answer'});
  });

  it('that is not there is a bad request', async () => {
    const {shop} = reloadlyWith({'GET /products/1': problem(400, 'Product not found')});
    await assert.rejects(shop.good('1', patient), {name: 'UpstreamError', reason: 'absent'});
    const {shop: other} = reloadlyWith({});
    const offer = {code: '1', choices: {}, nested: false, sku: '75'};
    await assert.rejects(other.quote(offer, 1, patient), {name: 'UpstreamError', reason: 'absent'});
  });
});

describe('the catalogue', () => {
  it('C5: is a bare list or pages, and what cannot be read harms nothing else', async () => {
    const all = [product(), {productId: 2}, product({productId: 3, brand: null})];
    const pages = (_times: number, query: URLSearchParams) =>
      query.get('page') === '1'
        ? {content: all.slice(0, 2), last: false, totalPages: 2, number: 0}
        : {content: all.slice(2), last: true, totalPages: 2, number: 1};
    for (const answer of [all, pages]) {
      const {goods, rejected, categories} = await reloadlyWith({'GET /products': answer}).shop.catalogue(patient);
      assert.deepEqual(
        goods.map(({code}) => code),
        ['1', '3'],
      );
      assert.deepEqual(
        rejected.map(({code}) => code),
        ['2'],
      );
      assert.deepEqual(categories, [
        {id: '6', name: 'PetSupplies'},
        {id: '0', name: 'Other'},
      ]);
    }
  });

  it('is searched by name', async () => {
    const {shop, asked} = reloadlyWith({'GET /products': [product()]});
    assert.equal((await shop.search(' pets ', patient)).length, 1);
    assert.equal(asked('GET /products')[0]!.query, '?productName=pets&size=200&page=1');
  });
});

describe('the account', () => {
  it('says what it holds, to the digit, and is what it was said to be', async () => {
    const balance = (text: string) => reloadlyWith({'GET /accounts/balance': json(text)}).shop.connect(patient);
    const account = await balance('{"balance":60553.3575,"currencyCode":"NGN"}');
    assert.deepEqual(account.balance, money('60553.3575', 'NGN'));
    await assert.rejects(balance('{"balance":1,"currencyCode":"USD"}'), /USD.*NGN/);
  });

  it('is opened with what can be right only', () => {
    const options = {
      url: 'https://giftcards.reloadly.com',
      clientId: 'test_id',
      clientSecret,
      currency: 'USD',
      recipientEmail: 'cards@shop.example',
      fetch,
    };
    createReloadly(options);
    for (const wrong of [
      {url: 'giftcards.reloadly.com'},
      {authUrl: 'https://auth.reloadly.com/oauth/token'},
      {clientSecret: ''},
      {currency: 'usd'},
      {recipientEmail: 'nobody'},
    ]) {
      assert.throws(() => createReloadly({...options, ...wrong}), RangeError);
    }
  });
});
