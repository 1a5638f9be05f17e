import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import {money, type Money} from '../../../src/domain/money.ts';
import {createServer} from '../../../src/server/app.ts';
import {delivered, fakeUpstream, heldBuy, lost, refused, silent} from '../../support/fake-upstream.ts';
import {json, openShop} from '../../support/shop-server.ts';
import {aGood} from '../../support/upstream-goods.ts';
import {
  accepted,
  apology,
  beingDelivered,
  buys,
  charged,
  complete,
  never,
  owed,
  paidShop,
  seen,
  signal,
  sweepWithoutJobs,
  until,
  waiting,
} from '../../support/one-purchase.ts';

describe('buying', () => {
  it('sends what was ordered, under a reference of its own, and hands the cards over', async () => {
    const shop = await openShop();
    const placed = await shop.placePaid(2);
    await shop.work();
    const [[request] = []] = shop.upstream.asked('buy');
    const {password, reference, costCeiling, ...rest} = request!;
    assert.deepEqual(rest, {
      offer: {code: 'STEAM50', choices: {}, nested: false},
      quantity: 2,
      fields: {},
      contact: 'keystall',
      delivery: 'automatic',
    });
    assert.deepEqual(
      costCeiling,
      (await shop.procurement(placed)).costCeiling,
      'D3: never sent, or sent again, above it',
    );
    assert.match(reference, /^[0-9a-z]{19}$/);
    assert.match(password, /^[0-9a-z]{26}$/);
    assert.deepEqual(await seen(shop, placed), complete);
    const {keys} = await shop.reveal(placed);
    assert.deepEqual(
      keys.map(({secret}) => secret),
      shop.upstream.sold.map(code => ({kind: 'code', code})),
    );
  });

  it('A3: the attempt is written before the platform is called', async () => {
    const shop = await openShop();
    let states: string[] = [];
    shop.upstream.script({
      async buy({reference}) {
        states = shop.store.writes.flatMap(({method, arguments: [row]}) =>
          method === 'insertAttempt' && (row as {reference: string}).reference === reference ? [method] : [],
        );
        return lost;
      },
    });
    await shop.placePaid();
    await shop.work();
    assert.deepEqual(states, ['insertAttempt']);
  });

  it('A3: two workers at once make one call', async () => {
    const shop = await openShop();
    const held = heldBuy();
    shop.upstream.script({buy: held.buy});
    const placed = await shop.placePaid();
    const {id: procurementId} = await shop.procurement(placed);
    const rival = createServer(shop.ports);
    const first = shop.server.runJob({type: 'procure', procurementId}, signal);
    const second = rival.runJob({type: 'procure', procurementId}, signal);
    await second;
    await rival.runJob({type: 'procure', procurementId}, signal);
    held.answer(delivered('AAAA-1111'));
    await first;
    assert.equal(buys(shop), 1);
    assert.equal((await shop.order(placed)).state, 'delivered');
  });

  it('A3: a worker that finds the good too dear does not call off what another has sent meanwhile', async () => {
    const shop = await openShop();
    const placed = await shop.placePaid();
    const {id: procurementId} = await shop.procurement(placed);
    const slowQuote = Promise.withResolvers<Money>();
    const held = heldBuy();
    shop.upstream.script({quote: () => slowQuote.promise, buy: held.buy});
    const asked = shop.upstream.asked('quote').length;
    const slow = shop.server.runJob({type: 'procure', procurementId}, signal);
    await until(() => shop.upstream.asked('quote').length > asked);
    shop.upstream.script({quote: async () => money('10', 'CNY')});
    const quick = createServer(shop.ports).runJob({type: 'procure', procurementId}, signal);
    await until(() => buys(shop) === 1);
    slowQuote.resolve(money('99', 'CNY'));
    await slow;
    assert.equal((await shop.procurement(placed)).state, 'submitting');
    held.answer(delivered('AAAA-1111'));
    await quick;
    assert.equal((await shop.order(placed)).state, 'delivered');
  });

  it('A6: no two purchases have the same reference or password', async () => {
    const shop = await openShop();
    for (let index = 0; index < 20; index++) await shop.placePaid();
    await shop.work();
    const requests = shop.upstream.asked('buy').map(([request]) => request);
    assert.equal(new Set(requests.map(({reference}) => reference)).size, 20);
    assert.equal(new Set(requests.map(({password}) => password)).size, 20);
  });

  it('A7: a paid order whose job was lost is found by the sweep', async () => {
    const shop = await openShop();
    const placed = await shop.placePaid(2);
    const queued = shop.jobs.waiting().filter(({job}) => job.type === 'procure');
    assert.equal(queued.length, 1);
    const fresh = await sweepWithoutJobs(shop);
    assert.ok(fresh.includes('procure'));
    await shop.work();
    assert.deepEqual(await seen(shop, placed), complete);
  });

  it('buys every line of an order, and one that fails does not hold up the other', async () => {
    const shop = await openShop({
      upstream: fakeUpstream({goods: [aGood({code: 'A'}), aGood({code: 'B', title: 'B'})]}),
    });
    shop.upstream.script({
      buy: async ({offer}) => (offer.code === 'A' ? refused('sold_out') : delivered('BBBB-1111')),
    });
    const lines = [
      {skuId: await shop.skuOf('A'), quantity: 1},
      {skuId: await shop.skuOf('B'), quantity: 1},
    ];
    const {intent, token} = await shop.quote(lines);
    const body = {quote: token, contact: 'x'};
    const placed = await json<PlacedOrder>(await shop.fetch('/v1/orders', {key: intent!, body}), 201);
    await shop.notify(await shop.openPayment(placed));
    await shop.work();
    const order = await shop.order(placed);
    assert.deepEqual(
      order.lines.map(({status}) => status),
      ['failed', 'delivered'],
    );
    assert.deepEqual([order.state, order.refundDue.amount, order.keysReady], ['refund_pending', '12.00', 1]);
  });
});

