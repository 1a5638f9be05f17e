/** Time, as the server sees it: epoch milliseconds. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = {now: () => Date.now()};
