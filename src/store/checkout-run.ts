import type {KeystallError} from '../client/errors.ts';
import {asKeystallError} from './as-keystall-error.ts';
import {isAbort} from './is-abort.ts';

/** `quote`: on the way to a price. `order`: about an order that may exist. */
type Kind = 'quote' | 'order';

/** One stretch of work. `kind` says what a second call may join. */
interface Flow {
  readonly kind: Kind;
  readonly done: Promise<void>;
}

/** The work of a checkout: one stretch at a time, each of which ends the one before. */
export interface CheckoutRun {
  /** What is being worked at now. */
  readonly flow: Flow | undefined;
  /** Aborted when something else is begun, or nothing more. What was begun may go on after its flow is done: a watch. */
  readonly signal: AbortSignal;
  /** Begins a stretch of work in place of what was going on. */
  start(kind: Kind, work: (signal: AbortSignal) => Promise<void>): Promise<void>;
  /** Does work that belongs to the stretch of `signal`. A failure is told; being stopped is none. */
  guarded(signal: AbortSignal, work: () => Promise<void>): Promise<void>;
  stop(): void;
  /** Stops, and begins nothing any more. */
  dispose(): void;
}

export function createCheckoutRun(onFailure: (error: KeystallError) => void): CheckoutRun {
  let life = new AbortController();
  let flow: Flow | undefined;
  let isDisposed = false;

  return {
    get flow() {
      return flow;
    },
    get signal() {
      return life.signal;
    },
    start(kind, work) {
      if (isDisposed) return Promise.resolve();
      stop();
      const {signal} = life;
      const done = guarded(signal, () => work(signal)).finally(() => {
        if (flow?.done === done) flow = undefined;
      });
      flow = {kind, done};
      return done;
    },
    guarded,
    stop,
    dispose() {
      isDisposed = true;
      stop();
    },
  };

  function stop(): void {
    life.abort(new DOMException('The checkout went on to something else.', 'AbortError'));
    life = new AbortController();
    flow = undefined;
  }

  async function guarded(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (signal.aborted || isAbort(error)) return;
      onFailure(asKeystallError(error));
    }
  }
}
