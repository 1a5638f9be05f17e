import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {createServer} from '../../../src/server/app.ts';
import {alone, type Presence} from '../../../src/server/presence.ts';
import {takeOverFromDead} from '../../../src/server/procurement/take-over.ts';
import {delivered, heldBuy, lost, refused} from '../../support/fake-upstream.ts';
import {buys, complete, confirming, never, seen, signal, until} from '../../support/one-purchase.ts';
import {openShop, type TestShop} from '../../support/shop-server.ts';

/** A process beside the shop's own. Everybody else is dead to it. */
function anotherProcess(shop: TestShop, presence: Presence = alone()) {
  const ports = {...shop.ports, presence};
  const server = createServer(ports);
  return {
    takeOver: () => takeOverFromDead(ports),
    work: () => shop.jobs.runDue(server.runJob),
  };
}

/** The shop's own process has sent a purchase and waits for the answer. */
async function waitingShop() {
  const shop = await openShop();
  const held = heldBuy();
  shop.upstream.script({buy: held.buy});
  const placed = await shop.placePaid(2);
  const {id: procurementId} = await shop.procurement(placed);
  const ended = shop.server.runJob({type: 'procure', procurementId}, signal);
  await until(() => buys(shop) === 1);
  // The job that sent it ran outside of the queue.
  await anotherProcess(shop).work();
  return {shop, placed, held, ended};
}

describe('a process that is seen by nobody', () => {
  it('sends no purchase, and does when it is seen again', async () => {
    const shop = await openShop();
    const {presence} = shop.ports;
    let isSeen = false;
    const half = anotherProcess(shop, {...presence, watch: () => (isSeen ? presence.watch() : undefined)});
    const placed = await shop.placePaid(2);
    await half.work();
    assert.deepEqual([buys(shop), await shop.attempts(placed)], [0, []]);
    isSeen = true;
    shop.clock.advance(2000);
    await half.work();
    assert.deepEqual(await seen(shop, placed), complete);
  });

  it('does not send what it has claimed, once somebody may have taken it over: it is looked into', async () => {
    const shop = await openShop();
    const blind = anotherProcess(shop, {...shop.ports.presence, watch: () => ({isUnbroken: async () => false})});
    const placed = await shop.placePaid(2);
    shop.upstream.script({buy: never, reconcile: never});
    await blind.work();
    assert.deepEqual(await seen(shop, placed), confirming);
    shop.clock.advance(1000);
    await blind.work();
    assert.deepEqual(await seen(shop, placed), confirming);
    shop.upstream.script({reconcile: async () => delivered('AAAA-1\nBBBB-2')});
    await shop.work(5000);
    assert.deepEqual(await seen(shop, placed), complete);
  });
});

describe('a purchase that was taken over from a process that lives', () => {
  it('is not taken over by the process itself', async () => {
    const {shop, placed, held, ended} = await waitingShop();
    shop.upstream.script({reconcile: never});
    await takeOverFromDead(shop.ports);
    await anotherProcess(shop).work();
    held.answer(delivered('AAAA-1\nBBBB-2'));
    await ended;
    assert.deepEqual(await seen(shop, placed), complete);
  });

  it('is complete by the answer that comes all the same', async () => {
    const {shop, placed, held, ended} = await waitingShop();
    const rival = anotherProcess(shop);
    shop.upstream.script({reconcile: async () => lost});
    await rival.takeOver();
    await rival.work();
    assert.deepEqual(await seen(shop, placed), confirming);
    held.answer(delivered('AAAA-1\nBBBB-2'));
    await ended;
    assert.deepEqual(await seen(shop, placed), complete);
  });

  for (const [what, answer] of [
    ['a refusal', refused('sold_out')],
    ['no answer', lost],
  ] as const) {
    it(`is left to the other one when ${what} comes: its repeat may be what buys`, async () => {
      const {shop, placed, held, ended} = await waitingShop();
      const rival = anotherProcess(shop);
      const look = heldBuy();
      shop.upstream.script({reconcile: look.buy});
      await rival.takeOver();
      const looking = rival.work();
      await until(() => shop.upstream.asked('reconcile').length === 1);
      held.answer(answer);
      await ended;
      assert.deepEqual(await seen(shop, placed), confirming);
      shop.upstream.script({buy: never, reconcile: never});
      await shop.work(1000);
      look.answer(delivered('AAAA-1\nBBBB-2'));
      await looking;
      assert.deepEqual(await seen(shop, placed), complete);
    });
  }

  it('calls for a person no longer when the card has come', async () => {
    const {shop, placed, held, ended} = await waitingShop();
    const rival = anotherProcess(shop);
    shop.upstream.script({reconcile: async () => ({kind: 'bought_unreadable', text: 'The request ID already exists'})});
    await rival.takeOver();
    await rival.work();
    assert.deepEqual(await seen(shop, placed), {...confirming, attention: 'bought_unreadable'});
    held.answer(delivered('AAAA-1\nBBBB-2'));
    await ended;
    assert.deepEqual(await seen(shop, placed), complete);
  });
});
