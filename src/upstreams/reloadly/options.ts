import {checkReach, type Limits, type Reach, type Timeouts} from '../call-limits.ts';
import {checkShopAddress} from '../shop-address.ts';

/** One account at Reloadly, for gift cards. */
export interface ReloadlyOptions {
  /**
   * `https://giftcards.reloadly.com`, or the sandbox's `https://giftcards-sandbox.reloadly.com`, which has credentials of
   * its own. Tokens are asked for this address.
   */
  readonly url: string;
  /** Where tokens are had. Default: `https://auth.reloadly.com`. */
  readonly authUrl?: string;
  readonly clientId: string;
  /** Goes to `authUrl` alone; it is never logged or put into an error, and neither is a token. */
  readonly clientSecret: string;
  /** What the account is kept in. Products and orders in any other are not read: nobody said what they would cost. */
  readonly currency: string;
  /** A mailbox of the shop's own. Cards may be mailed to it, so it is never the buyer's. */
  readonly recipientEmail: string;
  readonly fetch: typeof fetch;
  /** Ends tokens, dates stock and reports. Default: the system's. */
  readonly clock?: {readonly now: () => number};
  readonly timeouts?: Partial<Timeouts>;
  readonly limits?: Partial<Limits>;
}

export interface CheckedOptions extends Reach {
  readonly authOrigin: string;
}

const usualAuthUrl = 'https://auth.reloadly.com';

/** @throws {RangeError} when an option cannot be right. Never shows the secret. */
export function checkOptions(options: ReloadlyOptions): CheckedOptions {
  const {authUrl = usualAuthUrl, clientId, clientSecret, currency, recipientEmail} = options;
  if (clientId === '' || clientSecret === '') throw new RangeError('The client id and secret must not be empty.');
  if (!/^[A-Z]{3}$/.test(currency)) throw new RangeError(`The currency must be an ISO 4217 code, got "${currency}".`);
  if (!/^[^\s@]+@[^\s@]+$/.test(recipientEmail)) throw new RangeError('The recipient must be a mail address.');
  return {...checkReach(options), authOrigin: checkShopAddress(authUrl)};
}
