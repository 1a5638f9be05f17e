import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Delivery} from '../../../src/contract/delivery.ts';
import type {PlacedOrder, ReboundOrder} from '../../../src/contract/order.ts';
import {decideTicket} from '../../../src/server/aftersales/shop-desk.ts';
import {sent} from '../../../src/server/delivery/port.ts';
import {retryPausesMs} from '../../../src/server/delivery/send-delivery.ts';
import {fakeChannel, later, never, type FakeChannel} from '../../support/fake-channel.ts';
import {delivered, lost} from '../../support/fake-upstream.ts';
import {keyHolder, type KeyHolder} from '../../support/key-holder.ts';
import {sweepWithoutJobs, signal} from '../../support/one-purchase.ts';
import {payBack} from '../../support/pay-back.ts';
import {consoleToken as token, json, openShop, pageOrigin, problem, type TestShop} from '../../support/shop-server.ts';

const orderPage = `${pageOrigin}/order`;
let keys = 0;
const newKey = () => `delivery-key-${String(++keys).padStart(6, '0')}`;

async function shopWith(channel: FakeChannel, quantity = 1): Promise<{shop: TestShop; placed: PlacedOrder}> {
  const shop = await openShop({delivery: [channel], config: {delivery: {orderPage}}});
  return {shop, placed: await shop.placePaid(quantity)};
}

const path = ({order}: PlacedOrder) => `/v1/console/orders/${order.id}/deliveries`;
const list = async (shop: TestShop, placed: PlacedOrder) =>
  (await json<{items: Delivery[]}>(await shop.fetch(path(placed), {token}))).items;
const again = (shop: TestShop, placed: PlacedOrder, body: unknown = {channels: ['email']}, key = newKey()) =>
  shop.fetch(path(placed), {token, key, body});

