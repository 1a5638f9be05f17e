import assert from 'node:assert/strict';
import {sendingsUnder} from '../../../../src/sandbox/faults/callback-faults.ts';
import {can, type WebhookNotice} from '../../../../src/upstreams/optional-calls.ts';
import type {ConformanceCase} from '../conformance-case.ts';
import {isDelivered, manualCode, patient, type World} from '../world.ts';

const applies: ConformanceCase['applies'] = ({webhook}) => webhook;

export const webhookCases: readonly ConformanceCase[] = [
  {
    name: 'webhook-twice',
    applies,
    async run(world) {
      const {tradeNo, orderId, reference} = await aNotice(world);
      world.sandbox.faults.arm({fault: 'callback-twice'});
      const [first, second] = (await sentFor(world, tradeNo)).map(({callback}) => read(world, callback));
      assert.ok(first?.kind === 'verified' && second?.kind === 'verified');
      assert.deepEqual(first, second, 'the same notice is the same event');
      assert.deepEqual([first.events[0]!.orderId, first.events[0]!.reference], [orderId, reference]);
    },
  },
  {
    name: 'webhook-out-of-order',
    applies,
    async run(world) {
      const {orderId, placeholder, charged, tradeNo} = await aNotice(world);
      world.sandbox.faults.arm({fault: 'callback-late'});
      const [overtaken] = await sentFor(world, tradeNo);
      world.passTime(2000);
      world.sandbox.platform.deliver(tradeNo, 'KEY-0001-DONE');
      const [newer] = await sentFor(world, tradeNo);
      assert.ok(overtaken!.delayMs > newer!.delayMs + 2000, 'the older one comes last');
      const [late, early] = [read(world, newer!.callback), read(world, overtaken!.callback)];
      assert.ok(late.kind === 'verified' && early.kind === 'verified');
      assert.ok(late.events[0]!.at > early.events[0]!.at, 'the older one shows that it is');
      assert.notEqual(late.events[0]!.id, early.events[0]!.id);
      // Notices are hints: whichever came last, the order says what is true.
      await isDelivered(world, {orderId, placeholder}, 'KEY-0001-DONE', charged);
    },
  },
  {
    name: 'webhook-forged',
    applies,
    async run(world) {
      const {notice, tradeNo} = await aNotice(world);
      world.sandbox.faults.arm({fault: 'callback-forged'});
      const [forged, honestOne] = (await sentFor(world, tradeNo)).map(({callback}) => read(world, callback));
      assert.deepEqual([forged!.kind, honestOne!.kind], ['refused', 'verified']);
      const honest = read(world, notice);
      const covered = world.upstream.capabilities.webhookSigned ? notice.body.length : 0;
      for (let bit = 0; bit < covered * 8; bit++) {
        const index = bit >> 3;
        const body = Uint8Array.from(notice.body, (byte, at) => (at === index ? byte ^ (1 << (bit & 7)) : byte));
        const changed = read(world, {...notice, body});
        // What no signature covers must not matter.
        if (changed.kind === 'verified') assert.deepEqual(changed, honest, `bit ${bit} was flipped`);
      }
      for (const name of Object.keys(notice.headers).filter(header => header !== 'content-type')) {
        const {[name]: value = '', ...others} = notice.headers;
        for (const headers of [others, {...others, [name]: `${value}0`}]) {
          const reading = read(world, {...notice, headers});
          assert.equal(reading.kind, 'refused', `${name} was changed`);
        }
      }
      world.passTime(24 * 3_600_000);
      assert.equal(
        read(world, notice).kind,
        world.upstream.capabilities.clockSkewSeconds === null ? 'verified' : 'refused',
      );
    },
  },
  {
    name: 'webhook-for-another-shop',
    applies,
    async run(world) {
      const {tradeNo} = await aNotice(world);
      world.sandbox.faults.arm({fault: 'callback-for-another-shop'});
      const [misled, own] = (await sentFor(world, tradeNo)).map(({callback}) => read(world, callback));
      assert.deepEqual([misled!.kind, own!.kind], ['refused', 'verified']);
      const halfStranger = {...stranger, id: world.account.id};
      assert.equal(read(world, await noticeOf(world, tradeNo, halfStranger)).kind, 'refused');
    },
  },
];

async function aNotice(world: World) {
  const request = await world.request(manualCode);
  const outcome = await world.upstream.buy(request, patient);
  assert.ok(outcome.kind === 'accepted');
  const {tradeNo} = world.ordersOf(request)[0]!;
  const {orderId, placeholder, charged} = outcome;
  return {notice: await noticeOf(world, tradeNo), orderId, placeholder, charged, tradeNo, reference: request.reference};
}

const stranger = {id: '2000', key: 'STRANGERSTRANGER'};

/** What the platform sends about an order now, under the faults that are armed. */
function sentFor(world: World, tradeNo: string) {
  const {sandbox, fixture, account} = world;
  const {goodCode} = sandbox.platform.order(tradeNo)!;
  const faults = sandbox.faults.on(fixture.protocol);
  return sendingsUnder(faults, goodCode, account, stranger, sender => noticeOf(world, tradeNo, sender));
}

async function noticeOf({fixture, sandbox, account}: World, tradeNo: string, sender = account): Promise<WebhookNotice> {
  assert.ok(fixture.notice, 'a fixture of a platform with webhooks makes them');
  return fixture.notice(sandbox, sandbox.platform.order(tradeNo)!, sender);
}

function read({upstream}: World, notice: WebhookNotice) {
  assert.ok(can(upstream, 'webhook'));
  return upstream.webhook(notice);
}
