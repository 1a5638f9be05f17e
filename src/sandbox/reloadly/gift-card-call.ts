import type {Strike} from '../faults/fault-box.ts';
import type {Merchant, MerchantGroup} from '../platform/merchant.ts';
import type {Platform} from '../platform/platform.ts';

/** One question with a token that is right, and everything an endpoint needs to answer it. */
export interface GiftCardCall {
  readonly platform: Platform;
  readonly merchant: Merchant;
  readonly group: MerchantGroup | undefined;
  readonly query: URLSearchParams;
  readonly origin: string;
  readonly strike: Strike;
  /** The body; `undefined` where it is no JSON. */
  readonly json: () => unknown;
  /** Lets other requests in between the checks and the transaction of a purchase. */
  readonly beforeCommit: () => Promise<void>;
}
