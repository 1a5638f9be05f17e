import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {delivered, fakeUpstream} from '../../support/fake-upstream.ts';
import {aGood} from '../../support/upstream-goods.ts';
import {createServer} from '../../../src/server/app.ts';
import {openShop, problem, requestOf, type TestShop} from '../../support/shop-server.ts';

const address = '203.0.113.9';
const hour = 3_600_000;

async function order(shop: TestShop, caller: string | undefined, contact: string) {
  const {intent, token: quote} = await shop.agree();
  const call = {key: intent, body: {quote, contact}, ...(caller !== undefined && {address: caller})};
  return shop.fetch('/v1/orders', call);
}

async function deliveredOrder() {
  const upstream = fakeUpstream();
  upstream.script({buy: async () => delivered('AAAA-1111')});
  const shop = await openShop({upstream});
  const placed = await shop.placePaid();
  await shop.work();
  return {shop, ...placed};
}

/** As often as it takes until it is refused; the answer that refused it, and how many were not. */
async function untilRefused(most: number, send: (index: number) => Promise<Response>) {
  for (let index = 0; index <= most; index++) {
    const answer = await send(index);
    if (answer.status === 429) return {answer, before: index};
    assert.ok(answer.ok, `${answer.status}`);
  }
  return assert.fail(`${most} went through`);
}

describe('E1: what may be done so often in an hour', () => {
  it('is orders from one network, 300; others go on, and the same one an hour later', async () => {
    const shop = await openShop();
    const {answer, before} = await untilRefused(301, index => order(shop, address, `buyer-${index}@example.com`));
    assert.equal(before, 300);
    assert.match(answer.headers.get('Retry-After')!, /^[1-9]\d*$/);
    await problem(answer, 'too_many_attempts');
    assert.equal((await order(shop, '203.0.113.10', 'other@example.com')).status, 201);
    shop.clock.advance(hour);
    assert.equal((await order(shop, address, 'late@example.com')).status, 201);
  });

  it('is orders of one contact from one network, 60, however it is written; elsewhere it buys on', async () => {
    const shop = await openShop();
    const {before} = await untilRefused(61, index =>
      order(shop, address, index % 2 ? 'Mei@Example.com' : 'mei@example.com'),
    );
    assert.equal(before, 60);
    assert.equal((await order(shop, address, 'other@example.com')).status, 201);
    assert.equal((await order(shop, '203.0.113.10', 'mei@example.com')).status, 201);
  });

  it('is not the repetition of an order: its answer is the first one’s', async () => {
    const shop = await openShop();
    const {intent, token: quote} = await shop.agree();
    const call = {key: intent, body: {quote, contact: 'mei@example.com'}, address};
    for (let times = 0; times < 70; times++) assert.equal((await shop.fetch('/v1/orders', call)).status, 201);
    const {before} = await untilRefused(60, () => order(shop, address, 'mei@example.com'));
    assert.equal(before, 59, 'the 70 counted as one');
  });

  it('is not an order that is sent twice at the same moment', async () => {
    const shop = await openShop();
    const {intent, token: quote} = await shop.agree();
    const call = {key: intent, body: {quote, contact: 'mei@example.com'}, address};
    const answers = await Promise.all([1, 2, 3].map(() => shop.fetch('/v1/orders', call)));
    assert.deepEqual(
      answers.map(({status}) => status),
      [201, 201, 201],
    );
    const {before} = await untilRefused(60, () => order(shop, address, 'mei@example.com'));
    assert.equal(before, 59);
  });

  it('is an order that was refused before, too: sent again, it is refused again', async () => {
    const shop = await openShop();
    await untilRefused(61, () => order(shop, address, 'mei@example.com'));
    const {intent, token: quote} = await shop.agree();
    const call = {key: intent, body: {quote, contact: 'mei@example.com'}, address};
    for (let times = 0; times < 3; times++) await problem(await shop.fetch('/v1/orders', call), 'too_many_attempts');
  });

  it('is tries of an order that cannot be placed, 20', async () => {
    const shop = await openShop({upstream: fakeUpstream({goods: [aGood({contact: 'email'})]})});
    const {intent, token: quote} = await shop.agree();
    const call = {key: intent, body: {quote, contact: 'no address'}, address};
    for (let times = 0; times < 20; times++) await problem(await shop.fetch('/v1/orders', call), 'validation_failed');
    await problem(await shop.fetch('/v1/orders', call), 'too_many_attempts');
  });

  it('is reveals of one order, 60, in all processes together', async () => {
    const {shop, order, token} = await deliveredOrder();
    const second = createServer(shop.ports);
    const path = `/v1/orders/${order.id}/keys`;
    const {answer, before} = await untilRefused(61, index =>
      index % 2
        ? second.fetch(requestOf(path, {method: 'POST', token}))
        : shop.fetch(path, {method: 'POST', token, address: `198.51.100.${index}`}),
    );
    assert.equal(before, 60);
    await problem(answer, 'too_many_attempts');
    shop.clock.advance(hour);
    assert.equal((await shop.reveal({order, token})).keys.length, 1);
  });

  it('is tickets and messages of one order, 60', async () => {
    const {shop, order, token} = await deliveredOrder();
    const key = (index: number) => `intent-of-message-${index}`;
    const body = {reason: 'payment', text: 'x'};
    const opened = await shop.fetch(`/v1/orders/${order.id}/tickets`, {token, key: key(0), body});
    const {id} = (await opened.json()) as {id: string};
    const answers = [];
    for (let index = 1; index <= 60; index++) {
      const call = {token, key: key(index), body: {text: `${index}`}};
      answers.push((await shop.fetch(`/v1/tickets/${id}/messages`, call)).status);
    }
    assert.deepEqual([answers.at(-1), answers.filter(status => status === 429).length], [429, 1]);
  });

  it('is not counted where everybody comes through a proxy of this machine that nobody named', async () => {
    const shop = await openShop();
    for (let index = 0; index < 302; index++) {
      assert.equal((await order(shop, index % 2 ? '127.0.0.1' : '::1', `buyer-${index}@example.com`)).status, 201);
    }
  });
});
