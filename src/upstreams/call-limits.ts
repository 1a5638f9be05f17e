import {checkShopAddress} from './shop-address.ts';

/** Longest waits, in milliseconds. */
export interface Timeouts {
  readonly read: number;
  readonly purchase: number;
}

/** Longest answers, in bytes. */
export interface Limits {
  readonly answer: number;
  /** One page of the catalogue, with descriptions. */
  readonly page: number;
  /** Purchases and orders. */
  readonly cards: number;
  readonly picture: number;
}

const mebibyte = 1_048_576;

const usualTimeouts: Timeouts = {read: 15_000, purchase: 60_000};
const usualLimits: Limits = {answer: mebibyte, page: 16 * mebibyte, cards: 32 * mebibyte, picture: 4 * mebibyte};

/** Where a platform is, how long is waited for it, and how much of an answer is taken. */
export interface Reach {
  readonly origin: string;
  readonly timeouts: Timeouts;
  readonly limits: Limits;
}

/** @throws {RangeError} when the address is no plain http or https origin */
export function checkReach({
  url,
  timeouts,
  limits,
}: {
  readonly url: string;
  readonly timeouts?: Partial<Timeouts>;
  readonly limits?: Partial<Limits>;
}): Reach {
  return {
    origin: checkShopAddress(url),
    timeouts: {...usualTimeouts, ...timeouts},
    limits: {...usualLimits, ...limits},
  };
}
