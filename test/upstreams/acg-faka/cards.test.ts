import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {add, money} from '../../../src/domain/money.ts';
import {createAcgFaka} from '../../../src/upstreams/acg-faka/index.ts';
import {isUpstreamError, type OfferKey, type UpstreamError} from '../../../src/upstreams/port.ts';
import {makeGood, cardsOf, catalogueOf} from '../../sandbox/support/goods.ts';
import {appKey as sandboxKey, openShop, origin as sandboxOrigin} from '../../sandbox/support/shop.ts';
import {singleGood} from './goods.ts';
import {page, patient, purchaseOf, refusal, saleOf, shopWith, success} from './fake-shop.ts';

const cny = (amount: string) => money(amount, 'CNY');
const draftGood: OfferKey = {code: 'DRAFT00000000001', choices: {}, nested: false};
const lucky: OfferKey = {...draftGood, cardId: '107469'};

const failureOf = (promise: Promise<unknown>): Promise<UpstreamError> =>
  promise.then(
    () => assert.fail('must fail'),
    (error: unknown) => (isUpstreamError(error) ? error : assert.fail(String(error))),
  );

describe('the cards of an offer', () => {
  it('are read with what their seller shows, and their own premium if it is one', async () => {
    const list = [
      {id: 841, draft: null, draft_premium: null},
      {id: 840, draft: ' ', draft_premium: '0.00'},
      {id: 839, draft: '尾号8888', draft_premium: '5.00'},
    ];
    const {shop, calls} = shopWith({'commodity/draftCard': () => success({list, total: 3}, {})});
    const race = {code: 'RSKU000000000001', choices: {商品种类: '月卡', 区服: '日区'}, nested: false};
    assert.deepEqual(await shop.cards(race, {page: 2, limit: 20}, patient), {
      total: 3,
      cards: [{id: '841'}, {id: '840'}, {id: '839', label: '尾号8888', premium: cny('5')}],
    });
    const {app_id: _, sign: __, ...sent} = Object.fromEntries(calls[0]!.form);
    assert.deepEqual(sent, {code: 'RSKU000000000001', race: '月卡', 'sku[区服]': '日区', page: '2', limit: '20'});
  });

  it('are refused where nobody may choose', async () => {
    const {shop} = shopWith({'commodity/draftCard': () => refusal('该商品不支持预选')});
    assert.equal((await failureOf(shop.cards(draftGood, {page: 1, limit: 1}, patient))).reason, 'refused');
  });

  it('are found among thousands in a few looks, or are not there', async () => {
    // Every third number: what lies between was sold.
    const ids = Array.from({length: 5000}, (_, index) => 3 * (5000 - index));
    const {shop, calls} = shopWith({
      'commodity/draftCard': form => {
        const [at, limit] = [Number(form.get('page')) - 1, Number(form.get('limit'))];
        const list = ids.slice(at * limit, (at + 1) * limit);
        return success({list: list.map(id => ({id, draft: `尾号${id}`, draft_premium: null})), total: ids.length}, {});
      },
    });
    for (const id of [3, 6, 300, 7500, 14_700, 15_000]) {
      calls.length = 0;
      assert.deepEqual(await shop.card(draftGood, String(id), patient), {id: String(id), label: `尾号${id}`});
      assert.ok(calls.length <= 8, `${calls.length} looks`);
    }
    for (const id of ['1', '7', '7501', '15001', '0', '-3', '3.0', 'x', '']) {
      assert.equal(await shop.card(draftGood, id, patient), undefined);
    }
  });

  it('are none when the list is empty', async () => {
    const {shop} = shopWith({'commodity/draftCard': () => success({list: [], total: 0}, {})});
    assert.equal(await shop.card(draftGood, '841', patient), undefined);
  });
});

describe('a good that lets buyers choose', () => {
  const goodWith = async (overrides: object) => {
    const {shop} = shopWith({'commodity/item': () => success({...singleGood(), ...overrides}, {})});
    return shop.good('PLAIN00000000001', patient);
  };

  it('says so, with what it adds', async () => {
    assert.deepEqual((await goodWith({draft_status: 1, draft_premium: 2.5})).cards, {premium: cny('2.5')});
    assert.deepEqual((await goodWith({draft_status: 1, draft_premium: null})).cards, {premium: cny('0')});
    assert.equal((await goodWith({draft_status: 0, draft_premium: 2})).cards, undefined);
  });

  it('does not where it is sold from two pieces on: a chosen card is one', async () => {
    assert.equal((await goodWith({draft_status: 1, minimum: 2})).cards, undefined);
  });
});

