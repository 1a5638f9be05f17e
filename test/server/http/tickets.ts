import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import type {KeyReference, Ticket} from '../../../src/contract/ticket.ts';
import {answerTicket, decideTicket} from '../../../src/server/aftersales/shop-desk.ts';
import {createServer} from '../../../src/server/app.ts';
import {createKeyRing} from '../../../src/server/security/key-ring.ts';
import {delivered} from '../../support/fake-upstream.ts';
import {json, masterKey, openShop, problem, requestOf, type Call, type TestShop} from '../../support/shop-server.ts';

const intent = (name: string) => `intent-${Buffer.from(name).toString('hex').slice(0, 40)}`.padEnd(20, '0');
const day = 86_400_000;

export async function boughtShop(secret = 'ZEBRA-1\nZEBRA-2'): Promise<{shop: TestShop; placed: PlacedOrder}> {
  const shop = await openShop();
  shop.upstream.script({buy: async () => delivered(secret)});
  const placed = await shop.placePaid(2);
  await shop.work();
  return {shop, placed};
}

const keysOf = async (shop: TestShop, {order, token}: PlacedOrder) =>
  (await json<{items: KeyReference[]}>(await shop.fetch(`/v1/orders/${order.id}/keys`, {token}))).items;

const report = (shop: TestShop, {order, token}: PlacedOrder, body: object = {}, call: Call = {}) =>
  shop.fetch(`/v1/orders/${order.id}/tickets`, {
    token,
    key: intent('ticket'),
    body: {reason: 'key_invalid', text: '兑换时提示无效', ...body},
    ...call,
  });

const opened = async (shop: TestShop, placed: PlacedOrder, body?: object, call?: Call) =>
  json<Ticket>(await report(shop, placed, body, call), 201);

const say = (shop: TestShop, {token}: PlacedOrder, ticketId: string, text: string, key = intent(text)) =>
  shop.fetch(`/v1/tickets/${ticketId}/messages`, {token, key, body: {text}});

const read = async (shop: TestShop, {token}: PlacedOrder, ticketId: string) =>
  json<Ticket>(await shop.fetch(`/v1/tickets/${ticketId}`, {token}));

describe('references to keys', () => {
  it('name places and no text, and showing them is not counted', async () => {
    const {shop, placed} = await boughtShop();
    const answer = await shop.fetch(`/v1/orders/${placed.order.id}/keys`, {token: placed.token});
    const text = await answer.clone().text();
    assert.ok(!text.includes('ZEBRA'));
    const {items} = await json<{items: KeyReference[]}>(answer);
    assert.deepEqual(
      items.map(({lineId, title, place}) => [lineId, title, place]),
      [
        ['l1', 'Steam 钱包充值码 50 元', 1],
        ['l1', 'Steam 钱包充值码 50 元', 2],
      ],
    );
    assert.equal((await shop.reveal(placed)).revealCount, 1);
  });

  it('are none before anything was delivered, and need the token', async () => {
    const shop = await openShop();
    const placed = await shop.place();
    assert.deepEqual(await keysOf(shop, placed), []);
    await problem(await shop.fetch(`/v1/orders/${placed.order.id}/keys`), 'order_token_missing');
  });
});

