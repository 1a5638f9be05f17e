import {pause, type PaceClock} from '../call-pace.ts';
import {checkReach, type Limits, type Reach, type Timeouts} from '../call-limits.ts';

/** One account (商户) on one 卡卡云 platform. */
export interface KakayunOptions {
  /** Address of the platform; the protocol lives at its origin, so no path is taken. */
  readonly url: string;
  /** The merchant id (商户ID). */
  readonly userId: string;
  /** Only signs; it is never sent, logged, or put into an error. */
  readonly key: string;
  readonly fetch: typeof fetch;
  /** Dates requests and stock, and waits between calls. Default: the system's. */
  readonly clock?: {readonly now: () => number} & Partial<Pick<PaceClock, 'pause'>>;
  readonly timeouts?: Partial<Timeouts>;
  readonly limits?: Partial<Limits>;
}

export interface KakayunV3Options extends KakayunOptions {
  /**
   * Address of everything but the purchase: the vendor's documentation has one host for all platforms there. Default:
   * the platform's own, as servers compatible with the protocol have it.
   */
  readonly dockUrl?: string;
  /** Where the platform reports what became of an order. */
  readonly callbackUrl?: string;
}

export interface CheckedOptions extends Reach {
  readonly clock: PaceClock;
}

/** @throws {RangeError} when the address, id or key cannot be right. Never shows the key. */
export function checkOptions(options: KakayunOptions): CheckedOptions {
  const {userId, key, clock} = options;
  if (!/^\d{1,20}$/.test(userId)) {
    throw new RangeError(`The merchant id must be digits, got ${JSON.stringify(userId)}.`);
  }
  if (key === '') throw new RangeError('The key is empty.');
  return {
    ...checkReach(options),
    clock: {now: () => clock?.now() ?? Date.now(), pause: clock?.pause ?? pause},
  };
}
