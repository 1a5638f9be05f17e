import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {add, compare, subtract, sum, zero} from '../../../src/domain/money.ts';
import type {TicketDecision} from '../../../src/sandbox/platform/ticket-desk.ts';
import {apologyText} from '../../../src/sandbox/platform/platform.ts';
import {yuan} from '../../../src/sandbox/platform/wallets.ts';
import {makeGood} from '../support/goods.ts';
import {openPlatform, plainCode} from '../support/platform.ts';

function openTicket(quantity = 2, amount = '18.00') {
  const opened = openPlatform({pieces: 5, merchants: [{}, {}]});
  const order = opened.sell(quantity, amount);
  const ticket = opened.platform.tickets.open({
    merchantId: 1000,
    tradeNo: order.tradeNo,
    topic: '卡密无效',
    text: '提示已使用',
  });
  return {
    ...opened,
    tradeNo: order.tradeNo,
    cardIds: order.cardIds,
    ticketId: ticket.id,
    order: () => opened.platform.order(order.tradeNo)!,
    decide: (decision: TicketDecision, text?: string) => opened.platform.tickets.decide(ticket.id, decision, text),
    balance: () => opened.platform.merchant(1000)!.balance.amount,
  };
}

test('a ticket belongs to an order of the merchant’s own, and goes to the supplier of its good', () => {
  const {platform, tradeNo, ticketId} = openTicket();
  const asked = {merchantId: 1000, tradeNo, topic: 't', text: 'x'};
  assert.equal(platform.tickets.find(ticketId)?.supplierId, 7);
  assert.throws(() => platform.tickets.open(asked), /has not ended/);
  assert.throws(() => platform.tickets.open({...asked, merchantId: 1001}), RangeError);
  assert.throws(() => platform.tickets.open({...asked, tradeNo: '1'}), RangeError);
  platform.tickets.withdraw(ticketId);
  assert.equal(platform.tickets.open(asked).id, 2);
  assert.deepEqual(
    platform.tickets.of(tradeNo).map(({state}) => state),
    ['withdrawn', 'waiting'],
  );
});

test('the supplier’s words put it in work; nothing is said after it ended', () => {
  const {platform, ticketId, decide} = openTicket();
  assert.equal(platform.tickets.write(ticketId, 'merchant', '请尽快').state, 'waiting');
  assert.equal(platform.tickets.write(ticketId, 'supplier', '核实中').state, 'in_work');
  const done = decide({kind: 'reject'}, '卡密正常');
  assert.deepEqual([done.state, done.outcome], ['done', {kind: 'rejected'}]);
  assert.deepEqual(
    done.messages.map(({from, text}) => `${from} ${text}`),
    ['merchant 提示已使用', 'merchant 请尽快', 'supplier 核实中', 'supplier 卡密正常'],
  );
  for (const late of [
    () => platform.tickets.write(ticketId, 'merchant', '?'),
    () => platform.tickets.withdraw(ticketId),
    () => decide({kind: 'reject'}),
    () => decide({kind: 'refund'}),
  ]) {
    assert.throws(late, {name: 'TransitionError'});
  }
  assert.throws(() => platform.tickets.write(99, 'merchant', '?'), RangeError);
});

test('rejected: neither money nor cards move', () => {
  const {decide, order, balance} = openTicket();
  const before = order();
  decide({kind: 'reject'});
  assert.deepEqual(order(), before);
  assert.equal(balance(), '9982.00');
});

test('replaced: new cards out of the stock in place of the ones named, which are worthless', () => {
  const {platform, decide, order, cardIds, balance} = openTicket();
  const {outcome} = decide({kind: 'replace', cardIds: [cardIds[0]!]});
  assert.deepEqual(outcome, {kind: 'replaced', voidCardIds: [10001], cardIds: [10003]});
  assert.equal(order().secret, `${plainCode}-1\n${plainCode}-2`);
  assert.deepEqual(
    [10001, 10002, 10003, 10004].map(id => platform.card(id)?.state),
    ['void', 'sold', 'sold', 'unsold'],
  );
  assert.equal(platform.stock(platform.good(plainCode)!), 2);
  assert.equal(balance(), '9982.00');
  // The platform's books know where every card went.
  assert.deepEqual(platform.ledger().orders[0]?.cards, [`${plainCode}-0`, `${plainCode}-1`, `${plainCode}-2`]);
});