describe('a ticket', () => {
  it('is opened with what is wrong and which key, and waits a day for the shop', async () => {
    const {shop, placed} = await boughtShop();
    const [, second] = await keysOf(shop, placed);
    const ticket = await opened(shop, placed, {keyIds: [second!.id]});
    assert.deepEqual(
      {...ticket, id: '', messages: ticket.messages.map(({from, text}) => [from, text])},
      {
        id: '',
        orderId: placed.order.id,
        state: 'open',
        reason: 'key_invalid',
        keys: [second],
        messages: [['buyer', '兑换时提示无效']],
        evidence: [],
        deadline: new Date(shop.clock.now() + day).toISOString(),
        overdue: false,
        createdAt: new Date(shop.clock.now()).toISOString(),
      },
    );
    assert.deepEqual(await read(shop, placed, ticket.id), ticket);
  });

  it('is opened once, however often and at once it is sent', async () => {
    const {shop, placed} = await boughtShop();
    const answers = await Promise.all(Array.from({length: 8}, () => opened(shop, placed)));
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    await problem(await report(shop, placed, {text: 'something else'}), 'idempotency_key_reused');
    await problem(await report(shop, placed, {}, {key: undefined as never}), 'idempotency_key_missing');
    const {items} = await json<{items: Ticket[]}>(
      await shop.fetch(`/v1/orders/${placed.order.id}/tickets`, {token: placed.token}),
    );
    assert.deepEqual(items, [answers[0]]);
  });

  it('is listed, newest first', async () => {
    const {shop, placed} = await boughtShop();
    const first = await opened(shop, placed);
    shop.clock.advance(1000);
    const second = await opened(shop, placed, {reason: 'other'}, {key: intent('second')});
    const {items} = await json<{items: Ticket[]}>(
      await shop.fetch(`/v1/orders/${placed.order.id}/tickets`, {token: placed.token}),
    );
    assert.deepEqual(
      items.map(({id}) => id),
      [second.id, first.id],
    );
  });

  it('points at keys of its own order only', async () => {
    const {shop, placed} = await boughtShop();
    shop.upstream.script({buy: async () => delivered('OTHER-1\nOTHER-2')});
    const other = await shop.placePaid(2);
    await shop.work();
    const [own] = await keysOf(shop, placed);
    const [foreign] = await keysOf(shop, other);
    for (const id of [foreign!.id, 'crd_absent', '__proto__']) {
      const {errors} = await problem(await report(shop, placed, {keyIds: [own!.id, id]}), 'validation_failed');
      assert.equal(errors![0]!.message, 'no key of this order');
    }
    assert.equal((await opened(shop, placed, {keyIds: [own!.id, own!.id]})).keys.length, 1);
  });

  it('takes reasons from the list, and a text', async () => {
    const {shop, placed} = await boughtShop();
    for (const wrong of [{reason: 'bored'}, {text: '   '}, {text: 'x'.repeat(2001)}, {keyIds: Array(501).fill('x')}]) {
      await problem(await report(shop, placed, wrong), 'validation_failed');
    }
  });

  it('is the eleventh of its order at no time, also when many come together', async () => {
    const {shop, placed} = await boughtShop();
    const answers = await Promise.all(
      Array.from({length: 14}, (_, index) => report(shop, placed, {}, {key: intent(`many-${index}`)})),
    );
    assert.equal(answers.filter(({status}) => status === 201).length, 10);
    for (const answer of answers.filter(({status}) => status !== 201)) await problem(answer, 'ticket_limit_reached');
  });

  it('opens to its order’s token alone, and an absent one answers like a foreign one', async () => {
    const {shop, placed} = await boughtShop();
    const other = await shop.place();
    const {id} = await opened(shop, placed);
    for (const [method, rest, body] of [
      ['GET', '', undefined],
      ['POST', '/messages', {text: 'x'}],
      ['POST', '/evidence', 'x'],
      ['GET', '/evidence/evd_x', undefined],
    ] as const) {
      const call = {method, key: intent('x'), body};
      await problem(await shop.fetch(`/v1/tickets/${id}${rest}`, call), 'order_token_missing');
      const foreign = await problem(
        await shop.fetch(`/v1/tickets/${id}${rest}`, {...call, token: other.token}),
        'order_token_invalid',
      );
      const absent = await problem(
        await shop.fetch(`/v1/tickets/tkt_absent${rest}`, {...call, token: other.token}),
        'order_token_invalid',
      );
      assert.deepEqual(absent, foreign);
    }
    await problem(await report(shop, {...placed, token: other.token}), 'order_token_invalid');
  });

  it('keeps what is said encrypted, and readable after the master key was changed', async () => {
    const {shop, placed} = await boughtShop();
    const {id} = await opened(shop, placed, {text: 'my key ZEBRA-1 does not work'});
    await json(await say(shop, placed, id, 'ZEBRA-2 neither'), 201);
    assert.ok(!JSON.stringify([shop.store.writes, shop.log.entries]).includes('ZEBRA'));
    const keys = await createKeyRing([masterKey('k2', 2), masterKey('k1', 1)]);
    const server = createServer({...shop.ports, keys});
    const {messages} = await json<Ticket>(await server.fetch(requestOf(`/v1/tickets/${id}`, {token: placed.token})));
    assert.deepEqual(
      messages.map(({text}) => text),
      ['my key ZEBRA-1 does not work', 'ZEBRA-2 neither'],
    );
  });
});

