import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {SealedKeys} from '../../../src/contract/keys.ts';
import type {PlacedOrder, ReboundOrder} from '../../../src/contract/order.ts';
import type {Problem} from '../../../src/contract/problem.ts';
import type {Shop} from '../../../src/contract/shop.ts';
import {keyHolder, type KeyHolder} from '../../support/key-holder.ts';
import {json, openShop, type TestShop} from '../../support/shop-server.ts';

const contact = 'buyer@example.com';
const lookupPassword = 'sesame-24';

async function placeBound(shop: TestShop, overrides: Record<string, unknown>): Promise<PlacedOrder> {
  const {intent, token} = await shop.agree();
  const body = {quote: token, contact, ...overrides};
  return json<PlacedOrder>(await shop.fetch('/v1/orders', {key: intent, body}), 201);
}

async function deliverTo(shop: TestShop, {revealKey}: KeyHolder): Promise<PlacedOrder> {
  const placed = await placeBound(shop, {revealKey, lookupPassword});
  await shop.notify(await shop.openPayment(placed));
  await shop.work();
  return placed;
}

const refused = (answer: Response, status: number) => json<Problem>(answer, status);

const askSealed = (shop: TestShop, id: string, revealKey: string) =>
  shop.fetch(`/v1/orders/${id}/keys/sealed`, {body: {revealKey}});

describe('keys that are sealed to the key an order is bound to', () => {
  it('are opened by whoever holds its private half, for this order alone', async () => {
    const shop = await openShop();
    const [buyer, other] = [await keyHolder(), await keyHolder()];
    const placed = await deliverTo(shop, buyer);
    const {id} = placed.order;
    assert.equal((await shop.order(placed)).sealed, true);

    const answer = await askSealed(shop, id, buyer.revealKey);
    assert.equal(answer.headers.get('Cache-Control'), 'no-store');
    const sealed = await json<SealedKeys>(answer);
    const {keys, revealCount} = await buyer.open(id, sealed);
    assert.equal(keys.length, 1);
    assert.equal(revealCount, 1, 'it is counted as a showing');
    await assert.rejects(other.open(id, sealed), 'another key opens nothing');
    await assert.rejects(buyer.open('ord_other', sealed), 'they are of this order');
    const again = await json<SealedKeys>(await askSealed(shop, id, buyer.revealKey));
    assert.notEqual(again.ciphertext, sealed.ciphertext);
    assert.equal((await buyer.open(id, again)).revealCount, 2);
  });

  it('are given to no order token', async () => {
    const shop = await openShop();
    const {order, token} = await deliverTo(shop, await keyHolder());
    const answer = await shop.fetch(`/v1/orders/${order.id}/keys`, {method: 'POST', token});
    assert.equal((await refused(answer, 403)).code, 'order_token_invalid');
    await json(await shop.fetch(`/v1/orders/${order.id}/keys`, {token}));
  });

  it('are asked for in vain with another key, for an absent order, and for one that is not bound', async () => {
    const shop = await openShop();
    const [buyer, other] = [await keyHolder(), await keyHolder()];
    const bound = await deliverTo(shop, buyer);
    const free = await shop.placePaid();
    const answers = [
      await askSealed(shop, bound.order.id, other.revealKey),
      await askSealed(shop, 'ord_AAAAAAAAAAAAAAAAAAAAAA', buyer.revealKey),
      await askSealed(shop, free.order.id, buyer.revealKey),
    ];
    const problems = await Promise.all(answers.map(answer => refused(answer, 404)));
    assert.equal(problems[0]!.code, 'order_not_found');
    assert.deepEqual(problems[1], problems[0]);
    assert.deepEqual(problems[2], problems[0]);
  });

  it('are not there before they are delivered', async () => {
    const shop = await openShop();
    const buyer = await keyHolder();
    const {order} = await placeBound(shop, {revealKey: buyer.revealKey});
    assert.equal((await refused(await askSealed(shop, order.id, buyer.revealKey), 409)).code, 'keys_not_ready');
  });

  it('are sealed 60 times in a quarter of an hour and no more', async () => {
    const shop = await openShop();
    const buyer = await keyHolder();
    const {order} = await placeBound(shop, {revealKey: buyer.revealKey});
    for (let time = 0; time < 60; time++) await askSealed(shop, order.id, buyer.revealKey);
    assert.equal((await refused(await askSealed(shop, order.id, buyer.revealKey), 429)).code, 'too_many_attempts');
    shop.clock.advance(15 * 60_000);
    assert.equal((await refused(await askSealed(shop, order.id, buyer.revealKey), 409)).code, 'keys_not_ready');
  });

  it('are in no log', async () => {
    const shop = await openShop();
    const buyer = await keyHolder();
    const {order} = await deliverTo(shop, buyer);
    const {keys} = await buyer.open(order.id, await json(await askSealed(shop, order.id, buyer.revealKey)));
    const {secret} = keys[0]!;
    assert.equal(secret.kind, 'code');
    assert.ok(!JSON.stringify(shop.log.entries).includes(secret.code));
  });
});

