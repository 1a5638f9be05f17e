import assert from 'node:assert/strict';
import {multiply} from '../../../../src/domain/money.ts';
import {can} from '../../../../src/upstreams/optional-calls.ts';
import type {OfferKey} from '../../../../src/upstreams/port.ts';
import type {ConformanceCase} from '../conformance-case.ts';
import {kindsCode, patient, plainCode, type World} from '../world.ts';

export const goodsCases: readonly ConformanceCase[] = [
  {
    name: 'list',
    wireless: true,
    async run(world) {
      const {fixture, upstream} = world;
      const {goods, categories, rejected} = await upstream.catalogue(patient);
      assert.deepEqual(rejected, []);
      assert.ok(categories.some(({name}) => name === 'Steam 充值'));
      for (const platformGood of world.goods()) {
        for (const code of world.codesOf(platformGood.code)) {
          const good = goods.find(candidate => candidate.code === code);
          assert.ok(good);
          // A kind that is a good of its own adds its name.
          assert.equal(good.title.slice(0, platformGood.title.length), platformGood.title);
          const delivery = upstream.capabilities.deliveryKinds ? platformGood.delivery : 'automatic';
          assert.equal(good.delivery, delivery);
        }
      }
      const plain = goods.find(({code}) => code === world.codeOf(plainCode))!;
      assert.equal(plain.offers[0]!.costs[0]!.price.amount, '0.15');
      if (!world.hasVariants) return;
      const kinds = world.codesOf(kindsCode).map(code => goods.find(good => good.code === code)!);
      assert.deepEqual(
        kinds.flatMap(({offers}) => offers).map(({costs}) => costs[0]!.price.amount),
        ['10.01', '27.50'],
      );
      if (fixture.kindCodes) assert.ok(kinds[0]!.title.includes('月卡') && kinds[1]!.title.includes('季卡'));
      else assert.deepEqual(kinds[0]!.options[0]!.values, ['月卡', '季卡']);
    },
  },
  {
    name: 'page',
    applies: ({pages}) => pages,
    async run(world) {
      const {upstream, sandbox} = world;
      const {goods} = await upstream.catalogue(patient);
      assert.equal(goods.length, sandbox.platform.goods().flatMap(({code}) => world.codesOf(code)).length);
      assert.equal(new Set(goods.map(({code}) => code)).size, goods.length);
    },
  },
  {
    name: 'delta',
    applies: ({delta}) => delta,
    async run(world) {
      const {upstream, sandbox} = world;
      assert.ok(can(upstream, 'delta'));
      const since = world.now();
      world.passTime(60_000);
      sandbox.platform.changeGood(plainCode, {title: '新名字'});
      sandbox.platform.changeGood(kindsCode, {onSale: false});
      const {goods, gone} = await upstream.delta(since, patient);
      assert.deepEqual(
        goods.map(({code, title}) => [code, title]),
        [[world.codeOf(plainCode), '新名字']],
      );
      assert.deepEqual(gone, world.codesOf(kindsCode));
      world.passTime(60_000);
      assert.deepEqual((await upstream.delta(world.now(), patient)).goods, []);
    },
  },
  {
    name: 'search',
    applies: ({search}) => search,
    async run(world) {
      assert.ok(can(world.upstream, 'search'));
      const found = await world.upstream.search('腾讯视频', patient);
      assert.deepEqual(
        found.map(({code}) => code),
        world.codesOf(kindsCode),
      );
    },
  },
  {
    name: 'stock',
    wireless: true,
    applies: ({countsStock}) => countsStock,
    async run(world) {
      const {upstream} = world;
      const offer = await firstOffer(world, plainCode);
      for (const count of [40, 1, 0]) {
        await world.setStock(plainCode, count);
        const stock = await upstream.stock(offer, patient);
        assert.deepEqual([stock.kind, 'count' in stock && stock.count], ['counted', count]);
      }
      const oneKind = await upstream.stock(await firstOffer(world, kindsCode), patient);
      assert.equal('count' in oneKind && oneKind.count, 2);
    },
  },
  {
    name: 'quote',
    wireless: true,
    async run(world) {
      const {upstream} = world;
      for (const code of [plainCode, kindsCode]) {
        const offer = await firstOffer(world, code);
        const {offers} = await upstream.good(offer.code, patient);
        for (const quantity of [1, 3]) {
          const quoted = await upstream.quote(offer, quantity, patient);
          assert.deepEqual(quoted, multiply(offers[0]!.costs[0]!.price, quantity));
        }
      }
      await assert.rejects(upstream.quote({...(await firstOffer(world, plainCode)), code: '999'}, 1, patient), {
        name: 'UpstreamError',
        reason: upstream.capabilities.refusalReasons ? 'absent' : 'refused',
      });
    },
  },
];

async function firstOffer(world: World, code: string): Promise<OfferKey> {
  return (await world.request(code)).offer;
}
