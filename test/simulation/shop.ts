import assert from 'node:assert/strict';
import type {ProductPage} from '../../src/contract/product.ts';
import {createServer, type Server} from '../../src/server/app.ts';
import {env, type ShopConfig} from '../../src/server/config/config.ts';
import {createMemoryStore} from '../../src/server/persistence/memory-store.ts';
import type {Store} from '../../src/server/persistence/store.ts';
import type {ServerPorts} from '../../src/server/ports.ts';
import {alone} from '../../src/server/presence.ts';
import {fakeLog} from '../support/fake-log.ts';
import {fakePaymentProvider, type FakePaymentProvider} from '../support/fake-payment-provider.ts';
import {handDrivenJobs, type HandDrivenJobs} from '../support/hand-driven-jobs.ts';
import {admit} from '../support/console-people.ts';
import {masterKey, requestOf, shopAddress, testConfig, type Call} from '../support/shop-server.ts';
import {keysAtOnce} from './keys-at-once.ts';
import {goodsCount, Killed, type SimulatedPlatform} from './platforms.ts';
import type {VirtualClock} from './virtual-clock.ts';

/** The shop server over the simulated platforms. */
export interface SimulatedShop {
  readonly store: Store;
  readonly ports: ServerPorts;
  readonly provider: FakePaymentProvider;
  readonly skuIds: readonly string[];
  call<Body>(path: string, call?: Call): Promise<{readonly status: number; readonly body: Body}>;
  /** Does what is due until then, each thing at its time. */
  workUntil(moment: number): Promise<void>;
  readonly deaths: number;
}

const sweepEveryMs = 60_000;
const policies = ['cheapest', 'most_trusted', 'fastest', 'weighted', 'by_hand'] as const;

/** Goods that are sold as one: most have several sources, by every policy in turn; the last of each platform stand alone. */
function joinedListings(platforms: readonly SimulatedPlatform[]): NonNullable<ShopConfig['listings']> {
  return Array.from({length: goodsCount - 6}, (_, index) => {
    const first = index % platforms.length;
    const sources = Array.from({length: 2 + (index % 3)}, (_, next) => {
      const {id, codes} = platforms[(first + next) % platforms.length]!;
      return {connection: id, good: codes[index]!, weight: next + 1};
    });
    return {sources, policy: policies[index % policies.length]!, splits: index % 2 === 0};
  });
}

export async function openSimulatedShop(
  clock: VirtualClock,
  platforms: readonly SimulatedPlatform[],
): Promise<SimulatedShop> {
  const jobs = handDrivenJobs(clock);
  const store = createMemoryStore({clock, queue: jobs});
  const provider = fakePaymentProvider();
  const ports: ServerPorts = {
    config: testConfig({
      config: {
        connections: platforms.map(({id}, index) => ({
          id,
          protocol: 'acg-faka' as const,
          url: `https://${id}.example`,
          credentials: {appId: env('APP_ID'), appKey: env('APP_KEY')},
          trust: 20 * index,
          // Readings of goods are not what this is about; purchases ask for themselves.
          syncEverySeconds: 12 * 3600,
          changesEverySeconds: 12 * 3600,
          watch: {everySeconds: 3600, mostGoods: 1},
          terms: {serviceFee: '0.5', commission: '1', tierDiscount: '2'},
          listing: {price: {markup: {percent: '15'}, minimumMargin: '0.10'}},
        })),
        listings: joinedListings(platforms),
        coupons: [{code: 'SAVE10', discount: {percent: '10'}}],
      },
    }),
    store,
    presence: alone(),
    upstreams: new Map(platforms.map(({id, upstream}) => [id, upstream])),
    payments: [provider],
    keys: keysAtOnce(masterKey('k1', 7).bytes),
    clock,
    log: fakeLog(),
  };
  let server: Server = createServer(ports);
  await admit(store);
  let deaths = 0;
  let nextSweep = clock.now() + sweepEveryMs;
  const runJob: Parameters<HandDrivenJobs['runDue']>[0] = async (job, signal) => {
    try {
      await server.runJob(job, signal);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      // The next process knows nothing but what is stored; every other time the queue is lost, too.
      deaths += 1;
      server = createServer(ports);
      if (deaths % 2 === 0) throw error;
    }
  };

  for (const {id} of platforms) await readCatalogue(id);
  const page = await server.fetch(new Request(`${shopAddress}/v1/products?limit=100`));
  const {items} = (await page.json()) as ProductPage;
  const skuIds: string[] = [];
  for (const {id} of items) skuIds.push(...(await store.listing(id))!.product.skus.map(sku => sku.id));

  /** A reading that is struck by a fault goes on where it was, once the platform may be asked again. */
  async function readCatalogue(connectionId: string): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
      await server.runJob({type: 'sync_catalogue', connectionId}, new AbortController().signal);
      const sync = await store.catalogueSync(connectionId);
      if (sync?.lastFull) return;
      clock.advanceTo(Math.max(clock.now(), sync?.notBefore ?? 0));
    }
    assert.fail(`the catalogue of ${connectionId} cannot be read`);
  }

  return {
    store,
    ports,
    provider,
    skuIds,
    async call(path, call = {}) {
      const response = await server.fetch(requestOf(path, call), call.address ? {address: call.address} : {});
      const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
      return {status: response.status, body: (isJson ? await response.json() : await response.text()) as never};
    },
    async workUntil(moment) {
      for (;;) {
        const next = Math.min(nextSweep, jobs.waiting()[0]?.startAt ?? Infinity);
        if (next > moment) break;
        clock.advanceTo(next);
        if (next === nextSweep) {
          nextSweep += sweepEveryMs;
          await runJob({type: 'sweep'}, new AbortController().signal);
        }
        await jobs.runDue(runJob);
      }
      clock.advanceTo(moment);
    },
    get deaths() {
      return deaths;
    },
  };
}
