import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Case, CasePage} from '../../../src/contract/case.ts';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import type {BuyOutcome} from '../../../src/upstreams/port.ts';
import {delivered, lost} from '../../support/fake-upstream.ts';
import {
  accepted,
  apology,
  beingDelivered,
  buys,
  charged,
  complete,
  owed,
  paidShop,
  seen,
} from '../../support/one-purchase.ts';
import {consoleToken, json, openShop, problem, type TestShop} from '../../support/shop-server.ts';

const path = '/v1/console/cases';
const token = consoleToken;
let keys = 0;
const newKey = () => `decision-key-${String(++keys).padStart(6, '0')}`;

const cases = async (shop: TestShop) => (await json<CasePage>(await shop.fetch(path, {token}))).items;
const decide = (shop: TestShop, {id}: Pick<Case, 'id'>, body: unknown, key = newKey()) =>
  shop.fetch(`${path}/${id}/decisions`, {token, key, body});

/** A paid order for two pieces whose purchase came to a case, and that case. */
async function opened(buy: () => Promise<BuyOutcome>): Promise<{shop: TestShop; placed: PlacedOrder; found: Case}> {
  const {shop, placed} = await paidShop(buy);
  shop.upstream.script({
    reconcile: async () => lost,
    follow: async () => ({kind: 'pending', text: beingDelivered}),
  });
  for (let hour = 0; hour < 80 && (await cases(shop)).length === 0; hour++) await shop.work(3_600_000);
  const [found] = await cases(shop);
  assert.ok(found, 'nobody was called');
  return {shop, placed, found};
}

const unresolved = () => opened(async () => lost);

