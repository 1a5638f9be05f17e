import {checkReach, type Limits, type Reach, type Timeouts} from '../call-limits.ts';

/** One account on one 卡速售 platform. */
export interface KasushouOptions {
  /** Address of the platform; the protocol lives at its origin, so no path is taken. */
  readonly url: string;
  /** The API app id, which the platform calls UserId. */
  readonly userId: string;
  /** Only signs; it is never sent, logged, or put into an error. */
  readonly apiKey: string;
  readonly fetch: typeof fetch;
  /** Dates requests and stock. Default: the system's. */
  readonly clock?: {readonly now: () => number};
  /** Where the platform reports what became of an order. */
  readonly callbackUrl?: string;
  readonly timeouts?: Partial<Timeouts>;
  readonly limits?: Partial<Limits>;
}

/** @throws {RangeError} when the address, id or key cannot be right. Never shows the key. */
export function checkOptions(options: KasushouOptions): Reach {
  const {userId, apiKey} = options;
  if (!/^[\x21-\x7e]{1,200}$/.test(userId)) throw new RangeError('The user id must be printable, without spaces.');
  if (apiKey === '') throw new RangeError('The API key is empty.');
  return checkReach(options);
}
