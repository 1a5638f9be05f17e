import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import type {Ticket} from '../../../src/contract/ticket.ts';
import {add, compare, money, subtract} from '../../../src/domain/money.ts';
import {answerTicket, decideTicket} from '../../../src/server/aftersales/shop-desk.ts';
import {delivered} from '../../support/fake-upstream.ts';
import {askBack, payBack} from '../../support/pay-back.ts';
import {json, openShop, type TestShop} from '../../support/shop-server.ts';

const yuan = (amount: string) => money(amount, 'CNY');

async function withTicket(): Promise<{shop: TestShop; placed: PlacedOrder; id: string}> {
  const shop = await openShop();
  shop.upstream.script({buy: async () => delivered('KEY-1\nKEY-2')});
  const placed = await shop.placePaid(2);
  await shop.work();
  const {order, token} = placed;
  const call = {token, key: 'intent-of-the-ticket', body: {reason: 'key_invalid', text: 'no'}};
  const {id} = await json<Ticket>(await shop.fetch(`/v1/orders/${order.id}/tickets`, call), 201);
  return {shop, placed, id};
}

const read = async ({shop, placed, id}: Awaited<ReturnType<typeof withTicket>>) =>
  json<Ticket>(await shop.fetch(`/v1/tickets/${id}`, {token: placed.token}));

describe('the shop at its desk', () => {
  it('sees what waits for it, the most pressing first', async () => {
    const {shop, placed, id} = await withTicket();
    shop.clock.advance(1000);
    const call = {token: placed.token, key: 'intent-of-the-second', body: {reason: 'other', text: 'x'}};
    const second = await json<Ticket>(await shop.fetch(`/v1/orders/${placed.order.id}/tickets`, call), 201);
    const waiting = async () => (await shop.store.ticketsForShop()).map(ticket => ticket.id);
    assert.deepEqual(await waiting(), [id, second.id]);
    await answerTicket(shop.ports, id, {intent: 'a1', text: 'which one?'});
    assert.deepEqual(await waiting(), [second.id]);
  });

  it('says each thing once', async () => {
    const held = await withTicket();
    const refund = {intent: 'd1', outcome: {kind: 'refund', amount: yuan('3')}, text: 'sorry'} as const;
    await Promise.all(Array.from({length: 4}, () => decideTicket(held.shop.ports, held.id, refund)));
    assert.equal((await read(held)).messages.length, 2);
    assert.deepEqual((await held.shop.order(held.placed)).refundDue, yuan('3'));
  });

  it('hands over another key, which joins the order’s own', async () => {
    const held = await withTicket();
    const {shop, placed} = held;
    const replacements = [{lineId: 'l1', text: 'KEY-3'}];
    await decideTicket(shop.ports, held.id, {intent: 'd1', outcome: {kind: 'reissue'}, text: '已补发', replacements});
    const {keys} = await shop.reveal(placed);
    assert.deepEqual(
      keys.map(({secret}) => secret),
      [
        {kind: 'code', code: 'KEY-1'},
        {kind: 'code', code: 'KEY-2'},
        {kind: 'code', code: 'KEY-3'},
      ],
    );
    assert.ok(!JSON.stringify(shop.store.writes).includes('KEY-3'));
    const order = await shop.order(placed);
    assert.equal(order.keysReady, 3);
    assert.deepEqual(order.timeline.at(-1), {
      what: 'delivered',
      at: new Date(shop.clock.now()).toISOString(),
      pieces: 3,
    });
    assert.deepEqual((await read(held)).outcome, {kind: 'reissue'});
  });

  it('hands over no key twice, none with a refusal, and none for a line that is not there; nothing is decided then', async () => {
    const held = await withTicket();
    const {shop, id} = held;
    const decide = (outcome: 'exchange' | 'refuse', lineId: string, text: string) =>
      decideTicket(shop.ports, id, {
        intent: 'd1',
        outcome: {kind: outcome},
        text: 'x',
        replacements: [{lineId, text}],
      });
    for (const tried of [
      () => decide('exchange', 'l1', 'KEY-1'),
      () => decide('exchange', 'l9', 'KEY-3'),
      () => decide('refuse', 'l1', 'KEY-3'),
    ]) {
      await assert.rejects(tried, {name: 'ProblemError', code: 'validation_failed'});
    }
    assert.equal((await read(held)).state, 'open');
    assert.equal((await shop.reveal(held.placed)).keys.length, 2);
  });

  it('answers no ticket that is not there', async () => {
    const shop = await openShop();
    await assert.rejects(() => answerTicket(shop.ports, 'tkt_x', {intent: 'a', text: 'x'}), {code: 'not_found'});
  });
});