describe('binding an order', () => {
  it('takes a point of the curve only, in its one form', async () => {
    const shop = await openShop();
    const {revealKey} = await keyHolder();
    const offCurve = `BA${'A'.repeat(84)}E`;
    for (const wrong of ['', revealKey.slice(1), `${revealKey}=`, offCurve, 42]) {
      const {intent, token} = await shop.agree();
      const answer = await shop.fetch('/v1/orders', {key: intent, body: {quote: token, contact, revealKey: wrong}});
      const {code, errors} = await refused(answer, 422);
      assert.equal(code, 'validation_failed');
      assert.equal(errors?.[0]?.path, 'revealKey', String(wrong));
    }
  });

  it('is part of what an intent places: with another key it is another order', async () => {
    const shop = await openShop();
    const [buyer, other] = [await keyHolder(), await keyHolder()];
    const {intent, token} = await shop.agree();
    const place = (revealKey: string) =>
      shop.fetch('/v1/orders', {key: intent, body: {quote: token, contact, revealKey}});
    const first = await json<PlacedOrder>(await place(buyer.revealKey), 201);
    assert.equal((await json<PlacedOrder>(await place(buyer.revealKey), 201)).order.id, first.order.id);
    assert.equal((await refused(await place(other.revealKey), 422)).code, 'idempotency_key_reused');
  });

  it('is asked of every order, unless the shop reveals in the page by its own choice', async () => {
    const shop = await openShop({
      config: {shop: {name: 'Shop', currency: 'CNY'}},
    });
    assert.equal((await json<Shop>(await shop.fetch('/v1/shop'))).isolatedReveal, true);
    const {intent, token} = await shop.agree();
    const answer = await shop.fetch('/v1/orders', {key: intent, body: {quote: token, contact}});
    assert.deepEqual((await refused(answer, 422)).errors, [{path: 'revealKey', message: 'is missing'}]);
    const {revealKey} = await keyHolder();
    await json(await shop.fetch('/v1/orders', {key: intent, body: {quote: token, contact, revealKey}}), 201);
  });
});

describe('binding an order to another key', () => {
  const rebind = (shop: TestShop, body: Record<string, unknown>) => shop.fetch('/v1/orders/rebind', {body});

  it('is for whoever can look it up; the key before opens nothing from then on', async () => {
    const shop = await openShop();
    const [lost, found] = [await keyHolder(), await keyHolder()];
    const {order, token} = await deliverTo(shop, lost);
    const {id, number} = order;
    const request = {number, contact, password: lookupPassword, revealKey: found.revealKey};
    const rebound = await json<ReboundOrder>(await rebind(shop, request));
    assert.deepEqual(rebound, {id, number, createdAt: order.createdAt, token, sealed: true});
    assert.equal((await refused(await askSealed(shop, id, lost.revealKey), 404)).code, 'order_not_found');
    const sealed = await json<SealedKeys>(await askSealed(shop, id, found.revealKey));
    assert.equal((await found.open(id, sealed)).keys.length, 1);
  });

  it('answers alike for a wrong password and an absent order', async () => {
    const shop = await openShop();
    const {revealKey} = await keyHolder();
    const {order} = await deliverTo(shop, await keyHolder());
    const answers = [
      await rebind(shop, {number: order.number, contact, password: 'sesame-25', revealKey}),
      await rebind(shop, {number: '260101000000000000', contact, password: lookupPassword, revealKey}),
    ];
    const problems = await Promise.all(answers.map(answer => refused(answer, 404)));
    assert.deepEqual(problems[1], problems[0]);
  });

  it('leaves one alone that is bound to none: its token shows the keys', async () => {
    const shop = await openShop();
    const {revealKey} = await keyHolder();
    const {order, token} = await placeBound(shop, {lookupPassword});
    const {number, id} = order;
    const rebound = await json<ReboundOrder>(
      await rebind(shop, {number, contact, password: lookupPassword, revealKey}),
    );
    assert.deepEqual([rebound.id, rebound.token, rebound.sealed], [id, token, false]);
    assert.equal((await refused(await askSealed(shop, id, revealKey), 404)).code, 'order_not_found');
  });

  it('has the limits of a lookup', async () => {
    const shop = await openShop();
    const {revealKey} = await keyHolder();
    const {order} = await deliverTo(shop, await keyHolder());
    const request = {number: order.number, contact, password: 'wrong-one', revealKey};
    for (let time = 0; time < 10; time++) await refused(await rebind(shop, request), 404);
    assert.equal((await refused(await rebind(shop, request), 429)).code, 'too_many_attempts');
  });
});
