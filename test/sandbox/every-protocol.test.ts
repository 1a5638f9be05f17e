import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import type {Upstream} from '../../src/upstreams/port.ts';
import {sandboxProtocols} from '../../src/sandbox/index.ts';
import {fixtures} from '../upstreams/conformance/fixtures/index.ts';
import {openWorld, patient, plainCode, type World} from '../upstreams/conformance/world.ts';

/** The shop's own stock is no platform. */
const platforms = fixtures.filter(({protocol}) => protocol !== 'own-stock');

test('the conformance suite knows every protocol that the sandbox speaks', () => {
  assert.deepEqual(
    platforms.map(({protocol}) => protocol),
    sandboxProtocols.map(({name}) => name).filter(name => name !== 'pay'),
  );
});

for (const fixture of platforms) {
  describe(`the platform by ${fixture.protocol}`, () => {
    let world: World;
    before(async () => {
      world = await openWorld(fixture);
    });
    after(() => world.close());

    const isListed = async (upstream: Upstream, code: string) =>
      (await upstream.catalogue(patient)).goods.some(good => good.code === code);

    test('neither shows nor sells what is for a higher tier, and does once the account is in it', async () => {
      const {sandbox, upstream} = world;
      const {platform} = sandbox;
      const code = fixture.codeOf(platform.good(plainCode)!);
      const request = await world.request(plainCode);
      const tiers = ['0', '1000000', '2000000'].map((monthlySales, index) => {
        return {id: index + 1, name: `级别 ${index + 1}`, discounts: [], monthlySales};
      });
      platform.setGroups(tiers);
      platform.changeGood(plainCode, {exclusiveTo: 2});
      assert.ok(!(await isListed(upstream, code)));
      await assert.rejects(upstream.good(code, patient));
      const {kind} = await upstream.buy(request, patient);
      assert.ok(kind === 'refused' || kind === 'unknown', kind);
      assert.equal(platform.orders().length, 0);

      platform.setGroup(1000, 2);
      assert.ok(await isListed(upstream, code));
      assert.equal((await upstream.buy(await world.request(plainCode), patient)).kind, 'delivered');
    });

    test('is struck by faults that wait for its protocol, and by no other’s', async () => {
      const {sandbox, upstream} = world;
      const armed = {fault: 'key-refused', endpoint: '*', times: null} as const;
      sandbox.faults.arm({...armed, protocol: platforms.find(other => other !== fixture)!.protocol});
      const before = await upstream.connect(patient);
      assert.equal(before.balance!.amount, world.balance());
      const fault = sandbox.faults.arm({...armed, protocol: fixture.protocol});
      const request = await world.request(plainCode).catch(() => undefined);
      assert.equal(request, undefined);
      await assert.rejects(upstream.connect(patient));
      sandbox.faults.clear(fault.id);
      assert.deepEqual(await upstream.connect(patient), before);
    });

    test('looks at a call’s time with its own clock, where it looks at it at all', async () => {
      const {sandbox, upstream} = world;
      sandbox.faults.arm({fault: 'clock-skew', endpoint: '*', times: null, seconds: 3600, protocol: fixture.protocol});
      const connecting = upstream.connect(patient);
      if (upstream.capabilities.clockSkewSeconds === null) await connecting;
      else await assert.rejects(connecting, {reason: 'clock'});
    });
  });
}