test('replaced by cards the supplier brings; the wrong number, or one that is known, changes nothing', () => {
  const {platform, decide, order} = openTicket();
  const before = platform.snapshot();
  assert.throws(() => decide({kind: 'replace', secrets: ['N-1']}), RangeError);
  assert.throws(() => decide({kind: 'replace', secrets: ['N-1', 'N-1']}), RangeError);
  assert.throws(() => decide({kind: 'replace', secrets: ['N-1', `${plainCode}-4`]}), RangeError);
  assert.throws(() => decide({kind: 'replace', cardIds: [10003]}), RangeError);
  assert.deepEqual(platform.snapshot(), before);
  decide({kind: 'replace', secrets: ['N-1', 'N-2']});
  assert.equal(order().secret, 'N-1\nN-2');
  assert.equal(platform.stock(platform.good(plainCode)!), 3);
});

test('there are not enough cards left to replace: nothing changes and the ticket stays open', () => {
  const {platform, decide, ticketId} = openTicket(3, '27');
  const before = platform.snapshot();
  assert.throws(() => decide({kind: 'replace'}), /2 are in stock/);
  assert.deepEqual(platform.snapshot(), before);
  assert.equal(platform.tickets.find(ticketId)?.state, 'waiting');
});

test('an order that was apologised for, and one that a person delivers, get their cards', () => {
  const manual = makeGood({id: 200, code: 'MANUAL0000000001', delivery: 'manual', manualStock: 9});
  const {platform} = openPlatform({goods: [makeGood({code: plainCode}), manual], pieces: 5});
  for (const [goodId, handOver] of [
    [100, 'apology'],
    [200, 'cards'],
  ] as const) {
    const order = platform.sell({merchantId: 1000, goodId, quantity: 2, amount: yuan('18'), fields: {}, handOver});
    assert.equal(order.secret === apologyText, goodId === 100);
    const {id} = platform.tickets.open({merchantId: 1000, tradeNo: order.tradeNo, topic: 't', text: 'x'});
    platform.tickets.decide(id, {kind: 'replace'});
    const {secret, state} = platform.order(order.tradeNo)!;
    assert.equal(state, 'delivered');
    assert.equal(secret.split('\n').length, 2);
  }
});

test('paid back in full: the wallet rises, the cards are worthless, the supplier is owed nothing', () => {
  const {platform, decide, order, cardIds, balance} = openTicket();
  const {outcome} = decide({kind: 'refund'});
  assert.deepEqual(outcome, {kind: 'refunded', amount: yuan('18'), isFull: true});
  assert.equal(balance(), '10000.00');
  assert.deepEqual(order().refunded, yuan('18'));
  assert.deepEqual(
    cardIds.map(id => platform.card(id)?.state),
    ['void', 'void'],
  );
  assert.deepEqual(platform.supply.statement(7).totals.owed, yuan('0'));
  const again = platform.tickets.open({merchantId: 1000, tradeNo: order().tradeNo, topic: 't', text: 'x'});
  assert.throws(() => platform.tickets.decide(again.id, {kind: 'replace'}), /paid back/);
});