describe('cases for people', () => {
  it('open with a token of the console only', async () => {
    const {shop, found} = await unresolved();
    const calls = [{}, {token: 'wrong'}, {token: `${token}x`}, {headers: {Authorization: `Basic ${token}`}}];
    for (const call of calls) {
      await problem(await shop.fetch(path, call), 'console_token_invalid');
      await problem(await shop.fetch(`${path}/${found.id}`, call), 'console_token_invalid');
      const post = {...call, key: newKey(), body: {choice: 'refund'}};
      await problem(await shop.fetch(`${path}/${found.id}/decisions`, post), 'console_token_invalid');
    }
    assert.equal((await shop.store.procurement(found.id))!.state, 'unknown');
  });

  it('are not guessed at: wrong tokens from one network are counted', async () => {
    const shop = await openShop();
    const call = {token: 'wrong', address: '203.0.113.9'};
    for (let index = 0; index < 30; index++) await problem(await shop.fetch(path, call), 'console_token_invalid');
    await problem(await shop.fetch(path, call), 'too_many_attempts');
    assert.deepEqual(await json(await shop.fetch(path, {token, address: '203.0.113.9'})), {items: []});
  });

  it('F2: tell at which connection what was tried, what it said and what became of the balance, and no card or apology', async () => {
    const {found, shop} = await unresolved();
    assert.deepEqual([found.reason, found.choices], ['unresolved', ['mark_delivered', 'retry', 'refund']]);
    assert.match(
      found.evidence!,
      /timeout: No answer came in time\.\. Since it was sent, the balance went down by 0\.00/,
    );
    const [attempt] = found.attempts;
    assert.match(attempt!.reference, /^[0-9a-z]{19}$/);
    assert.equal(attempt!.connectionId, 'main');
    assert.match(attempt!.text!, /^No answer came in time\.\. Since it was sent, the balance went down by 0\.00 CNY$/);
    assert.deepEqual([attempt!.outcome, attempt!.balanceBefore?.amount], ['unknown', '1000.00']);
    assert.deepEqual(await json(await shop.fetch(`${path}/${found.id}`, {token})), found);

    const charge: BuyOutcome = {kind: 'charged_without_goods', orderId: 'up1', charged, text: apology};
    const broken = await opened(async () => charge);
    assert.deepEqual([broken.found.reason, broken.found.choices], ['charged_without_goods', ['give_up']]);
    assert.ok(!JSON.stringify(broken.found).includes(apology));
  });

  it('come page by page, oldest first', async () => {
    const shop = await openShop();
    shop.upstream.script({buy: async () => delivered(apology)});
    const orders = [];
    for (let index = 0; index < 3; index++) {
      orders.push((await shop.placePaid()).order.id);
      await shop.work(1000);
    }
    const first = await json<CasePage>(await shop.fetch(`${path}?limit=2`, {token}));
    const second = await json<CasePage>(await shop.fetch(`${path}?limit=2&cursor=${first.nextCursor}`, {token}));
    assert.deepEqual(
      [...first.items, ...second.items].map(({orderId}) => orderId),
      orders,
    );
    assert.equal(second.nextCursor, undefined);
    await problem(await shop.fetch(`${path}?cursor=x`, {token}), 'validation_failed');
    await problem(await shop.fetch(`${path}/prc_absent`, {token}), 'not_found');
  });

  it('A8: an accepted order that is overdue is a case while it is followed, and for three days it is', async () => {
    const {shop, placed, found} = await opened(async () => accepted);
    assert.deepEqual([found.reason, (await shop.order(placed)).state], ['overdue', 'fulfilling']);
    const asked = () => shop.upstream.asked('follow').length;
    const followed = async () => {
      const before = asked();
      await shop.work(3_600_000);
      return asked() > before;
    };
    for (let hour = 2; hour < 72; hour++) assert.ok(await followed(), `hour ${hour}`);
    await shop.work(3_600_000);
    assert.equal(await followed(), false);
    const [left] = await cases(shop);
    assert.match(left!.evidence!, /not asked any more/);
    assert.equal(left!.since, found.since);
    await json(await decide(shop, left!, {choice: 'retry'}), 201);
    await shop.work(1_800_000);
    assert.deepEqual(await cases(shop), [], 'whoever asked for it again has an hour before they are called again');
    assert.ok((await followed()) && (await cases(shop)).length === 1);
  });

  it('A8: an overdue case closes by itself when the goods come', async () => {
    const {shop, placed, found} = await opened(async () => accepted);
    shop.upstream.script({follow: async () => ({kind: 'delivered', secret: 'AAAA-1\nBBBB-2'})});
    await shop.work(600_000);
    assert.deepEqual(await seen(shop, placed), complete);
    assert.deepEqual(await cases(shop), []);
    await problem(await decide(shop, found, {choice: 'refund'}), 'decision_not_possible');
  });

  it('A8: an order that a person paid back while it was overdue is followed no further', async () => {
    const {shop, placed, found} = await opened(async () => accepted);
    await json(await decide(shop, found, {choice: 'refund'}), 201);
    shop.upstream.script({follow: async () => ({kind: 'delivered', secret: 'AAAA-1\nBBBB-2'})});
    await shop.work(3_600_000);
    assert.deepEqual(await seen(shop, placed), owed);
  });
});

