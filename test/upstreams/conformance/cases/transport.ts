import assert from 'node:assert/strict';
import type {BuyOutcome, BuyRequest} from '../../../../src/upstreams/port.ts';
import type {ConformanceCase} from '../conformance-case.ts';
import {
  cutAfter,
  declaredAs,
  endAfter,
  gzipBomb,
  htmlPage,
  hundredMegabytes,
  silence,
  watch,
  type Meddling,
} from '../meddler.ts';
import {handedOver, kindsCode, patient, plainCode, settle, type World} from '../world.ts';

export const transportCases: readonly ConformanceCase[] = [
  {
    name: 'lost-answer-at-every-byte',
    async run(world) {
      const {meddler, fixture, sandbox} = world;
      const template = await world.request(plainCode);
      meddler.meddle(watch, fixture.isPurchase);
      assert.equal((await world.upstream.buy(template, patient)).kind, 'delivered');
      const length = meddler.longestBody;
      for (let byte = 0; byte < length; byte++) {
        for (const [way, meddling] of Object.entries({cut: cutAfter(byte), ended: endAfter(byte)})) {
          if (sandbox.platform.unsold(sandbox.platform.good(plainCode)!.id).length < 5) {
            sandbox.platform.setStock(plainCode, 40);
          }
          const request = {...template, reference: `${way[0]}${byte}x${template.reference}`.slice(0, 19)};
          await isLostAndFound(world, request, meddling);
        }
      }
    },
  },
  {
    name: 'slow-answer',
    async run(world) {
      const request = await world.request(plainCode);
      world.meddler.meddle(silence, world.fixture.isPurchase);
      const hasty = world.reopen({purchaseTimeout: 50});
      const outcome = await hasty.buy(request, patient);
      assert.deepEqual([outcome.kind, 'reason' in outcome && outcome.reason], ['unknown', 'timeout']);
      await isFound(world, request, outcome);
      // The caller's own patience ends it as well.
      world.meddler.meddle(silence, world.fixture.isPurchase);
      const another = await world.request(plainCode);
      assert.equal((await world.upstream.buy(another, AbortSignal.timeout(50))).kind, 'unknown');
    },
  },
  {
    name: 'html-page',
    async run(world) {
      for (const reachesPlatform of [true, false]) {
        await isLostAndFound(world, await world.request(plainCode), htmlPage(reachesPlatform), reachesPlatform);
      }
      world.meddler.meddle(htmlPage(false), world.fixture.isCatalogue);
      await assert.rejects(world.upstream.catalogue(patient), {name: 'UpstreamError', reason: 'not_json'});
    },
  },
  {
    name: 'gzip-bomb',
    async run(world) {
      await isLostAndFound(world, await world.request(plainCode), gzipBomb);
      world.meddler.meddle(gzipBomb, world.fixture.isCatalogue);
      await assert.rejects(world.upstream.catalogue(patient), {name: 'UpstreamError', reason: 'too_large'});
    },
  },
  {
    name: 'answer-of-100-mb',
    async run(world) {
      const flood = hundredMegabytes();
      await isLostAndFound(world, await world.request(plainCode), flood);
      await flood.ended;
      assert.ok(flood.written() < 64 * 1_048_576, `${flood.written()} bytes were taken`);
      const second = hundredMegabytes();
      world.meddler.meddle(second, world.fixture.isCatalogue);
      await assert.rejects(world.upstream.catalogue(patient), {name: 'UpstreamError', reason: 'too_large'});
      await second.ended;
      assert.ok(second.written() < 64 * 1_048_576, `${second.written()} bytes were taken`);
    },
  },
  {
    name: 'wrong-charset',
    async run(world) {
      const {upstream, sandbox, meddler, fixture} = world;
      for (const charset of ['gb2312', 'iso-8859-1', 'no-such-charset']) {
        meddler.meddle(declaredAs(charset), () => true);
        const {goods} = await upstream.catalogue(patient);
        const title = sandbox.platform.good(kindsCode)!.title;
        assert.ok(goods.some(good => good.title.startsWith(title)));
        const request = await world.request(plainCode);
        const outcome = await settle(world, request, await upstream.buy(request, patient));
        assert.deepEqual(handedOver(outcome, 1), [world.ordersOf(request)[0]!.secret]);
      }
      // Bytes that are no UTF-8 at all: something is read or nothing is, and nothing is bought twice.
      const halfCharacter: Meddling = {
        reachesPlatform: true,
        answer: ({body, status, headers}, outgoing) => {
          outgoing.writeHead(status, headers);
          outgoing.end(Buffer.concat([body.subarray(0, 1), Buffer.from([0xb0, 0xff]), body.subarray(1)]));
        },
      };
      await isLostAndFound(world, await world.request(plainCode), halfCharacter);
      assert.equal(fixture.protocol, upstream.protocol);
    },
  },
];

/** The purchase's answer is spoiled: it reads as unknown, and as nothing else. Then the truth is found. */
async function isLostAndFound(world: World, request: BuyRequest, meddling: Meddling, wasBought = true): Promise<void> {
  world.meddler.meddle(meddling, world.fixture.isPurchase);
  const outcome = await world.upstream.buy(request, patient);
  assert.equal(outcome.kind, 'unknown', JSON.stringify(outcome));
  assert.equal(world.ordersOf(request).length, wasBought ? 1 : 0);
  await isFound(world, request, outcome);
}

async function isFound(world: World, request: BuyRequest, lost: BuyOutcome): Promise<void> {
  const {upstream, meddler} = world;
  const {idempotency, queryByReference} = upstream.capabilities;
  const wasBought = world.ordersOf(request).length === 1;
  const orders = world.sandbox.platform.orders().length;
  meddler.leaveAlone();
  const outcome = await settle(world, request, lost);
  if (idempotency === 'none' && !(queryByReference && wasBought)) {
    // Not to find an order proves nothing, and a repeat could buy twice.
    assert.equal(outcome.kind, 'unknown');
    assert.equal(world.sandbox.platform.orders().length, orders, 'what nobody can find is never sent again');
    if (world.upstream.capabilities.maximumReferenceLength > 0)
      assert.equal(world.ordersOf(request).length, wasBought ? 1 : 0);
    return;
  }
  assert.equal(world.ordersOf(request).length, 1, 'looking into it never buys twice');
  const isReadable = idempotency === 'replay' || queryByReference || !wasBought;
  if (!isReadable) return assert.equal(outcome.kind, 'bought_unreadable');
  assert.deepEqual(handedOver(outcome, request.quantity), [world.ordersOf(request)[0]!.secret]);
}
