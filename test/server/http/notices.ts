import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {PlacedOrder} from '../../../src/contract/order.ts';
import type {
  PlatformEvent,
  WebhookAnswer,
  WebhookNotice,
  WebhookReading,
} from '../../../src/upstreams/optional-calls.ts';
import type {BuyOutcome} from '../../../src/upstreams/port.ts';
import {delivered, fakeUpstream, lost} from '../../support/fake-upstream.ts';
import {accepted, beingDelivered, buys, complete, confirming, seen, waiting} from '../../support/one-purchase.ts';
import {openShop, problem, type TestShop} from '../../support/shop-server.ts';

const path = '/v1/connections/main/notices';
const ok: WebhookAnswer = {status: 200, mediaType: 'application/json', body: '{"ok":true}'};
const no: WebhookAnswer = {status: 200, mediaType: 'application/json', body: '{"ok":false}'};

/** A platform that sends notices; its notices are signed with the word "secret". */
function notifying(read: (notice: WebhookNotice) => WebhookReading = readNotice) {
  return Object.assign(fakeUpstream({capabilities: {webhook: true}}), {webhook: read});
}

function readNotice({headers, body}: WebhookNotice): WebhookReading {
  if (headers['x-signature'] !== 'secret') return {kind: 'refused', reason: 'forged', text: 'forged', answer: no};
  return {kind: 'verified', events: JSON.parse(new TextDecoder().decode(body)) as PlatformEvent[], answer: ok};
}

const anEvent = (event: Partial<PlatformEvent>): PlatformEvent => ({
  id: 'event-1',
  orderId: 'up1',
  status: 'completed',
  at: 0,
  ...event,
});
const send = (shop: TestShop, events: readonly PlatformEvent[], signature = 'secret', to = path) =>
  shop.fetch(to, {method: 'POST', body: JSON.stringify(events), headers: {'X-Signature': signature}});

/** An order for two pieces that the platform took and has not delivered; nothing is due. */
async function accepting(buy: () => Promise<BuyOutcome> = async () => accepted) {
  const shop = await openShop({upstream: notifying(), others: {second: notifying()}});
  shop.upstream.script({buy});
  const placed = await shop.placePaid(2);
  await shop.work();
  shop.upstream.script({follow: async () => ({kind: 'delivered', secret: 'AAAA-1\nAAAA-2'})});
  const {reference} = (await shop.attempts(placed))[0]!;
  return {shop, placed, reference};
}
const lostBuy = async () => lost;

const unchanged = async (shop: TestShop, placed: PlacedOrder) => {
  await shop.work();
  assert.deepEqual(await seen(shop, placed), waiting);
  assert.equal(shop.upstream.asked('follow').length, 0);
};