test('paid back in part: what is named is worthless, the rest stays good; more than was paid never', () => {
  const {platform, decide, order, cardIds, balance} = openTicket();
  const before = platform.snapshot();
  assert.throws(() => decide({kind: 'refund', amount: yuan('18.01')}), RangeError);
  assert.throws(() => decide({kind: 'refund', amount: yuan('9'), cardIds: [1]}), RangeError);
  assert.throws(() => decide({kind: 'refund', amount: yuan('0')}), RangeError);
  assert.deepEqual(platform.snapshot(), before);
  const {outcome} = decide({kind: 'refund', amount: yuan('9'), cardIds: [cardIds[1]!]});
  assert.deepEqual(outcome, {kind: 'refunded', amount: yuan('9'), isFull: false});
  assert.equal(balance(), '9991.00');
  assert.deepEqual(order().voidCardIds, [cardIds[1]]);
  assert.deepEqual(
    cardIds.map(id => platform.card(id)?.state),
    ['sold', 'void'],
  );
});

test('who asks for their money back opens a ticket, or leans on the one there is; a no ends the asking', () => {
  const {platform, sell} = openPlatform();
  const {tradeNo} = sell(1, '9');
  assert.equal(platform.askBack(tradeNo).askedBack, true);
  platform.askBack(tradeNo);
  assert.deepEqual(
    platform.tickets.of(tradeNo).map(({id, state}) => [id, state]),
    [[1, 'waiting']],
  );
  assert.equal(platform.merchant(1000)?.balance.amount, '9991.00');
  platform.tickets.decide(1, {kind: 'reject'});
  assert.equal(platform.order(tradeNo)?.askedBack, undefined);
  platform.askBack(tradeNo);
  platform.tickets.decide(2, {kind: 'refund'});
  assert.deepEqual([platform.order(tradeNo)?.askedBack, platform.order(tradeNo)?.refunded], [true, yuan('9')]);
  assert.throws(() => platform.askBack('1'), RangeError);
});

test('tickets are part of what a platform writes down', () => {
  const {platform, reopen, ticketId} = openTicket();
  const again = reopen();
  assert.deepEqual(again.tickets.all(), platform.tickets.all());
  again.tickets.decide(ticketId, {kind: 'refund'});
  assert.equal(again.merchant(1000)?.balance.amount, '10000.00');
});

test('whatever is decided in whatever order: money is conserved, and no card is good in two hands', () => {
  const decision = fc.oneof(
    fc.constant({kind: 'replace'} as const),
    fc.constant({kind: 'reject'} as const),
    fc.constant({kind: 'refund'} as const),
    fc.integer({min: 1, max: 2500}).map(value => ({kind: 'refund', amount: yuan((value / 100).toFixed(2))}) as const),
  );
  const purchase = fc.record({quantity: fc.integer({min: 1, max: 3}), decisions: fc.array(decision, {maxLength: 3})});
  fc.assert(
    fc.property(fc.array(purchase, {maxLength: 5}), purchases => {
      const {platform, sell} = openPlatform({pieces: 20});
      for (const {quantity, decisions} of purchases) {
        const {tradeNo} = sell(quantity, String(9 * quantity));
        for (const decided of decisions) {
          const {id} = platform.tickets.open({merchantId: 1000, tradeNo, topic: 't', text: 'x'});
          try {
            platform.tickets.decide(id, decided);
          } catch (error) {
            assert.ok(error instanceof RangeError);
            platform.tickets.withdraw(id);
          }
        }
      }
      const {orders, balances} = platform.ledger();
      const net = sum(
        orders.map(({amount, refunded}) => subtract(amount, refunded ?? zero('CNY'))),
        'CNY',
      );
      assert.deepEqual(add(yuan(balances['1000']!), net), yuan('10000'));
      for (const {amount, refunded} of orders) assert.ok(compare(refunded ?? zero('CNY'), amount) <= 0);
      const good = orders.flatMap(({cardIds, voidCardIds = []}) => cardIds.filter(id => !voidCardIds.includes(id)));
      assert.equal(new Set(good).size, good.length);
      for (const id of good) assert.equal(platform.card(id)?.state, 'sold');
      const unsold = platform.unsold(100).map(({id}) => id);
      assert.equal(
        orders.flatMap(({cardIds}) => cardIds).some(id => unsold.includes(id)),
        false,
      );
    }),
    {numRuns: 80},
  );
});
