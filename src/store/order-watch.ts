import type {Client} from '../client/client.ts';
import {ConnectionError} from '../client/errors.ts';
import type {Order} from '../contract/order.ts';
import {isAtRest} from '../domain/order.ts';
import {isPassing} from './answer-lost.ts';
import {asKeystallError} from './as-keystall-error.ts';
import type {Environment} from './environment.ts';
import {pause, pauseBefore} from './pause.ts';
import {readableValue} from './readable-value.ts';
import type {Readable} from './readable.ts';
import type {OrderView} from './shop.ts';

/** The stream sends the order at once: silence means that something on the way holds it back. */
const firstEventWithin = 5_000;
/** A connection may die without a word, on a phone above all. */
const eventsWithin = 60_000;
/** A stream that ends sooner is no better than asking. */
const steadyAfter = 10_000;
const pollFirst = 1_000;
const pollLongest = 10_000;
/** For an order among others in a list: a stream each would use up the connections a browser allows. */
const glanceEvery = 15_000;
const glanceLongest = 60_000;
/** How long to poll before the stream is tried again; doubled each time it fails, up to the last. */
const streamAgain = [30_000, 300_000] as const;

interface OrderWatchOptions {
  readonly client: Client;
  readonly environment: Environment;
  readonly orderId: string;
  readonly token: () => Promise<string | undefined>;
  /** Asks now and then, without a stream. */
  readonly isGlance?: boolean;
}

export interface OrderWatch extends Readable<OrderView> {
  /** Asks again now. */
  refresh(): void;
  dispose(): void;
}

/** Follows one order while somebody listens: by its stream, and by asking where the stream does not come through. */
export function watchOrder({client, environment, orderId, token, isGlance}: OrderWatchOptions): OrderWatch {
  const nudges = new Set<() => void>();
  const paces = isGlance ? ([glanceEvery, glanceLongest] as const) : ([pollFirst, pollLongest] as const);
  const view = readableValue<OrderView>({status: 'loading'}, () => {
    const run = new AbortController();
    const stopAwake = environment.onAwake(nudge);
    void follow(run.signal).catch(() => {});
    return () => {
      stopAwake();
      run.abort();
    };
  });

  return {
    get value() {
      return view.value;
    },
    subscribe: view.subscribe,
    refresh: nudge,
    dispose: view.close,
  };

  function nudge(): void {
    for (const wake of [...nudges]) wake();
  }

  async function follow(signal: AbortSignal): Promise<void> {
    let held = await opener(undefined, signal);
    for (let failures = 0; ; failures++) {
      const isSteady = !isGlance && (await stream(held, signal));
      if (isSteady) failures = 0;
      const [shortest, longest] = streamAgain;
      const patience = isSteady ? pollFirst : Math.min(shortest * 2 ** failures, longest);
      await poll(held, signal, isGlance ? Infinity : patience);
      while (!isOpen()) {
        // Settled, or refused for good. A payment may still come late, and a retry may be asked for.
        held = await opener(held, signal);
        await ask(held, signal);
      }
    }
  }

  /** The token to open the order with: the first there is; after `held` another one, or the same when something is told. */
  async function opener(held: string | undefined, signal: AbortSignal): Promise<string> {
    for (;;) {
      // What is told while it is looked for where it is kept is heard.
      const telling = nudged(signal);
      telling.catch(() => {});
      const known = await token();
      signal.throwIfAborted();
      if (known !== undefined && known !== held) {
        if (view.value.status === 'locked') view.set({status: 'loading'});
        return known;
      }
      if (held === undefined) view.set({status: 'locked'});
      await telling;
      if (held !== undefined) return (await token()) ?? held;
    }
  }

  /** Answers whether the stream is worth opening again. Ends when the stream does, whatever the reason. */
  async function stream(token: string, signal: AbortSignal): Promise<boolean> {
    const attempt = new AbortController();
    const stop = () => {
      attempt.abort(new ConnectionError('connection', `The stream of order ${orderId} is silent.`));
    };
    let stopTimer = environment.after(firstEventWithin, stop);
    const began = environment.now();
    signal.addEventListener('abort', stop);
    const offNudge = onNudge(() => void lookBeside(token, signal));
    try {
      for await (const order of client.watchOrder(orderId, {token, signal: attempt.signal})) {
        stopTimer();
        stopTimer = environment.after(eventsWithin, stop);
        show(order, 'live');
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!isPassing(error)) fail(error);
    } finally {
      stopTimer();
      offNudge();
      signal.removeEventListener('abort', stop);
    }
    signal.throwIfAborted();
    return environment.now() - began >= steadyAfter;
  }

  /** What a stream that died while the page slept did not bring. */
  async function lookBeside(token: string, signal: AbortSignal): Promise<void> {
    const before = view.value;
    const order = await client.getOrder(orderId, {token, signal}).catch(() => undefined);
    if (order && view.value === before && !signal.aborted) show(order, 'live');
  }

  async function poll(token: string, signal: AbortSignal, duration: number): Promise<void> {
    const until = environment.now() + duration;
    for (let attempt = 1; isOpen() && environment.now() < until; attempt++) {
      await ask(token, signal);
      if (!isOpen()) return;
      await pause(environment, pauseBefore(attempt, environment.random(), ...paces), signal, onNudge);
    }
  }

  async function ask(token: string, signal: AbortSignal): Promise<void> {
    try {
      show(await client.getOrder(orderId, {token, signal}), 'polling');
    } catch (error) {
      signal.throwIfAborted();
      if (!isPassing(error)) return fail(error);
      const shown = view.value;
      if (shown.status === 'ready') view.set({...shown, connection: 'offline'});
      else fail(error);
    }
  }

  function isOpen(): boolean {
    const shown = view.value;
    if (shown.status === 'ready') return shown.connection !== 'settled';
    return shown.status === 'loading' || (shown.status === 'failed' && isPassing(shown.error));
  }

  function show(order: Order, connection: 'live' | 'polling'): void {
    view.set({status: 'ready', order, connection: isAtRest(order) ? 'settled' : connection});
  }

  function fail(error: unknown): void {
    view.set({status: 'failed', error: asKeystallError(error), retry: nudge});
  }

  function onNudge(listener: () => void): () => void {
    nudges.add(listener);
    return () => {
      nudges.delete(listener);
    };
  }

  function nudged(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = onNudge(end);
      signal.addEventListener('abort', end, {once: true});
      function end() {
        stop();
        signal.removeEventListener('abort', end);
        if (signal.aborted) reject(signal.reason as Error);
        else resolve();
      }
    });
  }
}
