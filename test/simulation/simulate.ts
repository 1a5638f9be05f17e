import assert from 'node:assert/strict';
import fc from 'fast-check';
import {createRandom} from '../../src/sandbox/random.ts';
import {audit, type Findings} from './audit.ts';
import {buy, buyerPlans, type Purchase} from './buyer.ts';
import {createPeople} from './people.ts';
import {openPlatforms} from './platforms.ts';
import {openSimulatedShop} from './shop.ts';
import {virtualClock} from './virtual-clock.ts';

export interface Simulated extends Findings {
  readonly orders: number;
  /** What each platform was sent, by its protocol. */
  readonly sent: Readonly<Record<string, number>>;
  readonly deaths: number;
  readonly virtualHours: number;
}

const start = Date.UTC(2026, 0, 15, 8);
const peopleEveryMs = 30 * 60_000;
const faultChance = 0.05;
const longestAftermathMs = 30 * 24 * 3_600_000;

/**
 * So many buyers of one shop on five platforms, while every fault strikes with a chance of 5 %, processes die around
 * purchases and queues get lost. Afterwards the books are held against each other. The same seed gives the same run.
 * @throws {AssertionError} when money, a card or an order is lost, doubled, or in the wrong hands
 */
export async function simulate(orders: number, seed: number): Promise<Simulated> {
  const clock = virtualClock(start);
  const restore = seedTheProcess(`${seed}/process`, clock.now);
  try {
    const platforms = openPlatforms(String(seed), orders, clock, faultChance);
    const shop = await openSimulatedShop(clock, platforms);
    const people = createPeople(shop, platforms, String(seed));
    const purchases: Purchase[] = [];
    let nextRound = clock.now() + peopleEveryMs;
    const workUntil = async (moment: number) => {
      for (; nextRound <= moment; nextRound += peopleEveryMs) {
        await shop.workUntil(nextRound);
        await people.work();
      }
      await shop.workUntil(moment);
    };
    const buyers = createQueue();
    for (let serial = 0; ; serial++) {
      const isOpen = purchases.length < orders;
      const plan = fc.sample(buyerPlans, {seed: seed + serial, numRuns: 1})[0]!;
      const arrival = isOpen ? clock.now() + plan.arrivesAfter : Infinity;
      for (let next = buyers.before(arrival); next; next = buyers.before(arrival)) {
        await workUntil(next.at);
        const {done, value} = await next.steps.next();
        if (!done) buyers.add(clock.now() + value, next.steps);
      }
      if (!isOpen) break;
      assert.ok(serial < orders * 50, `${serial} buyers came and placed ${purchases.length} orders`);
      await workUntil(arrival);
      buyers.add(
        arrival,
        buy(shop, plan, serial, purchase => purchases.push(purchase)),
      );
    }
    const closed = clock.now();
    while (clock.now() < closed + longestAftermathMs) {
      const {openProcurementIds, pendingOrderIds} = await shop.store.unfinished(Infinity);
      const cases = await shop.store.procurementsForPeople({offset: 0, limit: 1});
      if (openProcurementIds.length + pendingOrderIds.length + cases.length === 0) break;
      await workUntil(nextRound);
    }
    const findings = await audit(shop, platforms, purchases);
    return {
      ...findings,
      orders: purchases.length,
      sent: Object.fromEntries(
        platforms.map(({protocol, sandbox}) => [protocol, sandbox.platform.orders().length] as const),
      ),
      deaths: shop.deaths,
      virtualHours: Math.round((clock.now() - start) / 3_600_000),
    };
  } finally {
    restore();
  }
}

/** Buyers in the midst of a purchase, by the time of their next step. */
function createQueue() {
  const waiting: {readonly at: number; readonly steps: AsyncGenerator<number, void>}[] = [];
  return {
    add(at: number, steps: AsyncGenerator<number, void>): void {
      const index = waiting.findLastIndex(other => other.at <= at) + 1;
      waiting.splice(index, 0, {at, steps});
    },
    before: (moment: number) => (waiting[0] && waiting[0].at <= moment ? waiting.shift() : undefined),
  };
}

/** Time and chance of this process follow the simulation: whatever reads them gives the same run again. */
function seedTheProcess(seed: string, now: () => number): () => void {
  const random = createRandom(seed);
  const {fetch} = globalThis;
  const {now: realNow} = Date;
  const {random: realRandom} = Math;
  const {timeout: realTimeout} = AbortSignal;
  const realValues = Object.getOwnPropertyDescriptor(Crypto.prototype, 'getRandomValues')!;
  Date.now = now;
  Math.random = () => random.next();
  // Nobody's patience ends by the time that the run itself takes; whose does by the simulation's, is seen to in `fetch`.
  AbortSignal.timeout = () => new AbortController().signal;
  Object.defineProperty(Crypto.prototype, 'getRandomValues', {
    configurable: true,
    value<View extends NodeJS.TypedArray>(view: View): View {
      const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
      for (let index = 0; index < bytes.length; index++) bytes[index] = random.integer(0, 255);
      return view;
    },
  });
  return () => {
    globalThis.fetch = fetch;
    Date.now = realNow;
    Math.random = realRandom;
    AbortSignal.timeout = realTimeout;
    Object.defineProperty(Crypto.prototype, 'getRandomValues', realValues);
  };
}
