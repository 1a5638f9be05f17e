import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {simulate} from './simulate.ts';

const seed = 20_260_124;

describe(`1,000 orders over five platforms with every fault at 5 %, seed ${seed}`, () => {
  it('D3 A1 A2 A4 A5 A8 A9 A11 A12 A13: loses, doubles and misplaces neither money nor cards', async () => {
    const {orders, sent, states, deaths, found, decisions} = await simulate(1000, seed);
    assert.ok(orders >= 1000);
    // What the run is about did happen in it.
    assert.equal(Object.keys(sent).length, 5);
    for (const [protocol, count] of Object.entries(sent)) assert.ok(count > 50, protocol);
    for (const state of ['delivered', 'refund_pending', 'expired']) assert.ok(states[state]! > 10, state);
    assert.ok(deaths > 20 && decisions > 100);
    for (const means of ['replay', 'repeat']) assert.ok(found[means]! > 20, means);
  });

  it('gives the same run for the same seed', async () => {
    assert.deepEqual(await simulate(40, 7), await simulate(40, 7));
  });
});
