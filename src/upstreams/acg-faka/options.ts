import {parseUrl} from '../parse-url.ts';

/** One merchant account on one acg-faka shop. */
export interface AcgFakaOptions {
  /** Address of the shop; the protocol lives at its origin, so no path is taken. */
  readonly url: string;
  /** The merchant's user id on that shop: decimal digits. */
  readonly appId: string;
  /** The merchant's key. Only signs; it is never sent, logged, or put into an error. */
  readonly appKey: string;
  readonly fetch: typeof fetch;
  /** Dates stock and the memory of missing endpoints. Default: the system's. */
  readonly clock?: {readonly now: () => number};
  readonly timeouts?: Partial<Timeouts>;
  readonly limits?: Partial<Limits>;
}

/** Longest waits, in milliseconds. */
export interface Timeouts {
  /** Single reads. */
  readonly read: number;
  /** The catalogue: 2,000 goods take a shop about 10 s. */
  readonly catalogue: number;
  /** One purchase. A reselling shop waits up to 30 s for its own upstream, more than once. */
  readonly purchase: number;
}

/** Longest answers, in bytes, and the most combinations one good may have. */
export interface Limits {
  readonly answer: number;
  readonly catalogue: number;
  /** Purchases and orders: a card may have 760 characters, six bytes each, and there may be hundreds. */
  readonly cards: number;
  readonly picture: number;
  readonly combinations: number;
}

export interface CheckedOptions {
  readonly origin: string;
  readonly timeouts: Timeouts;
  readonly limits: Limits;
}

const defaultTimeouts: Timeouts = {read: 15_000, catalogue: 60_000, purchase: 75_000};
const mebibyte = 1_048_576;
const defaultLimits: Limits = {
  answer: mebibyte,
  catalogue: 32 * mebibyte,
  cards: 32 * mebibyte,
  picture: 4 * mebibyte,
  combinations: 500,
};

/** @throws {RangeError} when the address, id or key cannot be right. Never shows the key. */
export function checkOptions({url, appId, appKey, timeouts, limits}: AcgFakaOptions): CheckedOptions {
  const parsed = parseUrl(url);
  if (!parsed) throw new RangeError(`The shop's address must be an absolute URL, got ${JSON.stringify(url)}.`);
  const {origin, protocol, pathname, search, hash, username, password} = parsed;
  if ((protocol !== 'https:' && protocol !== 'http:') || username || password) {
    throw new RangeError(
      'The address of the shop must begin with https:// or http:// and carry no user name or password.',
    );
  }
  if (pathname !== '/' || search || hash) {
    throw new RangeError(`The shop's address must be its origin; use ${JSON.stringify(origin)}.`);
  }
  if (!/^\d{1,20}$/.test(appId)) {
    throw new RangeError(`appId must be the merchant's user id in digits, got ${JSON.stringify(appId)}.`);
  }
  if (!/^\S+$/.test(appKey))
    throw new RangeError('appKey must be the key of the merchant: some text without white space.');
  return {origin, timeouts: {...defaultTimeouts, ...timeouts}, limits: {...defaultLimits, ...limits}};
}
