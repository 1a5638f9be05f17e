import {checkReach, type Limits, type Reach, type Timeouts} from '../call-limits.ts';

/** One account on one dujiao-next shop. */
export interface DujiaoNextOptions {
  /** Address of the shop; the protocol lives at its origin, so no path is taken. */
  readonly url: string;
  readonly apiKey: string;
  /** Only signs; it is never sent, logged, or put into an error. */
  readonly apiSecret: string;
  readonly fetch: typeof fetch;
  /** Dates requests and stock. Default: the system's. */
  readonly clock?: {readonly now: () => number};
  /** Where the platform reports what became of an order; it refuses addresses of its own machine or network. */
  readonly callbackUrl?: string;
  readonly timeouts?: Partial<Timeouts>;
  readonly limits?: Partial<Limits>;
}

/** @throws {RangeError} when the address, key or secret cannot be right. Never shows the secret. */
export function checkOptions(options: DujiaoNextOptions): Reach {
  const {apiKey, apiSecret} = options;
  if (!/^[\x21-\x7e]{1,200}$/.test(apiKey)) throw new RangeError('The API key must be printable, without spaces.');
  if (apiSecret === '') throw new RangeError('The API secret is empty.');
  return checkReach(options);
}
