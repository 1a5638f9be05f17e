import type {Readable} from './readable.ts';

export interface ReadableValue<T> extends Readable<T> {
  readonly isHeard: boolean;
  set(value: T): void;
  /** Lets every listener go. */
  close(): void;
}

/**
 * A value with listeners.
 * @param whileHeard called when the first listener comes; what it answers is called when the last one has gone.
 */
export function readableValue<T>(initial: T, whileHeard?: () => () => void): ReadableValue<T> {
  let value = initial;
  let rest: (() => void) | undefined;
  const listeners = new Set<{readonly listener: () => void}>();

  return {
    get value() {
      return value;
    },
    get isHeard() {
      return listeners.size > 0;
    },
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const entry of [...listeners]) if (listeners.has(entry)) entry.listener();
    },
    subscribe(listener) {
      const entry = {listener};
      listeners.add(entry);
      if (listeners.size === 1) rest = whileHeard?.();
      return () => {
        if (listeners.delete(entry) && listeners.size === 0) stop();
      };
    },
    close() {
      if (listeners.size === 0) return;
      listeners.clear();
      stop();
    },
  };

  function stop() {
    rest?.();
    rest = undefined;
  }
}
