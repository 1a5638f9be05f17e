/** Time as the sandbox sees it. Tests and pages inject their own, so that nothing here ever waits for real. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs `task` once, `milliseconds` from now. Calling the returned function first prevents that. */
  after(milliseconds: number, task: () => void): () => void;
  /** Lets time pass instead of waiting for it, where a call is held up. */
  readonly pause?: (milliseconds: number) => Promise<void>;
}

/** Longest wait `setTimeout` honours; a longer one fires at once in every engine. */
const longestTimer = 2_147_483_647;

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, task) {
    let timer: ReturnType<typeof setTimeout>;
    const arm = (left: number): void => {
      timer = left > longestTimer ? setTimeout(() => arm(left - longestTimer), longestTimer) : setTimeout(task, left);
    };
    arm(Math.max(0, milliseconds));
    return () => clearTimeout(timer);
  },
};

/** Resolves once the clock has moved on by `milliseconds`; zero resolves without touching the clock. */
export function sleep(clock: Clock, milliseconds: number): Promise<void> {
  if (milliseconds <= 0) return Promise.resolve();
  if (clock.pause) return clock.pause(milliseconds);
  return new Promise(resolve => void clock.after(milliseconds, resolve));
}