describe('buying: the cost ceiling', () => {
  it('D3: a purchase that costs more than the line may is never sent, and the buyer is owed the money', async () => {
    const shop = await openShop();
    const placed = await shop.placePaid(2);
    shop.upstream.script({buy: never, quote: async () => money('24.0001', 'CNY')});
    await shop.work();
    assert.deepEqual(await seen(shop, placed), owed);
  });

  it('D3: exactly at the ceiling it is sent', async () => {
    const shop = await openShop();
    const placed = await shop.placePaid(2);
    shop.upstream.script({quote: async () => money('24', 'CNY')});
    await shop.work();
    assert.deepEqual(await seen(shop, placed), complete);
  });

  it('D3: the minimum margin lowers the ceiling', async () => {
    const shop = await openShop({listing: {price: {markup: {percent: '20'}, minimumMargin: '1.5'}}});
    const placed = await shop.placePaid(2);
    shop.upstream.script({buy: never, quote: async () => money('21.01', 'CNY')});
    await shop.work();
    assert.equal((await shop.order(placed)).state, 'refund_pending');
  });

  it('a platform that does not say what it costs is asked again, until it does', async () => {
    const shop = await openShop();
    const placed = await shop.placePaid(2);
    shop.upstream.script({quote: silent});
    await shop.work();
    await shop.work(2000);
    assert.deepEqual([buys(shop), (await shop.order(placed)).lines[0]!.status], [0, 'processing']);
    shop.upstream.script({quote: async () => money('20', 'CNY')});
    await shop.work(10_000);
    assert.deepEqual(await seen(shop, placed), complete);
  });

  it('A7: a platform that stays silent is given up after half an hour: nothing was bought, the money is owed', async () => {
    const shop = await openShop();
    const placed = await shop.placePaid(2);
    shop.upstream.script({connect: silent, buy: never});
    for (let minute = 0; minute < 40; minute++) await shop.work(60_000);
    assert.deepEqual(await seen(shop, placed), owed);
    assert.deepEqual(shop.jobs.waiting(), []);
  });
});

