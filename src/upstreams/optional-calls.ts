import type {Money} from '../domain/money.ts';
import type {ListedOrder} from '../domain/reconciliation.ts';
import type {Capabilities, Catalogue, Good, RefusalReason, UnknownReason, Upstream, UpstreamCore} from './port.ts';

/** Calls that only some protocols have, each named as the capability that declares it. */
export interface OptionalCalls {
  /** Reads a notice that claims to come from the platform. Decides by its bytes alone and asks nobody. */
  webhook(notice: WebhookNotice): WebhookReading;
  /** Asks for an order to be called off. */
  cancel(order: OrderKey, signal: AbortSignal): Promise<CancelOutcome>;
  /** Asks for money back. */
  refund(order: RefundRequest, signal: AbortSignal): Promise<RefundOutcome>;
  /** What changed since a moment (epoch milliseconds of the platform's clock). @throws {UpstreamError} */
  delta(since: number, signal: AbortSignal): Promise<CatalogueChanges>;
  /**
   * The account's orders since a moment (epoch milliseconds of the platform's clock), whoever placed them; the newest
   * thousand at most. @throws {UpstreamError}
   */
  orders(since: number, signal: AbortSignal): Promise<readonly ListedOrder[]>;
  /** Goods by words. @throws {UpstreamError} */
  search(words: string, signal: AbortSignal): Promise<readonly Good[]>;
}

export type OptionalCapabilities = {readonly [Call in keyof OptionalCalls]: boolean};

/**
 * What an adapter with these capabilities has to be: with every call that it declares, and with none that it does not.
 * An adapter writes its table `as const satisfies Capabilities` and returns this.
 */
export type UpstreamWith<Table extends Capabilities> = UpstreamCore & {readonly capabilities: Table} & {
  readonly [Call in keyof OptionalCalls as Table[Call] extends true ? Call : never]: OptionalCalls[Call];
} & {readonly [Call in keyof OptionalCalls as Table[Call] extends true ? never : Call]?: never};

/** Whether a platform has an optional call. */
export function can<Call extends keyof OptionalCalls>(
  upstream: Upstream,
  call: Call,
): upstream is Upstream & {readonly [Name in Call]: OptionalCalls[Name]} {
  return upstream.capabilities[call];
}

export interface OrderKey {
  /** The platform's own id. */
  readonly orderId: string;
}

export interface RefundRequest extends OrderKey {
  /** Part of what was charged; absent: all of it. */
  readonly amount?: Money;
  readonly why: string;
}

export type CancelOutcome =
  | {readonly kind: 'canceled'}
  /** Taken note of; whether it will be called off shows when the order is followed. */
  | {readonly kind: 'asked'}
  | {readonly kind: 'refused'; readonly reason: RefusalReason; readonly text: string; readonly code?: string}
  | {readonly kind: 'unknown'; readonly reason: UnknownReason; readonly text: string; readonly code?: string};

export type RefundOutcome =
  Exclude<CancelOutcome, {kind: 'canceled'}> | {readonly kind: 'refunded'; readonly amount: Money};

export interface CatalogueChanges extends Catalogue {
  /** Codes of goods that are not sold any more. */
  readonly gone: readonly string[];
}

/** A notice as it came in: the signature covers its very bytes. */
export interface WebhookNotice {
  readonly method: string;
  /** Path and query that it was sent to. */
  readonly path: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What to answer the platform with, word by word: most read the body and not only the status. */
export interface WebhookAnswer {
  readonly status: number;
  readonly mediaType: string;
  readonly body: string;
}

export type WebhookReading =
  | {
      readonly kind: 'verified';
      readonly events: readonly PlatformEvent[];
      /** Codes of goods that are said to have changed: worth a look, and no more. */
      readonly goods?: readonly string[];
      readonly answer: WebhookAnswer;
    }
  | {readonly kind: 'refused'; readonly reason: WebhookRefusal; readonly text: string; readonly answer: WebhookAnswer};

/** `forged`: not signed by this account's secret, which another shop's notice is not either. */
export type WebhookRefusal = 'forged' | 'stale' | 'unreadable';

/**
 * A hint that an order moved. It is never taken for the truth: whoever gets it reads the order, so it may come twice,
 * late, or before an older one. Only an order whose connection, reference and id all match may be touched.
 */
export interface PlatformEvent {
  /** The same for the same notice sent again. */
  readonly id: string;
  readonly orderId: string;
  readonly reference?: string;
  /** The platform's own word for where the order stands: evidence, nothing is decided by it. */
  readonly status: string;
  /** When the platform says it happened, in epoch milliseconds. */
  readonly at: number;
}
