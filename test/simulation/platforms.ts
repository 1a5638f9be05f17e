import {ConnectionDropped} from '../../src/sandbox/connection-dropped.ts';
import {platformFaults, type PlatformFault} from '../../src/sandbox/faults/fault.ts';
import {createSandbox, type Good, type PlatformOrder, type Sandbox} from '../../src/sandbox/index.ts';
import {createRandom} from '../../src/sandbox/random.ts';
import type {BuyOutcome, BuyRequest, Upstream} from '../../src/upstreams/port.ts';
import {cardsOf, catalogueOf, makeGood} from '../sandbox/support/goods.ts';
import {fixtures} from '../upstreams/conformance/fixtures/index.ts';
import type {PlatformFixture} from '../upstreams/conformance/platform-fixture.ts';
import type {VirtualClock} from './virtual-clock.ts';

/** One platform, the shop's account on it, and the adapter in front of it. */
export interface SimulatedPlatform {
  readonly id: string;
  readonly protocol: string;
  readonly sandbox: Sandbox;
  readonly upstream: Upstream;
  /** Codes of its goods as its adapter knows them, in the order of {@link goodsCount}. */
  readonly codes: readonly string[];
  /** What its wallet held at first, and what was added since, as decimal texts. */
  readonly filled: string[];
}

/** The process that was working died: nothing it was about to write gets written. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** One platform each: those that sell for yuan, as the shop does, and tell orders apart by a number of the shop's. */
const protocols = ['acg-faka', 'dujiao-next', 'kasushou', 'kayixin', 'kakayun-v3'] as const;
export const platformCount = protocols.length;
export const goodsCount = 24;
const merchantId = 1000;
/** Longer than the server waits for a purchase. */
const tooSlowMs = 120_000;
const patienceMs = 80_000;
const balance = '100000';

/** Reads and purchases alike are struck by what breaks a connection; the rest concerns purchases, prices and stock. */
const everywhere: ReadonlySet<PlatformFault> = new Set<PlatformFault>(['drop-before-commit', 'html', 'slow']);
const harmlessRise = 1;
/** What only makes an answer larger than anybody reads is slow to make, and for the shop the same as a cut one. */
const costly: ReadonlySet<PlatformFault> = new Set<PlatformFault>(['gzip-bomb', 'huge-answer']);

/**
 * Five platforms in this process, each by a protocol of its own, every fault armed with the same chance. What they answer passes through `fetch` as it would over a network.
 */
export function openPlatforms(
  seed: string,
  orders: number,
  clock: VirtualClock,
  faultChance: number,
): readonly SimulatedPlatform[] {
  const sandboxes = new Map<string, Sandbox>();
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const {host} = new URL(request.url);
    const sandbox = sandboxes.get(host);
    if (!sandbox) throw new TypeError(`fetch failed: there is no ${host} in the simulation`);
    const sentAt = clock.now();
    try {
      const response = await sandbox.fetch(request);
      if (clock.now() - sentAt < patienceMs) return response;
    } catch (error) {
      if (error instanceof ConnectionDropped) throw new TypeError('fetch failed', {cause: error});
      throw error;
    }
    throw new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  };
  return protocols.map((protocol, index) => {
    const fixture = fixtureOf(protocol);
    const id = `p${index + 1}`;
    const host = `${id}.example`;
    const catalogue = makeCatalogue(`${seed}/${id}`, index, orders);
    const sandbox = createSandbox({
      seed: `${seed}/${id}`,
      clock,
      catalogue,
      merchants: [{appId: merchantId, appKey: 'simulated-key-01', balance}],
    });
    sandboxes.set(host, sandbox);
    for (const fault of platformFaults) {
      if (costly.has(fault)) continue;
      sandbox.faults.arm({
        fault,
        endpoint: everywhere.has(fault) ? '*' : 'trade',
        times: null,
        probability: faultChance,
        delayMs: tooSlowMs,
        percent: harmlessRise,
        amount: '100.00',
        extra: 50,
      });
    }
    const account = {id: sandbox.credentials.appId, key: sandbox.credentials.appKey};
    const upstream = fixture.open({url: `https://${host}`, account, clock});
    return {
      id,
      protocol: fixture.protocol,
      sandbox,
      upstream: mortal(upstream, createRandom(`${seed}/${id}/deaths`), faultChance),
      codes: catalogue.goods.map(good => fixture.codeOf(good)),
      filled: [balance],
    };
  });
}

function fixtureOf(protocol: string): PlatformFixture {
  const fixture = fixtures.find(candidate => candidate.protocol === protocol);
  if (!fixture) throw new Error(`There is no fixture of ${protocol}.`);
  return fixture;
}

/** The same adapter in a process that may die just before a purchase goes out, or just after its answer came. */
function mortal(upstream: Upstream, random: {next(): number}, chance: number): Upstream {
  const buying = <Rest extends readonly unknown[]>(
    call: (...given: [BuyRequest, AbortSignal, ...Rest]) => Promise<BuyOutcome>,
  ) =>
    async function buy(...given: [BuyRequest, AbortSignal, ...Rest]) {
      if (random.next() < chance / 2) throw new Killed('before the purchase was sent');
      const outcome = await call(...given);
      if (random.next() < chance / 2) throw new Killed('before the answer was written down');
      return outcome;
    };
  return {...upstream, buy: buying(upstream.buy), reconcile: buying(upstream.reconcile)};
}

function makeCatalogue(seed: string, platform: number, orders: number) {
  const random = createRandom(seed);
  const goods: Good[] = Array.from({length: goodsCount}, (_, index) => {
    const yuan = random.integer(5, 60);
    const isManual = index % 12 === 11;
    return makeGood({
      id: 100 + index,
      code: `GOOD${platform}${String(index).padStart(11, '0')}`,
      title: `好货 ${platform}-${index}`,
      cost: `${yuan}.00`,
      memberPrice: `${yuan + 1}.${String(random.integer(0, 99)).padStart(2, '0')}`,
      price: `${yuan + 3}.00`,
      delivery: isManual ? 'manual' : 'automatic',
      manualStock: isManual ? orders : 0,
      ...(index % 8 === 5 && {nested: {shopId: 3, code: `NEXT${index}`}}),
    });
  });
  // One good in six is scarce, so that it sells out on the way.
  const perGood = Math.ceil((orders * 6) / (platformCount * goodsCount)) + 4;
  const cards = goods.flatMap((good, index) =>
    cardsOf(
      good,
      good.delivery === 'manual'
        ? []
        : Array.from(
            {length: index % 6 === 3 ? 10 : perGood},
            (_, card) =>
              `P${platform}G${String(index).padStart(2, '0')}-${String(card).padStart(6, '0')}-${random.text('ABCDEFGHJKLM', 4)}`,
          ),
    ),
  );
  let id = 0;
  return catalogueOf(
    goods,
    cards.map(card => ({...card, id: ++id})),
  );
}

export function balanceOf({sandbox}: SimulatedPlatform): string {
  return sandbox.platform.merchant(merchantId)!.balance.amount;
}

/** What the platform did for these references. */
export function ordersFor({sandbox}: SimulatedPlatform, references: readonly string[]): readonly PlatformOrder[] {
  return references.flatMap(reference => sandbox.platform.ordersByReference(merchantId, reference));
}