describe('a message to the buyer', () => {
  it('goes out with the keys once they have come, and the order says to whom', async () => {
    const channel = fakeChannel();
    const {shop, placed} = await shopWith(channel, 2);
    assert.equal((await shop.order(placed)).deliveries, undefined);
    await shop.work();
    const [message, ...more] = channel.messages;
    assert.deepEqual(more, []);
    assert.deepEqual([message!.to, message!.occasion], ['buyer@example.com', 'keys_delivered']);
    assert.deepEqual(
      message!.keys.map(({secret}) => secret),
      shop.upstream.sold.map(code => ({kind: 'code', code})),
    );
    const [told] = (await shop.order(placed)).deliveries!;
    const at = new Date(shop.clock.now()).toISOString();
    assert.deepEqual(told, {at, channel: 'email', to: 'b***@example.com', occasion: 'keys_delivered', state: 'sent'});
  });

  it('is put down in the transaction that writes the keys, and holds none of them', async () => {
    const {shop, placed} = await shopWith(fakeChannel());
    await shop.work();
    const written = shop.store.writes.map(({method}) => method);
    const at = written.indexOf('insertDelivery');
    assert.deepEqual(written.slice(at - 1, at + 2).includes('enqueue'), true);
    assert.ok(at > written.indexOf('insertCards'));
    const everything = JSON.stringify([
      shop.store.writes.filter(({method}) => /Delivery|enqueue/.test(method)),
      shop.log.entries,
      await list(shop, placed),
    ]);
    for (const card of shop.upstream.sold) assert.ok(!everything.includes(card));
    assert.ok(!everything.includes('buyer@example.com'));
  });

  it('is not made where what it tells was not kept', async () => {
    const channel = fakeChannel();
    const {shop, placed} = await shopWith(channel);
    shop.upstream.script({buy: async () => lost, reconcile: async () => lost});
    await shop.work();
    assert.deepEqual([channel.messages, await list(shop, placed)], [[], []]);
  });

  it('reaches nobody whose contact is something else', async () => {
    const channel = fakeChannel({addressOf: () => undefined});
    const {shop, placed} = await shopWith(channel);
    await shop.work();
    assert.deepEqual([channel.messages, await list(shop, placed)], [[], []]);
    await problem(await again(shop, placed), 'delivery_not_possible');
  });

  it('follows refunds and replaced keys', async () => {
    const channel = fakeChannel();
    const {shop, placed} = await shopWith(channel, 2);
    shop.upstream.script({buy: async () => delivered('ONE-1111')});
    await shop.work();
    await payBack(shop.ports, placed.order.id);
    const ticketKey = newKey();
    const ticket = await json<{id: string}>(
      await shop.fetch(`/v1/orders/${placed.order.id}/tickets`, {
        token: placed.token,
        key: ticketKey,
        body: {reason: 'other', text: '?', keyIds: []},
      }),
      201,
    );
    const lineId = placed.order.lines[0]!.id;
    await decideTicket(shop.ports, ticket.id, {
      intent: newKey(),
      outcome: {kind: 'reissue'},
      text: '补发',
      replacements: [{lineId, text: 'NEW-2222'}],
    });
    await shop.work();
    assert.deepEqual(
      channel.messages.map(({occasion, keys}) => [occasion, keys.length]),
      [
        ['refund_due', 1],
        ['refunded', 0],
        ['keys_replaced', 2],
      ],
    );
  });

  it('is tried again for a day with growing pauses, under the same id, and then has failed, in words', async () => {
    const channel = fakeChannel();
    channel.answer(later);
    const {shop, placed} = await shopWith(channel);
    await shop.work();
    const [first] = await list(shop, placed);
    assert.deepEqual([first!.state, first!.tries, first!.reason], ['pending', 1, 'It is busy.']);
    assert.equal(Date.parse(first!.nextTryAt!), shop.clock.now() + retryPausesMs[0]!);
    for (const [index, pause] of retryPausesMs.entries()) {
      await shop.work(pause - 1);
      assert.equal(channel.messages.length, index + 1, 'not before its time');
      await shop.work(1);
    }
    assert.equal(channel.messages.length, retryPausesMs.length + 1);
    assert.equal(new Set(channel.messages.map(({id}) => id)).size, 1);
    const [last] = await list(shop, placed);
    assert.deepEqual([last!.state, last!.reason, last!.nextTryAt], ['failed', 'It is busy.', undefined]);
    assert.equal((await shop.order(placed)).deliveries![0]!.state, 'failed');
    const total = retryPausesMs.reduce((sum, pause) => sum + pause, 0);
    assert.ok(total >= 23 * 3_600_000 && total <= 25 * 3_600_000);
  });

  it('that was refused for good is not tried again', async () => {
    const channel = fakeChannel();
    channel.answer(never);
    const {shop, placed} = await shopWith(channel);
    await shop.work();
    await shop.work(86_400_000);
    assert.equal(channel.messages.length, 1);
    assert.equal((await list(shop, placed))[0]!.state, 'failed');
  });

  it('is sent again under the same id by whoever comes after a process that died between sending and marking', async () => {
    const channel = fakeChannel();
    const {shop, placed} = await shopWith(channel);
    channel.answer(() => new Promise(() => {}));
    void shop.work();
    while (channel.messages.length === 0) await new Promise(setImmediate);
    channel.answer(() => sent);
    // The process is gone, and its jobs with it; the next one sweeps.
    await sweepWithoutJobs(shop);
    const {id} = channel.messages[0]!;
    await shop.server.runJob({type: 'deliver', deliveryId: id}, signal);
    assert.equal(channel.messages.length, 1, 'not while it may still be at work');
    shop.clock.advance(120_000);
    const jobs = await sweepWithoutJobs(shop);
    assert.ok(jobs.includes('deliver'));
    await shop.server.runJob({type: 'deliver', deliveryId: id}, signal);
    assert.deepEqual(
      channel.messages.map(message => message.id),
      [id, id],
    );
    const [marked] = await list(shop, placed);
    assert.deepEqual([marked!.state, marked!.tries], ['sent', 2]);
    await shop.server.runJob({type: 'deliver', deliveryId: id}, signal);
    assert.equal(channel.messages.length, 2);
  });

  it('says why it fails where its channel is configured no more', async () => {
    const channel = fakeChannel();
    channel.answer(later);
    const {shop, placed} = await shopWith(channel);
    await shop.work();
    Object.assign(shop.ports, {delivery: []});
    await shop.work(retryPausesMs[0]);
    assert.match((await list(shop, placed))[0]!.reason!, /no email any more/);
  });
});

describe('the link of a message', () => {
  const claim = (shop: TestShop, code: string) => shop.fetch('/v1/orders/return', {body: {code}});
  async function linked() {
    const channel = fakeChannel({carries: 'link'});
    const {shop, placed} = await shopWith(channel);
    await shop.work();
    const [{link, keys}] = channel.messages as [FakeChannel['messages'][number]];
    assert.deepEqual(keys, [], 'nothing is opened that does not go along');
    const [, code] = /^https:\/\/page\.example\/order#ks-return=(dlv_[\w-]+\.[\w-]+)@shop\.example$/.exec(link!)!;
    return {shop, placed, code: code!};
  }

  it('opens the order once, on any device', async () => {
    const {shop, placed, code} = await linked();
    const opened = await json<PlacedOrder>(await claim(shop, code));
    assert.deepEqual([opened.order.id, opened.token], [placed.order.id, placed.token]);
    await problem(await claim(shop, code), 'order_not_found');
  });

  it('opens it once also where two press at one moment', async () => {
    const {shop, code} = await linked();
    const answers = await Promise.all(Array.from({length: 8}, () => claim(shop, code)));
    assert.equal(answers.filter(({status}) => status === 200).length, 1);
  });

  it('opens nothing after three days, nor with a letter changed, and is stored nowhere', async () => {
    const {shop, code} = await linked();
    const [id, hash] = code.split('.') as [string, string];
    for (const wrong of [`${id}.${hash}x`, `${id}.${'A'.repeat(hash.length)}`, `${id}`, `dlv_absent.${hash}`]) {
      await problem(await claim(shop, wrong), 'order_not_found');
    }
    assert.ok(!JSON.stringify([shop.store.writes, shop.log.entries]).includes(hash));
    shop.clock.advance(72 * 3_600_000);
    await problem(await claim(shop, code), 'order_not_found');
  });
});

