import type {Environment} from './environment.ts';

/** Milliseconds before repeat number `attempt` (from 1): doubling from `first` to `longest`, up to half of it by chance. */
export function pauseBefore(attempt: number, random: number, first = 500, longest = 10_000): number {
  const whole = Math.min(longest, first * 2 ** Math.min(attempt - 1, 30));
  return Math.max(first, whole * (0.5 + random / 2));
}

/**
 * Waits; ends early when the page comes to the front, the network comes back, or `wake` says so.
 * Rejects with the signal's reason when aborted.
 */
export function pause(
  environment: Environment,
  milliseconds: number,
  signal: AbortSignal,
  wake: (listener: () => void) => () => void = () => () => {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const stops = [environment.after(milliseconds, end), environment.onAwake(end), wake(end)];
    signal.addEventListener('abort', end, {once: true});

    function end() {
      for (const stop of stops) stop();
      signal.removeEventListener('abort', end);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve();
    }
  });
}
