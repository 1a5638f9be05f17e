import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Connection} from '../../../src/contract/connection.ts';
import {UpstreamError} from '../../../src/upstreams/port.ts';
import {fakeUpstream} from '../../support/fake-upstream.ts';
import {consoleToken, json, openShop, problem, type TestShop} from '../../support/shop-server.ts';
import {aGood, anOffer, costs} from '../../support/upstream-goods.ts';

const path = '/v1/console/connections';
const token = consoleToken;
const connections = async (shop: TestShop) =>
  (await json<{items: Connection[]}>(await shop.fetch(path, {token}))).items;
const only = async (shop: TestShop) => (await connections(shop))[0]!;

describe('connections, for the people of the shop', () => {
  it('E3: are shown and used by people of the shop only, and only those that the configuration names', async () => {
    const shop = await openShop();
    await problem(await shop.fetch(path), 'console_token_invalid');
    await problem(await shop.fetch(path, {token: 'wrong'}), 'console_token_invalid');
    await problem(await shop.fetch(`${path}/main/syncs`, {method: 'POST'}), 'console_token_invalid');
    for (const id of ['absent', 'Main', '__proto__', 'main%2Fsyncs']) {
      await problem(await shop.fetch(`${path}/${id}/syncs`, {method: 'POST', token}), 'not_found');
    }
    assert.equal(shop.jobs.waiting().length, 0);
  });

  it('C5: name each good that could not be listed, with its reason; the others are for sale', async () => {
    const goods = [aGood({code: 'A', title: 'A'}), aGood({code: 'B', title: 'B'}), aGood({code: 'C', title: 'C'})];
    const shop = await openShop({upstream: fakeUpstream({goods})});
    const {categories} = await shop.upstream.catalogue(new AbortController().signal);
    const rejected = [
      {code: 'B', reason: 'The record is unreadable: level_price.'},
      {code: '', reason: 'Category 3 is unreadable.'},
    ];
    shop.upstream.script({catalogue: async () => ({categories, goods: [goods[0]!, goods[2]!], rejected})});
    await shop.sync();
    const found = await only(shop);
    assert.deepEqual(found.left, rejected);
    assert.deepEqual([found.onSale, found.paused, found.state], [2, [{reason: 'unreadable', count: 1}], 'resting']);
    assert.equal(found.lastFull!.left, 2);
    shop.upstream.script({catalogue: async () => ({categories, goods, rejected: []})});
    await shop.sync();
    assert.deepEqual([(await only(shop)).onSale, (await only(shop)).left], [3, []]);
  });

  it('name so many of the goods that were left out, and count all', async () => {
    const goods = Array.from({length: 80}, (_, index) => aGood({code: `G${index}`, offers: []}));
    const shop = await openShop({upstream: fakeUpstream({goods})});
    const {left, lastFull, onSale} = await only(shop);
    assert.deepEqual([left.length, lastFull!.left, lastFull!.goods, onSale], [50, 80, 80, 0]);
  });

  it('F6: tell a platform that does not answer, since when, and when it is asked again', async () => {
    const shop = await openShop();
    shop.upstream.script({
      catalogue: async () => {
        throw new UpstreamError('timeout', 'The platform did not answer in time.');
      },
    });
    await shop.sync();
    const found = await only(shop);
    assert.deepEqual([found.state, found.lastFailure!.text], ['failing', 'The platform did not answer in time.']);
    assert.equal(Date.parse(found.lastFailure!.at), shop.clock.now());
    assert.ok(Date.parse(found.notBefore!) > shop.clock.now());
    assert.ok(found.lastFull, 'what was read before is still told');
    await shop.work(60_000);
    assert.equal(shop.upstream.asked('catalogue').length, 3, 'it is asked again by itself');
  });

  it('A10: sell nothing before what they answer can be read', async () => {
    const upstream = fakeUpstream();
    const changed = async () => {
      throw new UpstreamError('unexpected_answer', 'GET /goods: data.0.price: expected a decimal, got an object.');
    };
    const readable = await upstream.catalogue(new AbortController().signal);
    upstream.script({catalogue: changed});
    const shop = await openShop({upstream});
    const found = await only(shop);
    assert.deepEqual([found.onSale, found.state, found.lastFull], [0, 'failing', undefined]);
    assert.match(found.lastFailure!.text, /data\.0\.price/);
    upstream.script({catalogue: async () => readable});
    await shop.work(60_000);
    assert.deepEqual([(await only(shop)).onSale, (await only(shop)).state], [1, 'resting']);
  });

  it('are read anew when a person asks for it; asked twice it is one reading', async () => {
    const shop = await openShop();
    for (let times = 0; times < 2; times++) {
      await json<Connection>(await shop.fetch(`${path}/main/syncs`, {method: 'POST', token}), 202);
    }
    await shop.work();
    assert.equal(shop.upstream.asked('catalogue').length, 2);
    await problem(await shop.fetch(`${path}/absent/syncs`, {method: 'POST', token}), 'not_found');
  });

  it('D4: show what a pinned price has drifted from the rule', async () => {
    const shop = await openShop({
      upstream: fakeUpstream({goods: [aGood({offers: [anOffer({costs: costs([1, '11'])})]})]}),
      listing: {goods: [{code: 'STEAM50', price: '12.5'}]},
    });
    const [pinned] = (await only(shop)).pinned;
    const {code, price, cost, byRule, drift} = pinned!;
    assert.deepEqual(
      [code, price.amount, cost.amount, byRule!.amount, drift!.amount],
      ['STEAM50', '12.50', '11.00', '13.20', '-0.70'],
    );
  });

  it('C8: count the goods that the platform itself buys elsewhere', async () => {
    const goods = [aGood({code: 'A', nested: true}), aGood({code: 'B'})];
    const shop = await openShop({upstream: fakeUpstream({goods})});
    assert.equal((await only(shop)).lastFull!.nested, 1);
  });

  it('C6: list the endpoints that the platform has, and what is asked instead of the others', async () => {
    const endpoints = [{name: 'stock', state: 'missing', instead: 'inventory'} as const];
    const shop = await openShop({upstream: Object.assign(fakeUpstream(), {endpoints: () => endpoints})});
    assert.deepEqual((await only(shop)).endpoints, endpoints);
  });

  it('say where the platform reports orders, where it can', async () => {
    const webhook = () => assert.fail('no notice was sent');
    const upstream = Object.assign(fakeUpstream({capabilities: {webhook: true}}), {webhook});
    const shop = await openShop({upstream});
    assert.equal((await only(shop)).noticesAddress, 'https://shop.example/v1/connections/main/notices');
    assert.equal((await only(await openShop())).noticesAddress, undefined);
    const local = await openShop({upstream, config: {address: 'http://127.0.0.1:4100'}});
    assert.equal((await only(local)).noticesAddress, undefined);
  });
});