describe('the link of a message about keys that are sealed', () => {
  async function linked() {
    const channel = fakeChannel({carries: 'link'});
    const shop = await openShop({delivery: [channel], config: {delivery: {orderPage}}});
    const [before, now] = [await keyHolder(), await keyHolder()];
    const {intent, token: quote} = await shop.agree();
    const body = {quote, contact: 'buyer@example.com', revealKey: before.revealKey};
    const placed = await json<PlacedOrder>(await shop.fetch('/v1/orders', {key: intent, body}), 201);
    await shop.notify(await shop.openPayment(placed));
    await shop.work();
    const [{link}] = channel.messages as [FakeChannel['messages'][number]];
    const [, code] = /^https:\/\/shop\.example\/frames\/keys#(dlv_[\w-]+\.[\w-]+)$/.exec(link!)!;
    return {shop, placed, before, now, code: code!};
  }
  const bind = (shop: TestShop, {revealKey}: KeyHolder, code: string) =>
    shop.fetch('/v1/orders/return/rebind', {body: {code, revealKey}});

  it('leads to the shop’s own window, past every page, and binds the order there once', async () => {
    const {shop, placed, before, now, code} = await linked();
    const {id} = await json<ReboundOrder>(await bind(shop, now, code));
    assert.equal(id, placed.order.id);
    const sealed = await shop.fetch(`/v1/orders/${id}/keys/sealed`, {body: {revealKey: now.revealKey}});
    assert.equal((await now.open(id, await json(sealed))).keys.length, 1);
    await json(await bind(shop, now, code));
    await problem(await bind(shop, before, code), 'order_not_found');
    await problem(await shop.fetch('/v1/orders/return', {body: {code}}), 'order_not_found');
  });

  it('binds nothing after three days, nor with a letter changed', async () => {
    const {shop, now, code} = await linked();
    for (const wrong of [`${code}x`, code.slice(0, -1), 'dlv_absent.x', 'x']) {
      await problem(await bind(shop, now, wrong), 'order_not_found');
    }
    shop.clock.advance(72 * 3_600_000);
    await problem(await bind(shop, now, code), 'order_not_found');
  });
});

describe('sending again', () => {
  it('is for the console alone', async () => {
    const {shop, placed} = await shopWith(fakeChannel());
    await problem(await shop.fetch(path(placed)), 'console_token_invalid');
    await problem(await shop.fetch(path(placed), {token: placed.token}), 'console_token_invalid');
    await problem(
      await shop.fetch(path(placed), {key: newKey(), body: {channels: ['email']}}),
      'console_token_invalid',
    );
    await problem(await shop.fetch('/v1/console/orders/ord_absent/deliveries', {token}), 'not_found');
    await problem(await shop.fetch(path(placed), {token, body: {channels: ['email']}}), 'idempotency_key_missing');
    await problem(await again(shop, placed, {channels: ['pigeon']}), 'validation_failed');
    await problem(await again(shop, placed), 'delivery_not_possible');
  });

  it('makes one new message per key, with what there is to tell now', async () => {
    const channel = fakeChannel();
    const {shop, placed} = await shopWith(channel);
    await shop.work();
    const key = newKey();
    const answers = await Promise.all(Array.from({length: 4}, () => again(shop, placed, {channels: ['email']}, key)));
    for (const answer of answers) {
      const {items} = await json<{items: Delivery[]}>(answer, 201);
      assert.deepEqual(
        items.map(({occasion, asked}) => [occasion, asked]),
        [
          ['keys_delivered', true],
          ['keys_delivered', undefined],
        ],
      );
    }
    await shop.work();
    assert.equal(channel.messages.length, 2);
    assert.notEqual(channel.messages[0]!.id, channel.messages[1]!.id);
    await problem(await again(shop, placed, {channels: ['email', 'sms']}, key), 'idempotency_key_reused');
    await problem(await again(shop, placed, {channels: ['sms']}), 'delivery_not_possible');
    assert.ok(shop.log.events('info').includes('message asked for again'));
  });

  it('floods nobody', async () => {
    const {shop, placed} = await shopWith(fakeChannel());
    await shop.work();
    for (let index = 0; index < 10; index++) await json(await again(shop, placed), 201);
    await problem(await again(shop, placed), 'too_many_attempts');
  });
});
