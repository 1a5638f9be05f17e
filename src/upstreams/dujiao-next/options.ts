import {parseUrl} from '../parse-url.ts';

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

/** Longest waits, in milliseconds. */
export interface Timeouts {
  readonly read: number;
  readonly purchase: number;
}

/** Longest answers, in bytes. */
export interface Limits {
  readonly answer: number;
  /** One page of the catalogue: fifty goods with their descriptions. */
  readonly page: number;
  /** Purchases and orders. */
  readonly cards: number;
  readonly picture: number;
}

export interface CheckedOptions {
  readonly origin: string;
  readonly timeouts: Timeouts;
  readonly limits: Limits;
}

const mebibyte = 1_048_576;
const defaultTimeouts: Timeouts = {read: 15_000, purchase: 60_000};
const defaultLimits: Limits = {answer: mebibyte, page: 16 * mebibyte, cards: 32 * mebibyte, picture: 4 * mebibyte};

/** @throws {RangeError} when the address, key or secret cannot be right. Never shows the secret. */
export function checkOptions({url, apiKey, apiSecret, timeouts, limits}: DujiaoNextOptions): CheckedOptions {
  const parsed = parseUrl(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password) {
    throw new RangeError(`The shop's address must be an absolute http or https URL, got ${JSON.stringify(url)}.`);
  }
  if (parsed.pathname !== '/' || parsed.search || parsed.hash) {
    throw new RangeError(`The shop's address must be an origin without a path, got ${JSON.stringify(url)}.`);
  }
  if (!/^[\x21-\x7e]{1,200}$/.test(apiKey)) throw new RangeError('The API key must be printable, without spaces.');
  if (apiSecret === '') throw new RangeError('The API secret is empty.');
  return {
    origin: parsed.origin,
    timeouts: {...defaultTimeouts, ...timeouts},
    limits: {...defaultLimits, ...limits},
  };
}