describe('a person’s decision', () => {
  it('F7: mark delivered hands the pasted cards over, and nothing is bought or looked for any more', async () => {
    const {shop, placed, found} = await unresolved();
    const body = {choice: 'mark_delivered', cards: ['AAAA-1111', 'BBBB-2222'], note: '后台已查到订单'};
    const decided = await json<Case>(await decide(shop, found, body), 201);
    assert.deepEqual(decided.choices, []);
    const [{at: _, ...decision}] = decided.decisions as [Case['decisions'][number]];
    const {reason, evidence} = found as Required<Case>;
    assert.deepEqual(decision, {choice: 'mark_delivered', by: 'owner', note: body.note, pieces: 2, reason, evidence});
    assert.deepEqual(await seen(shop, placed), complete);
    const {keys: shown} = await shop.reveal(placed);
    assert.deepEqual(
      shown.map(({secret}) => secret),
      ['AAAA-1111', 'BBBB-2222'].map(code => ({kind: 'code', code})),
    );
    await shop.work(86_400_000);
    assert.equal(buys(shop), 1);
    assert.deepEqual(await cases(shop), []);
    assert.ok(!JSON.stringify(await shop.store.procurements(placed.order.id)).includes('AAAA'));
  });

  it('F7: mark delivered with fewer cards owes the money for the rest', async () => {
    const {shop, placed, found} = await unresolved();
    await json(await decide(shop, found, {choice: 'mark_delivered', cards: ['AAAA-1111']}), 201);
    const {state, refundDue, keysReady} = await shop.order(placed);
    assert.deepEqual([state, refundDue.amount, keysReady], ['refund_pending', '12.00', 1]);
  });

  it('F5: takes no card that somebody has, none twice, none too many, none without the choice', async () => {
    const {shop, found} = await unresolved();
    shop.upstream.script({buy: async () => delivered('TAKEN-1\nTAKEN-2')});
    await shop.placePaid(2);
    await shop.work();
    for (const body of [
      {choice: 'mark_delivered', cards: ['TAKEN-1']},
      {choice: 'mark_delivered', cards: ['AAAA-1', 'AAAA-1']},
      {choice: 'mark_delivered', cards: ['AAAA-1', 'BBBB-1', 'CCCC-1']},
      {choice: 'mark_delivered', cards: []},
      {choice: 'mark_delivered'},
      {choice: 'refund', cards: ['AAAA-1']},
      {choice: 'other'},
    ]) {
      await problem(await decide(shop, found, body), 'validation_failed');
    }
    assert.equal((await cases(shop)).length, 1);
  });

  it('F7: retry looks into the same purchase again, and never buys a second one', async () => {
    const {shop, placed, found} = await unresolved();
    await json(await decide(shop, found, {choice: 'retry'}), 201);
    shop.upstream.script({reconcile: async () => delivered('AAAA-1\nBBBB-2')});
    await shop.work();
    assert.deepEqual(await seen(shop, placed), complete);
    assert.equal(buys(shop), 1);
    const [attempt] = await shop.attempts(placed);
    assert.deepEqual(attempt!.settledBy, {means: 'repeat', confidence: 'implied'});
  });

  it('F7: retry reads an accepted order again that could not be read', async () => {
    const {shop, placed} = await paidShop(async () => accepted);
    shop.upstream.script({follow: async () => ({kind: 'absent', text: '订单不存在'})});
    await shop.work(5000);
    const [found] = await cases(shop);
    assert.equal(found!.reason, 'bought_unreadable');
    await json(await decide(shop, found!, {choice: 'retry'}), 201);
    shop.upstream.script({follow: async () => ({kind: 'delivered', secret: 'AAAA-1\nBBBB-2'})});
    await shop.work();
    assert.deepEqual(await seen(shop, placed), complete);
    assert.equal(buys(shop), 1);
  });

  it('F7: refund owes the buyer the money; an answer that comes afterwards delivers nothing', async () => {
    const {shop, placed, found} = await unresolved();
    await json(await decide(shop, found, {choice: 'refund'}), 201);
    assert.deepEqual(await seen(shop, placed), owed);
    await shop.work(86_400_000);
    assert.deepEqual(await seen(shop, placed), owed);
  });

  it('F7: give up closes what only the platform still owes; a waiting buyer is never given up', async () => {
    const {shop, placed, found} = await opened(async () => delivered('AAAA-1'));
    assert.deepEqual(found.choices, ['give_up']);
    for (const choice of ['retry', 'refund']) {
      await problem(await decide(shop, found, {choice}), 'decision_not_possible');
    }
    const before = await shop.order(placed);
    await json(await decide(shop, found, {choice: 'give_up'}), 201);
    assert.deepEqual(await shop.order(placed), before);
    const open = await unresolved();
    await problem(await decide(open.shop, open.found, {choice: 'give_up'}), 'decision_not_possible');
  });

  it('is taken once per key, and once at all', async () => {
    const {shop, placed, found} = await unresolved();
    const [key, body] = [newKey(), {choice: 'refund', note: 'x'}];
    const answers = await Promise.all(Array.from({length: 5}, () => decide(shop, found, body, key)));
    const bodies = await Promise.all(answers.map(answer => json<Case>(answer, 201)));
    for (const other of bodies) assert.deepEqual(other, bodies[0]);
    assert.equal((await shop.order(placed)).refundDue.amount, '24.00');
    await problem(await decide(shop, found, {choice: 'refund'}, key), 'idempotency_key_reused');
    await problem(await decide(shop, found, body), 'decision_not_possible');
    await problem(await shop.fetch(`${path}/${found.id}/decisions`, {token, body}), 'idempotency_key_missing');
    await problem(await decide(shop, {id: 'prc_absent'}, body), 'not_found');
  });
});