describe('a notice of a platform', () => {
  it('has the order read again, and what that says is what counts', async () => {
    const {shop, placed, reference} = await accepting();
    assert.equal(await (await send(shop, [anEvent({reference})])).text(), ok.body);
    await shop.work();
    assert.deepEqual(await seen(shop, placed), complete);
    assert.equal(shop.upstream.asked('follow').length, 1);
  });

  it('that says more than the platform then does changes nothing', async () => {
    const {shop, placed, reference} = await accepting();
    shop.upstream.script({follow: async () => ({kind: 'pending', text: beingDelivered})});
    await send(shop, [anEvent({reference, status: 'refunded'})]);
    await shop.work();
    assert.deepEqual(await seen(shop, placed), waiting);
  });

  it('A1: sent many times, also at once, has the order read once and delivered once', async () => {
    const {shop, placed, reference} = await accepting();
    const answers = await Promise.all(Array.from({length: 10}, () => send(shop, [anEvent({reference})])));
    assert.ok(answers.every(({status}) => status === 200));
    await shop.work();
    await send(shop, [anEvent({reference})]);
    await send(shop, [anEvent({reference, id: 'event-0', status: 'paid'})]);
    await shop.work();
    assert.deepEqual(await seen(shop, placed), complete);
    assert.equal(shop.upstream.asked('follow').length, 1);
    assert.equal(buys(shop), 1);
  });

  it('E2: with another order id, another reference, or at another connection touches nothing', async () => {
    const {shop, placed, reference} = await accepting();
    await send(shop, [anEvent({reference, orderId: 'up2'})]);
    await send(shop, [anEvent({reference: '1111111111111111111'})]);
    await send(shop, [anEvent({})]);
    await send(shop, [anEvent({reference})], 'secret', '/v1/connections/second/notices');
    await unchanged(shop, placed);
    // None of them stands in the way of the true one.
    await send(shop, [anEvent({reference})]);
    await shop.work();
    assert.deepEqual(await seen(shop, placed), complete);
  });

  it('about an order whose answer was lost has it looked into by the means for that, not sooner than is safe', async () => {
    const {shop, placed, reference} = await accepting(lostBuy);
    assert.deepEqual(await seen(shop, placed), confirming);
    shop.upstream.script({reconcile: async () => delivered('AAAA-1\nAAAA-2')});
    await send(shop, [anEvent({reference, orderId: 'anything'})]);
    await shop.work();
    await shop.work(2000);
    assert.deepEqual(await seen(shop, placed), complete);
    assert.equal(buys(shop), 1);
  });

  it('that is forged is answered as the protocol wants it, and changes nothing', async () => {
    const {shop, placed, reference} = await accepting();
    const answer = await send(shop, [anEvent({reference})], 'guess');
    assert.deepEqual([answer.status, await answer.text()], [200, no.body]);
    await unchanged(shop, placed);
    assert.ok(shop.log.events('warn').includes('notice refused'));
  });

  it('may be refused by its status where the protocol reads that', async () => {
    const refused = {
      kind: 'refused',
      reason: 'stale',
      text: 'old',
      answer: {...no, status: 400, mediaType: 'text/plain'},
    };
    const shop = await openShop({upstream: notifying(() => refused as WebhookReading)});
    assert.equal((await send(shop, [])).status, 400);
  });

  it('is handed to the adapter byte by byte, with its path and its headers', async () => {
    const notices: WebhookNotice[] = [];
    const shop = await openShop({
      upstream: notifying(notice => {
        notices.push(notice);
        return {kind: 'verified', events: [], answer: ok};
      }),
    });
    const body = new Uint8Array([0, 255, 10, 13, 0xed, 0xa0]);
    await shop.fetch(`${path}?a=%20b`, {method: 'POST', body, headers: {'X-Odd': 'é'}});
    const [notice] = notices;
    assert.deepEqual([notice!.method, notice!.path, notice!.headers['x-odd']], ['POST', `${path}?a=%20b`, 'é']);
    assert.deepEqual(notice!.body, body);
  });

  it('is bounded, and goes only where somebody takes it', async () => {
    const shop = await openShop({upstream: notifying(), others: {second: fakeUpstream()}});
    await problem(await shop.fetch(path, {method: 'POST', body: 'x'.repeat(1_048_577)}), 'payload_too_large');
    await problem(await send(shop, [], 'secret', '/v1/connections/second/notices'), 'not_found');
    await problem(await send(shop, [], 'secret', '/v1/connections/absent/notices'), 'not_found');
    await problem(await shop.fetch(path), 'method_not_allowed');
  });

  it('with odd ids, references and words is no error of the server', async () => {
    const {shop, placed} = await accepting();
    for (const text of ['\0', '\ud800', 'x'.repeat(100_000), "'; --", '']) {
      const odd = anEvent({id: text, orderId: text, reference: text, status: text});
      assert.equal((await send(shop, [odd])).status, 200);
    }
    assert.equal(
      (
        await send(
          shop,
          Array.from({length: 500}, () => anEvent({reference: 'x'})),
        )
      ).status,
      200,
    );
    await unchanged(shop, placed);
  });

  it('from a page is not taken', async () => {
    const shop = await openShop({upstream: notifying()});
    const answer = await shop.fetch(path, {method: 'POST', body: '[]', headers: {Origin: 'https://evil.example'}});
    await problem(answer, 'origin_not_allowed');
  });
});
