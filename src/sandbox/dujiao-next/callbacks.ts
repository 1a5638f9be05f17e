import type {Clock} from '../clock.ts';
import {sendingsUnder} from '../faults/callback-faults.ts';
import type {FaultBox} from '../faults/fault-box.ts';
import type {Platform} from '../platform/platform.ts';
import type {PlatformOrder} from '../platform/platform-order.ts';
import {callbackOf} from './callback.ts';
import {statusOf} from './order-rows.ts';

/** Pauses between tries; after the last one a change is given up. */
const retryAfterSeconds = [30, 60, 120, 300] as const;

export interface CallbackOptions {
  readonly platform: Platform;
  readonly faults: FaultBox;
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

export function createCallbacks({platform, faults, clock, fetch, secrets}: CallbackOptions): Callbacks {
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
    const account = {id: String(order.merchantId), key: secret};
    const sendings = await sendingsUnder(faults, order.goodCode, account, strangerTo(order.merchantId), ({id, key}) =>
      callbackOf(platform, order, {apiKey: id, secret: key}),
    );
    for (const {callback, delayMs, isHonest} of sendings) {
      const send = async () => {
        const isDone = await isTaken(new Request(url, {method: 'POST', ...callback, redirect: 'manual'}));
        if (isHonest && !isDone) tryAgain();
      };
      if (delayMs > 0) later(delayMs, send);
      else await send();
    }

    function tryAgain(): void {
      const wait = retryAfterSeconds[tries];
      if (wait !== undefined) later(wait * 1000, () => tell(tradeNo, url, status, tries + 1));
    }
  }

  function later(milliseconds: number, work: () => Promise<void>): void {
    const cancel = clock.after(milliseconds, () => {
      timers.delete(cancel);
      track(work());
    });
    timers.add(cancel);
  }

  /** Another account of the platform. */
  function strangerTo(merchantId: number) {
    const [id, key] = [...secrets].find(([other]) => other !== merchantId) ?? [merchantId + 1, 'STRANGERSTRANGER'];
    return {id: String(id), key};
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
