import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import type {BuyOutcome} from '../../src/upstreams/port.ts';
import {createPurchaseTurns} from '../../src/upstreams/purchase-turns.ts';

const lost: BuyOutcome = {kind: 'unknown', reason: 'timeout', text: ''};
const {signal} = new AbortController();

test('A6: one reference is never in flight twice, whatever the schedule and whoever fails; others do not wait for it', async () => {
  const calls = fc.array(fc.record({reference: fc.constantFrom('a' as const, 'b' as const), fails: fc.boolean()}), {
    minLength: 1,
  });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), calls, async (scheduler, asked) => {
      const inTurn = createPurchaseTurns('POST /orders');
      const inFlight = {a: 0, b: 0};
      const outcomes = asked.map(({reference, fails}) =>
        inTurn({reference}, signal, async () => {
          inFlight[reference] += 1;
          assert.equal(inFlight[reference], 1, `${reference} is in flight twice`);
          await scheduler.schedule(Promise.resolve(), reference);
          inFlight[reference] -= 1;
          if (fails) throw new TypeError('fetch failed');
          return lost;
        }),
      );
      await scheduler.waitFor(Promise.all(outcomes));
      assert.deepEqual(new Set((await Promise.all(outcomes)).map(({kind}) => kind)), new Set(['unknown']));
    }),
  );
});

test('A6: a purchase of another reference does not wait for one that hangs', async () => {
  const inTurn = createPurchaseTurns('POST /orders');
  const {promise, resolve} = Promise.withResolvers<BuyOutcome>();
  const hanging = inTurn({reference: 'a'}, signal, () => promise);
  const behind = inTurn({reference: 'a'}, signal, async () => lost);
  assert.equal(await inTurn({reference: 'b'}, signal, async () => lost), lost);
  const first = await Promise.race([behind.then(() => 'behind'), Promise.resolve('still waiting')]);
  assert.equal(first, 'still waiting');
  resolve(lost);
  assert.deepEqual(await Promise.all([hanging, behind]), [lost, lost]);
});