describe('what a purchase comes to', () => {
  it('A9: an apology is charged without goods: no key, money owed, a person is called', async () => {
    const {shop, placed} = await paidShop(async () => ({
      kind: 'charged_without_goods',
      orderId: 'up1',
      charged,
      text: apology,
    }));
    assert.deepEqual(await seen(shop, placed), {...owed, attention: 'charged_without_goods'});
    const {attention} = await shop.procurement(placed);
    assert.match(attention!.evidence, /read its order up1\. Reference [0-9a-z]{19}, expected cost 20\.00 CNY/);
    assert.ok(!attention!.evidence.includes(apology));
  });

  for (const [what, secret] of [
    ['an apology', apology],
    ['nothing', ' \n'],
    ['an apology per piece', `${apology}\n${apology}`],
  ] as const) {
    it(`A9: ${what} in the place of cards is never a key`, async () => {
      const {shop, placed} = await paidShop(async () => delivered(secret));
      assert.deepEqual(await seen(shop, placed), {...owed, attention: 'charged_without_goods'});
    });
  }

  it('a short delivery hands over what came and owes the rest', async () => {
    const {shop, placed} = await paidShop(async () => delivered('AAAA-1111'));
    assert.deepEqual(await seen(shop, placed), {
      order: 'refund_pending',
      line: 'partially_delivered',
      delivered: 1,
      failed: 1,
      refundDue: '12.00',
      keys: 1,
      procurement: 'partial',
      attention: 'short_delivery',
    });
  });

  it('F5: a card that was delivered before, to anybody, is not delivered again', async () => {
    const {shop, placed} = await paidShop(async () => delivered('AAAA-1111\nBBBB-2222'));
    assert.deepEqual(await seen(shop, placed), complete);
    shop.upstream.script({buy: async () => delivered('CCCC-3333\n  BBBB-2222 ')});
    const second = await shop.placePaid(2);
    await shop.work();
    const {keys} = await shop.reveal(second);
    assert.deepEqual(
      keys.map(({secret}) => secret),
      [{kind: 'code', code: 'CCCC-3333'}],
    );
    assert.equal((await shop.order(second)).refundDue.amount, '12.00');
  });

  it('F5: the same card for two orders at the same moment goes to one of them', async () => {
    const shop = await openShop();
    shop.upstream.script({buy: async () => delivered('AAAA-1111')});
    const orders = [await shop.placePaid(), await shop.placePaid()];
    const procurements = await Promise.all(orders.map(order => shop.procurement(order)));
    await Promise.all(procurements.map(({id}) => shop.server.runJob({type: 'procure', procurementId: id}, signal)));
    const states = await Promise.all(orders.map(async order => (await shop.order(order)).state));
    assert.deepEqual(states.toSorted(), ['delivered', 'refund_pending']);
  });

  it('F5: the same card twice in one delivery counts once', async () => {
    const {shop, placed} = await paidShop(async () => delivered('AAAA-1111\nAAAA-1111'));
    const {delivered: pieces, failed} = await seen(shop, placed);
    assert.deepEqual([pieces, failed], [1, 1]);
  });

  it('one text with more lines than pieces is one key that stands for all of them', async () => {
    const {shop, placed} = await paidShop(async () => delivered('账号 a\n密码 b\n账号 c\n密码 d'));
    assert.deepEqual(await seen(shop, placed), {...complete, keys: 1});
  });

  it('F1: the seller’s note comes with the key', async () => {
    const {shop, placed} = await paidShop(async () => delivered('AAAA-1\nBBBB-2', {note: '请在 24 小时内使用'}));
    const {keys} = await shop.reveal(placed);
    assert.deepEqual(new Set(keys.map(({note}) => note)), new Set(['请在 24 小时内使用']));
  });

  for (const reason of ['sold_out', 'not_for_sale', 'quantity_not_allowed', 'field_not_accepted', 'other'] as const) {
    it(`a refusal because of ${reason} is final: the money is owed`, async () => {
      const {shop, placed} = await paidShop(async () => refused(reason));
      assert.deepEqual(await seen(shop, placed), owed);
      await shop.work(3_600_000);
      assert.equal(buys(shop), 1);
    });
  }

  for (const reason of ['insufficient_balance', 'account_blocked', 'credentials'] as const) {
    it(`a refusal because of ${reason} is tried again under a new reference, until somebody has mended it`, async () => {
      const {shop, placed} = await paidShop(async () => refused(reason));
      assert.equal((await seen(shop, placed)).line, 'processing');
      shop.upstream.script({buy: async () => delivered('AAAA-1\nBBBB-2')});
      await shop.work(30_000);
      assert.deepEqual(await seen(shop, placed), complete);
      const references = (await shop.attempts(placed)).map(({reference}) => reference);
      assert.equal(new Set(references).size, 2);
    });

    it(`a refusal because of ${reason} that nobody mends for half an hour ends, and the money is owed`, async () => {
      const {shop, placed} = await paidShop(async () => refused(reason));
      for (let minute = 0; minute < 35; minute++) await shop.work(60_000);
      assert.deepEqual(await seen(shop, placed), owed);
      const asked = buys(shop);
      await shop.work(3_600_000);
      assert.equal(buys(shop), asked);
    });
  }

  it('F3: what came of each attempt stays as it was', async () => {
    const {shop, placed} = await paidShop(async () => refused('insufficient_balance', '余额不足'));
    shop.upstream.script({quote: async () => money('99', 'CNY')});
    await shop.work(30_000);
    assert.deepEqual(await seen(shop, placed), owed);
    const [attempt, ...others] = await shop.attempts(placed);
    assert.deepEqual([attempt!.outcome, others], [refused('insufficient_balance', '余额不足'), []]);
  });
});

