import type {Strike} from '../faults/fault-box.ts';
import type {Merchant, MerchantGroup} from '../platform/merchant.ts';
import type {Platform} from '../platform/platform.ts';
import type {PlatformOrder} from '../platform/platform-order.ts';

/** One signed request, with everything an endpoint needs to answer it. */
export interface OpenApiCall {
  readonly platform: Platform;
  readonly merchant: Merchant;
  readonly group: MerchantGroup | undefined;
  readonly query: URLSearchParams;
  readonly origin: string;
  readonly siteName: string;
  readonly strike: Strike;
  /** The body; `undefined` where it is no JSON. */
  readonly json: () => unknown;
  /** The buyer of an order wants to be told of it at an address. */
  readonly expectCallback: (order: PlatformOrder, url: string) => void;
  /** Lets other requests in between the checks and the transaction of a purchase. */
  readonly beforeCommit: () => Promise<void>;
}
