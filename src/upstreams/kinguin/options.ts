import {checkReach, type Limits, type Reach, type Timeouts} from '../call-limits.ts';

/** One store of an account at Kinguin. */
export interface KinguinOptions {
  /** `https://gateway.kinguin.net`, or the sandbox's `https://gateway.sandbox.kinguin.net`, which has keys of its own. */
  readonly url: string;
  /** Opens the account with nothing else beside it; it is never logged or put into an error. */
  readonly apiKey: string;
  /** What the store's webhooks send along (My stores, Webhooks); without it none is believed. */
  readonly webhookSecret?: string;
  readonly fetch: typeof fetch;
  /** Dates stock. Default: the system's. */
  readonly clock?: {readonly now: () => number};
  readonly timeouts?: Partial<Timeouts>;
  readonly limits?: Partial<Limits>;
}

/** @throws {RangeError} when the address or a secret cannot be right. Never shows a secret. */
export function checkOptions(options: KinguinOptions): Reach {
  const {apiKey, webhookSecret} = options;
  if (!/^[\x21-\x7e]{1,200}$/.test(apiKey)) throw new RangeError('The API key must be printable, without spaces.');
  if (webhookSecret === '') throw new RangeError('The webhook secret is empty.');
  return checkReach(options);
}
