import type {Sandbox, Good, PlatformOrder} from '../../../src/sandbox/index.ts';
import type {WebhookNotice} from '../../../src/upstreams/optional-calls.ts';
import type {Upstream} from '../../../src/upstreams/port.ts';
import type {World} from './world.ts';

/** How an adapter is opened for a case. */
export interface Opening {
  readonly url: string;
  readonly account: {readonly id: string; readonly key: string};
  readonly clock: {
    readonly now: () => number;
    /** Lets the platform's time pass instead of waiting, where an adapter keeps to a platform's limits. */
    readonly pause?: (milliseconds: number) => Promise<void>;
  };
  /** How long it may wait for a purchase's answer, in milliseconds. */
  readonly purchaseTimeout?: number;
}

/** All that the suite has to be told about one platform; everything else it finds in the capability table. */
export interface PlatformFixture {
  readonly protocol: string;
  open(opening: Opening): Upstream;
  /** Where there is no platform at the other end of a wire: what the cases that need none run in. */
  openWorld?(): Promise<World>;
  /** The code the adapter knows a good of the platform by. */
  codeOf(good: Good): string;
  /** The codes of a good's kinds, in their order, where each kind is a good of its own. `codeOf` is the first then. */
  kindCodes?(good: Good): readonly string[];
  /** Whether a request is the one that buys. */
  isPurchase(method: string, path: string): boolean;
  /** Whether a request reads goods. */
  isCatalogue(method: string, path: string): boolean;
  /** A notice about an order as the platform's skin makes it, signed with the given key. Where there are webhooks. */
  notice?(sandbox: Sandbox, order: PlatformOrder, account: Opening['account']): WebhookNotice | Promise<WebhookNotice>;
}
