import type {Clock} from '../clock.ts';
import type {Platform} from '../platform/platform.ts';
import type {PlatformOrder} from '../platform/platform-order.ts';
import {callbackOf} from './callback.ts';
import {statusOf} from './order-rows.ts';

/** Pauses between tries; after the last one a change is given up. */
const retryAfterSeconds = [30, 60, 120, 300] as const;

export interface CallbackOptions {
  readonly platform: Platform;
  readonly clock: Clock;
  readonly fetch: (request: Request) => Promise<Response>;
  /** API secrets by the merchant's id. */
  readonly secrets: ReadonlyMap<number, string>;
}

/** Tells the shops that asked for it whenever an order of theirs has changed. A restart of the sandbox forgets them. */
export interface Callbacks {
  /** The buyer of an order wants to be told at this address. */
  expect(order: PlatformOrder, url: string): void;
  /** Something on the platform has changed. */
  look(): void;
  /** Resolves once no try is under way; retries that wait for their time do not count. */
  idle(): Promise<void>;
  close(): void;
}

export function createCallbacks({platform, clock, fetch, secrets}: CallbackOptions): Callbacks {
  const expected = new Map<string, {readonly url: string; told: string}>();
  const timers = new Set<() => void>();
  const running = new Set<Promise<void>>();

  return {
    expect({tradeNo}, url) {
      // An order is told of as it was placed by the answer to its purchase.
      if (!expected.has(tradeNo)) expected.set(tradeNo, {url, told: 'paid'});
    },
    look() {
      for (const [tradeNo, wanted] of expected) {
        const order = platform.order(tradeNo);
        const status = order && statusOf(order);
        if (status === undefined || status === wanted.told) continue;
        wanted.told = status;
        track(tell(tradeNo, wanted.url, status, 0));
      }
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
    close() {
      for (const cancel of timers) cancel();
      timers.clear();
    },
  };

  async function tell(tradeNo: string, url: string, status: string, tries: number): Promise<void> {
    // Whoever placed the order hears of it first.
    await Promise.resolve();
    const order = platform.order(tradeNo);
    const secret = order && secrets.get(order.merchantId);
    if (!order || secret === undefined || statusOf(order) !== status) return;
    const {headers, body} = callbackOf(platform, order, {apiKey: String(order.merchantId), secret});
    if (await isTaken(new Request(url, {method: 'POST', headers, body, redirect: 'manual'}))) return;
    const wait = retryAfterSeconds[tries];
    if (wait === undefined) return;
    const cancel = clock.after(wait * 1000, () => {
      timers.delete(cancel);
      track(tell(tradeNo, url, status, tries + 1));
    });
    timers.add(cancel);
  }

  /** The platform reads the body and not the status alone. */
  async function isTaken(request: Request): Promise<boolean> {
    try {
      const response = await fetch(request);
      const answer: unknown = await response.json();
      return (
        response.status === 200 && typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true
      );
    } catch {
      return false;
    }
  }

  function track(work: Promise<void>): void {
    const tracked = work.finally(() => running.delete(tracked));
    running.add(tracked);
  }
}