describe('a chosen card', () => {
  const choosable = {'commodity/draftCard': () => success({list: [], total: 0}, {})};

  it('is priced with its premium', async () => {
    const {shop, calls} = shopWith({...choosable, 'commodity/valuation': () => success({price: '23.00'}, {})});
    assert.deepEqual(await shop.quote(lucky, 1, patient), cny('23'));
    assert.equal(calls.at(-1)!.form.get('card_id'), '107469');
    await assert.rejects(shop.quote(lucky, 2, patient), RangeError);
  });

  it('is not priced once nobody may choose: the platform would price, and sell, any other', async () => {
    const {shop} = shopWith({
      'commodity/draftCard': () => refusal('该商品不支持预选'),
      'commodity/valuation': () => success({price: '18.00'}, {}),
    });
    assert.equal((await failureOf(shop.quote(lucky, 1, patient))).reason, 'refused');
  });

  for (const text of ['预选的宝贝不存在', '此宝贝已被他人抢走']) {
    it(`is gone, says the platform: ${text}`, async () => {
      const {shop} = shopWith({
        ...choosable,
        'commodity/valuation': () => refusal(text),
        'commodity/trade': () => refusal(text),
      });
      assert.equal((await failureOf(shop.quote(lucky, 1, patient))).reason, 'absent');
      const outcome = await shop.buy(purchaseOf({offer: lucky}), patient);
      assert.deepEqual(outcome, {kind: 'refused', reason: 'sold_out', text});
    });
  }

  it('A13: gone in the answer to a repeat proves nothing: it may be ours', async () => {
    const {shop} = shopWith({
      'commodity/item': () => success({}, {}),
      'commodity/trade': () => refusal('此宝贝已被他人抢走'),
    });
    const outcome = await shop.reconcile(purchaseOf({offer: lucky}), patient);
    assert.deepEqual([outcome.kind, 'reason' in outcome && outcome.reason], ['unknown', 'ambiguous_refusal']);
  });

  it('costs at most so much at shops before 3.4.6, by its own premium or the general one', async () => {
    for (const [own, total] of [
      ['5.00', '23'],
      [null, '20'],
    ] as const) {
      const {shop} = shopWith({
        ...choosable,
        'commodity/valuation': page,
        'commodity/inventory': () => success({count: 3, delivery_way: 0, factory_price: 18, is_category: false}),
        'commodity/draft': () => success({draft_premium: own, cost: '2.00'}, {}),
        'commodity/item': () => success({draft_premium: 2}, {}),
      });
      assert.deepEqual(await shop.quote(lucky, 1, patient), cny(total));
    }
  });

  it('is bought by its number, one piece', async () => {
    const {shop, calls} = shopWith({'commodity/trade': () => success(saleOf())});
    assert.equal((await shop.buy(purchaseOf({offer: lucky}), patient)).kind, 'delivered');
    assert.equal(calls[0]!.form.get('card_id'), '107469');
    for (const wrong of [purchaseOf({offer: lucky, quantity: 2}), purchaseOf({offer: {...lucky, cardId: '1 or 2'}})]) {
      calls.length = 0;
      assert.equal((await shop.buy(wrong, patient)).kind, 'refused');
      assert.equal(calls.length, 0);
    }
  });
});

describe('cards of the sandbox platform', () => {
  function openBoth() {
    const good = makeGood({
      id: 100,
      code: 'PICK000000000001',
      price: '20.00',
      memberPrice: '18.00',
      races: [
        {name: '月卡', price: '20.00', tiers: []},
        {name: '年卡', price: '200.00', tiers: []},
      ],
      pickable: true,
      pickPremium: '2.00',
    });
    const month = cardsOf(good, ['MONTH-1', 'MONTH-2'], {race: '月卡'});
    const year = cardsOf({...good, id: 101}, ['YEAR-1'], {
      race: '年卡',
      teaser: '尾号-1',
      premium: '5.00',
      goodId: 100,
    });
    const {sandbox} = openShop({catalogue: catalogueOf([good], [...month, ...year])});
    const shop = createAcgFaka({
      url: sandboxOrigin,
      appId: '1000',
      appKey: sandboxKey,
      fetch: (input, init) => sandbox.fetch(new Request(input, init)),
    });
    const offer = (race: string): OfferKey => ({code: good.code, choices: {商品种类: race}, nested: false});
    return {shop, sandbox, good, offer};
  }

  it('are those of the chosen kind, and the chosen one is what comes, at the price told', async () => {
    const {shop, good, offer} = openBoth();
    assert.deepEqual((await shop.good(good.code, patient)).cards, {premium: cny('2')});
    const months = await shop.cards(offer('月卡'), {page: 1, limit: 10}, patient);
    assert.deepEqual(months, {total: 2, cards: [{id: '10002'}, {id: '10001'}]});
    const years = await shop.cards(offer('年卡'), {page: 1, limit: 10}, patient);
    assert.deepEqual(years.cards, [{id: '10101', label: '尾号-1', premium: cny('5')}]);
    const cost = await shop.quote({...offer('月卡'), cardId: '10002'}, 1, patient);
    assert.deepEqual(cost, add(cny('20'), cny('2')));
    const outcome = await shop.buy(purchaseOf({offer: {...offer('月卡'), cardId: '10002'}}), patient);
    assert.deepEqual([outcome.kind, 'secret' in outcome && outcome.secret], ['delivered', 'MONTH-2']);
    assert.deepEqual('charged' in outcome && outcome.charged, cost);
  });

  it('sold, they are neither listed nor found nor sold again', async () => {
    const {shop, sandbox, offer} = openBoth();
    const chosen = {...offer('月卡'), cardId: '10002'};
    await shop.buy(purchaseOf({offer: chosen}), patient);
    assert.equal(await shop.card(offer('月卡'), '10002', patient), undefined);
    assert.equal((await failureOf(shop.quote(chosen, 1, patient))).reason, 'absent');
    const again = await shop.buy(purchaseOf({offer: chosen, reference: 'B123456789012345678'}), patient);
    assert.deepEqual([again.kind, 'reason' in again && again.reason], ['refused', 'sold_out']);
    assert.equal(sandbox.platform.ledger().orders.length, 1);
  });
});