describe('a conversation', () => {
  it('goes back and forth, with a deadline for whoever is next', async () => {
    const {shop, placed} = await boughtShop();
    const {id} = await opened(shop, placed);
    await answerTicket(shop.ports, id, {intent: intent('answer'), text: '请发截图'});
    const asked = await read(shop, placed, id);
    assert.equal(asked.state, 'waiting_for_buyer');
    assert.equal(Date.parse(asked.deadline!) - shop.clock.now(), 3 * day);
    const answered = await json<Ticket>(await say(shop, placed, id, '截图已发'), 201);
    assert.equal(answered.state, 'waiting_for_shop');
    assert.deepEqual(
      answered.messages.map(({from, text}) => [from, text]),
      [
        ['buyer', '兑换时提示无效'],
        ['shop', '请发截图'],
        ['buyer', '截图已发'],
      ],
    );
  });

  it('says each thing once', async () => {
    const {shop, placed} = await boughtShop();
    const {id} = await opened(shop, placed);
    const answers = await Promise.all(Array.from({length: 5}, () => say(shop, placed, id, 'again', intent('a'))));
    for (const answer of answers) assert.equal((await json<Ticket>(answer, 201)).messages.length, 2);
    await problem(await say(shop, placed, id, 'something else', intent('a')), 'idempotency_key_reused');
  });

  it('has an end: two hundred messages', async () => {
    const {shop, placed} = await boughtShop();
    const {id} = await opened(shop, placed);
    for (let index = 1; index < 200; index++) {
      // Nobody says more than sixty things in an hour.
      if (index % 50 === 0) shop.clock.advance(3_600_000);
      await json(await say(shop, placed, id, `no. ${index}`, intent(`${index}`)), 201);
    }
    await problem(await say(shop, placed, id, 'one more'), 'ticket_limit_reached');
  });

  it('says when the shop is late, and is not closed by that', async () => {
    const {shop, placed} = await boughtShop();
    const {id} = await opened(shop, placed);
    shop.clock.advance(day - 1);
    assert.equal((await read(shop, placed, id)).overdue, false);
    shop.clock.advance(1);
    await shop.server.runJob({type: 'sweep'}, new AbortController().signal);
    await shop.work();
    const late = await read(shop, placed, id);
    assert.deepEqual([late.state, late.overdue], ['open', true]);
  });

  it('is closed when the buyer lets the deadline pass, and takes nothing more then', async () => {
    const {shop, placed} = await boughtShop();
    const {id} = await opened(shop, placed);
    await decideTicket(shop.ports, id, {intent: intent('no'), outcome: {kind: 'refuse'}, text: '卡密已被使用'});
    const sweep = async () => {
      await shop.server.runJob({type: 'sweep'}, new AbortController().signal);
      await shop.work();
    };
    shop.clock.advance(7 * day - 1);
    await sweep();
    assert.equal((await read(shop, placed, id)).state, 'resolved');
    shop.clock.advance(1);
    await sweep();
    const closed = await read(shop, placed, id);
    assert.deepEqual([closed.state, closed.outcome, closed.deadline], ['closed', {kind: 'refuse'}, undefined]);
    await problem(await say(shop, placed, id, 'but'), 'ticket_closed');
    await shop.server.runJob({type: 'close_ticket', ticketId: id}, new AbortController().signal);
    assert.deepEqual(await read(shop, placed, id), closed);
  });

  it('goes on when the buyer objects to a decision', async () => {
    const {shop, placed} = await boughtShop();
    const {id} = await opened(shop, placed);
    await decideTicket(shop.ports, id, {intent: intent('no'), outcome: {kind: 'refuse'}, text: '不退'});
    const objected = await json<Ticket>(await say(shop, placed, id, '我没有用过'), 201);
    assert.deepEqual([objected.state, objected.outcome], ['waiting_for_shop', undefined]);
    assert.deepEqual(objected.messages[1]!.outcome, {kind: 'refuse'});
  });
});
