import {checkReach, type Limits, type Reach, type Timeouts} from '../call-limits.ts';

/** One customer account on one 卡易信 platform. */
export interface KayixinOptions {
  /** Address of the platform's site; the protocol lives at its origin, so no path is taken. */
  readonly url: string;
  /** The customer number. */
  readonly appId: string;
  /** Only signs; it is never sent, logged, or put into an error. */
  readonly appSecret: string;
  readonly fetch: typeof fetch;
  /** Dates requests and stock. Default: the system's. */
  readonly clock?: {readonly now: () => number};
  /** Where the platform reports what became of an order. */
  readonly callbackUrl?: string;
  /** Sites differ. Default: `seconds`, as the vendor writes. */
  readonly timestamps?: 'seconds' | 'milliseconds';
  /** What is sent where nothing is asked for: `{}`, or no body at all. Default: `object`. */
  readonly emptyBody?: 'object' | 'nothing';
  readonly timeouts?: Partial<Timeouts>;
  readonly limits?: Partial<Limits>;
}

/** @throws {RangeError} when the address, id or secret cannot be right. Never shows the secret. */
export function checkOptions(options: KayixinOptions): Reach {
  const {appId, appSecret} = options;
  if (!/^[\x21-\x7e]{1,200}$/.test(appId)) throw new RangeError('The app id must be printable, without spaces.');
  if (appSecret === '') throw new RangeError('The app secret is empty.');
  return checkReach(options);
}
