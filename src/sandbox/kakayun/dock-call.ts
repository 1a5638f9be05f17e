import type {Strike} from '../faults/fault-box.ts';
import type {Merchant, MerchantGroup} from '../platform/merchant.ts';
import type {Platform} from '../platform/platform.ts';

/** One signed request, with everything an endpoint needs to answer it. */
export interface DockCall {
  readonly platform: Platform;
  readonly merchant: Merchant;
  readonly group: MerchantGroup | undefined;
  readonly origin: string;
  readonly strike: Strike;
  /** All parameters: of the JSON body, or texts of a form. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Lets other requests in between the checks and the transaction of a purchase. */
  readonly beforeCommit: () => Promise<void>;
}