describe('goods that come later', () => {
  it('are followed until they come', async () => {
    const {shop, placed} = await paidShop(async () => accepted);
    assert.deepEqual(await seen(shop, placed), waiting);
    shop.upstream.script({follow: async () => ({kind: 'pending', text: beingDelivered})});
    await shop.work(5000);
    assert.deepEqual(await seen(shop, placed), waiting);
    shop.upstream.script({follow: silent});
    await shop.work(10_000);
    assert.deepEqual(await seen(shop, placed), waiting);
    shop.upstream.script({follow: async () => ({kind: 'delivered', secret: 'AAAA-1\nBBBB-2'})});
    await shop.work(300_000);
    assert.deepEqual(await seen(shop, placed), complete);
    assert.deepEqual(shop.upstream.asked('follow')[0]![0], {orderId: 'up1', placeholder: beingDelivered});
    assert.equal(buys(shop), 1);
  });

  it('cost what the platform says by then, where it could not say when it accepted the order', async () => {
    const {shop, placed} = await paidShop(async () => accepted);
    const secret = 'AAAA-1\nBBBB-2';
    shop.upstream.script({follow: async () => ({kind: 'delivered', secret, charged: money('10.11', 'CNY')})});
    await shop.work(300_000);
    assert.deepEqual(await seen(shop, placed), complete);
    const [line] = await shop.store.earnings(placed.order.id);
    assert.deepEqual([line!.cost.amount, line!.margin.amount], ['10.11', '13.89']);
  });

  it('may be a sentence that says the top-up is done, the same for every buyer', async () => {
    for (const text of ['充值成功', '已为您充值到账，请查收。']) {
      const {shop, placed} = await paidShop(async () => accepted);
      const second = await shop.placePaid(2);
      await shop.work();
      shop.upstream.script({follow: async () => ({kind: 'delivered', secret: text})});
      await shop.work(300_000);
      for (const order of [placed, second]) assert.deepEqual(await seen(shop, order), {...complete, keys: 1});
    }
  });

  for (const [delivery, hours] of [
    // A reselling platform may say "being delivered" of a good that should come at once, and never change it.
    ['automatic', 1],
    ['manual', 24],
  ] as const) {
    for (const [what, follow] of [
      ['that the platform says nothing new of', async () => ({kind: 'pending', text: '已收到，稍后处理'}) as const],
      ['whose platform is silent', silent],
    ] as const) {
      it(`A8: delivered ${delivery === 'manual' ? 'by hand' : 'at once'} ${what} for ${hours} h call for a person, and are served when they come`, async () => {
        const shop = await openShop({upstream: fakeUpstream({goods: [aGood({delivery})]})});
        shop.upstream.script({buy: async () => ({...accepted, placeholder: '老板加微信领取 ZEBRA'}), follow});
        const placed = await shop.placePaid(2);
        await shop.work();
        for (let at = 0; at < hours; at++) {
          assert.equal((await shop.procurement(placed)).attention, undefined);
          await shop.work(3_600_000);
        }
        await shop.work(600_000);
        const {attention, state} = await shop.procurement(placed);
        assert.deepEqual([attention?.reason, state], ['overdue', 'accepted']);
        assert.match(attention!.evidence, new RegExp(`order up1 ${hours} h ago`));
        assert.ok(!JSON.stringify([attention, shop.log.entries]).includes('ZEBRA'));
        assert.deepEqual(await seen(shop, placed), {...waiting, attention: 'overdue'});
        // Also when the queue was lost meanwhile: the sweep knows of it, and asks no sooner than was meant.
        assert.ok(!(await sweepWithoutJobs(shop)).includes('procure'));
        shop.clock.advance(300_000);
        assert.ok((await sweepWithoutJobs(shop)).includes('procure'));
        const since = attention!.since;
        await shop.work(3_600_000);
        assert.equal((await shop.procurement(placed)).attention!.since, since);
        shop.upstream.script({follow: async () => ({kind: 'delivered', secret: 'AAAA-1\nBBBB-2'})});
        await shop.work(600_000);
        assert.deepEqual(await seen(shop, placed), complete);
        assert.equal(buys(shop), 1);
      });
    }
  }

  it('A8: are looked for at least every five minutes, for days', async () => {
    const {shop, placed} = await paidShop(async () => accepted);
    shop.upstream.script({follow: async () => ({kind: 'pending', text: ''})});
    for (let hour = 0; hour < 48; hour++) await shop.work(3_600_000);
    const before = shop.upstream.asked('follow').length;
    await shop.work(300_000);
    assert.equal(shop.upstream.asked('follow').length, before + 1);
    assert.deepEqual(await seen(shop, placed), {...waiting, attention: 'overdue'});
  });

  it('A8: whose order the platform does not know any more call for a person; nothing is bought again', async () => {
    const {shop, placed} = await paidShop(async () => accepted);
    shop.upstream.script({follow: async () => ({kind: 'absent', text: '订单不存在'})});
    await shop.work(5000);
    const {order, line, attention} = await seen(shop, placed);
    assert.deepEqual([order, line, attention], ['fulfilling', 'processing', 'bought_unreadable']);
    await shop.work(3_600_000);
    assert.deepEqual([shop.upstream.asked('follow').length, buys(shop)], [1, 1]);
  });
});
