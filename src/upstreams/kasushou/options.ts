import {usualLimits, usualTimeouts, type Limits, type Timeouts} from '../call-limits.ts';
import {checkShopAddress} from '../shop-address.ts';

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

export interface CheckedOptions {
  readonly origin: string;
  readonly timeouts: Timeouts;
  readonly limits: Limits;
}

/** @throws {RangeError} when the address, id or key cannot be right. Never shows the key. */
export function checkOptions({url, userId, apiKey, timeouts, limits}: KasushouOptions): CheckedOptions {
  const origin = checkShopAddress(url);
  if (!/^[\x21-\x7e]{1,200}$/.test(userId)) throw new RangeError('The user id must be printable, without spaces.');
  if (apiKey === '') throw new RangeError('The API key is empty.');
  return {origin, timeouts: {...usualTimeouts, ...timeouts}, limits: {...usualLimits, ...limits}};
}