describe('money back', () => {
  it('is owed when it is decided, and paid when a person says so', async () => {
    const {shop, placed, id} = await withTicket();
    const decide = (amount: string, intent: string) =>
      decideTicket(shop.ports, id, {intent, outcome: {kind: 'refund', amount: yuan(amount)}, text: 'x'});
    await decide('10', 'd1');
    let order = await shop.order(placed);
    assert.deepEqual([order.state, order.refundDue, order.refunded], ['delivered', yuan('10.00'), undefined]);
    shop.clock.advance(5000);
    await payBack(shop.ports, order.id);
    order = await shop.order(placed);
    assert.deepEqual(
      [order.state, order.refundDue, order.refunded],
      ['partially_refunded', yuan('0.00'), yuan('10.00')],
    );
    assert.deepEqual(order.timeline.at(-1), {
      what: 'refunded',
      at: new Date(shop.clock.now()).toISOString(),
      amount: yuan('10.00'),
    });
    await decide('14', 'd2');
    await payBack(shop.ports, order.id);
    order = await shop.order(placed);
    assert.deepEqual([order.state, order.refundDue, order.refunded], ['refunded', yuan('0.00'), yuan('24.00')]);
  });

  it('of a payment that came twice leaves the order as it was', async () => {
    const {shop, placed} = await withTicket();
    const second = await shop.store.payments(placed.order.id);
    await shop.store.transaction(async tx => {
      const order = (await tx.order(placed.order.id))!;
      await tx.insertPayment({...second[0]!, id: 'pay_second', version: 1, providerReference: 'ref-2', surplus: true});
      await tx.saveOrder({...order, refundDue: add(order.refundDue, order.total)});
    });
    await askBack(shop.ports, placed.order.id, yuan('24'));
    await payBack(shop.ports, placed.order.id);
    const order = await shop.order(placed);
    assert.deepEqual([order.state, order.refundDue], ['delivered', yuan('0.00')]);
  });

  it('never exceeds what was paid, whatever is asked in whatever order', async () => {
    const amount = fc.integer({min: -100, max: 3000}).map(cents => yuan((cents / 100).toFixed(2)));
    const steps = fc.array(fc.tuple(fc.constantFrom('decide', 'ask', 'pay'), amount), {minLength: 1, maxLength: 8});
    await fc.assert(
      fc.asyncProperty(steps, async moves => {
        const {shop, placed, id} = await withTicket();
        for (const [index, [move, sum]] of moves.entries()) {
          const outcome = {kind: 'refund', amount: sum} as const;
          const moved = {
            decide: async () => decideTicket(shop.ports, id, {intent: `d${index}`, outcome, text: 'x'}),
            ask: async () => askBack(shop.ports, placed.order.id, sum),
            pay: async () => payBack(shop.ports, placed.order.id),
          }[move]();
          const refused = await moved.then(
            () => false,
            (error: {code?: string}) => error.code === 'validation_failed',
          );
          const order = await shop.order(placed);
          const refunded = order.refunded ?? yuan('0');
          assert.ok(compare(order.refundDue, yuan('0')) >= 0);
          assert.ok(compare(add(order.refundDue, refunded), order.total) <= 0);
          if (move !== 'pay' && compare(sum, yuan('0')) <= 0) assert.ok(refused);
          assert.equal(order.state === 'refunded', compare(subtract(order.total, refunded), yuan('0')) === 0);
        }
      }),
      {numRuns: 15},
    );
  });
});
