import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {ProductPage} from '../../../src/contract/product.ts';
import type {Product} from '../../../src/contract/product-details.ts';
import {env, type ShopConfig} from '../../../src/server/config/config.ts';
import {fakeUpstream} from '../../support/fake-upstream.ts';
import {json, openShop, problem, testConfig, type TestShop} from '../../support/shop-server.ts';
import {aGood} from '../../support/upstream-goods.ts';

type Connection = ShopConfig['connections'][number];

const connection = (source?: Connection['source']): Connection => ({
  id: 'main',
  protocol: 'acg-faka',
  url: 'https://platform.example',
  credentials: {appId: env('APP_ID'), appKey: env('APP_KEY')},
  listing: {price: {markup: {percent: '20'}}},
  ...(source && {source}),
});
const evidence = {
  statement: '一级经销商授权书 2026-018',
  statements: {en: 'Distributor certificate 2026-018'},
  url: 'https://brand.example/dealers/2026-018',
  validUntil: '2027-03-31',
};
const openWith = (source?: Connection['source']) =>
  openShop({
    config: {connections: [connection(source)]},
    upstream: fakeUpstream({goods: [aGood({tags: ['官方直供', '热卖']})]}),
  });
const list = async (shop: TestShop, query = '') => json<ProductPage>(await shop.fetch(`/v1/products${query}`));
const badges = async (shop: TestShop, lang = 'zh-CN') => {
  const {id} = (await list(shop)).items[0]!;
  return (await json<Product>(await shop.fetch(`/v1/products/${id}?lang=${lang}`))).badges;
};

describe('an official source', () => {
  it('is said with the paper behind it, in the reader’s language', async () => {
    const shop = await openWith({kind: 'official', evidence});
    const {url, validUntil} = evidence;
    const proof = {evidence: 'document', url, validUntil};
    const hearsay = {text: '热卖', evidence: 'platform'};
    assert.deepEqual(await badges(shop), [{text: '官方直供', statement: evidence.statement, ...proof}, hearsay]);
    assert.deepEqual((await badges(shop, 'en'))[0], {
      text: 'Official source',
      statement: evidence.statements.en,
      ...proof,
    });
    assert.equal((await list(shop)).items[0]!.official, true);
  });

  it('is never said without one, whatever the platform pins to its goods', async () => {
    const shop = await openWith();
    assert.deepEqual(await badges(shop), [{text: '热卖', evidence: 'platform'}]);
    const {items, facets} = await list(shop);
    assert.deepEqual([items[0]!.official, facets!.official], [undefined, undefined]);
    for (const source of [
      {kind: 'official'},
      {kind: 'official', evidence: {}},
      {kind: 'official', evidence: {statement: ' '}},
      {kind: 'official', evidence: {statement: 'x', url: 'http://insecure.example'}},
      {kind: 'official', evidence: {statement: 'x', validUntil: 'next year'}},
      {kind: 'best', evidence},
    ]) {
      assert.throws(
        () => testConfig({config: {connections: [{...connection(), source} as Connection]}}),
        /connections\.0\.source/,
      );
    }
  });

  it('is said no longer than the paper holds', async () => {
    const shop = await openWith({kind: 'official', evidence});
    shop.clock.advance(Date.parse('2027-04-01T11:59:59Z') - shop.clock.now());
    assert.equal((await badges(shop)).length, 2);
    shop.clock.advance(1000);
    assert.deepEqual(await badges(shop), [{text: '热卖', evidence: 'platform'}]);
    assert.equal((await list(shop)).items[0]!.official, undefined);
    assert.equal((await list(shop, '?official=true')).total, 0);
  });

  it('can be filtered by, and is counted', async () => {
    const shop = await openWith({kind: 'official', evidence});
    const {total, facets} = await list(shop, '?official=true');
    assert.deepEqual([total, facets!.official], [1, 1]);
    assert.equal((await list(await openWith(), '?official=true')).total, 0);
    await problem(await shop.fetch('/v1/products?official=yes'), 'validation_failed');
  });

  it('is said of a good with several sources only if each has its paper', async () => {
    const open = (second: Connection['source'], now?: number) =>
      openShop({
        config: {
          connections: [connection({kind: 'official', evidence}), {...connection(second), id: 'second'}],
          listings: [
            {
              sources: [
                {connection: 'main', good: 'A'},
                {connection: 'second', good: 'B'},
              ],
            },
          ],
        },
        upstream: fakeUpstream({goods: [aGood({code: 'A'})]}),
        others: {second: fakeUpstream({goods: [aGood({code: 'B'})]})},
        ...(now !== undefined && {now}),
      });
    await assert.rejects(async () => open(undefined), /official source and from another one/);
    const lasting = {kind: 'official', evidence: {statement: 'x'}} as const;
    const expired = {kind: 'official', evidence: {statement: 'x', validUntil: '2020-01-01'}} as const;
    assert.equal((await list(await open(lasting))).items[0]!.official, true);
    const mixed = await open(expired);
    assert.deepEqual(
      [(await list(mixed)).items[0]!.official, (await badges(mixed))[0]?.evidence],
      [undefined, undefined],
    );
  });
});
