/** What can be made to go wrong on the platform's side, and what each one does. */
export const platformFaults = [
  /** The connection is cut before anything happened. */
  'drop-before-commit',
  /** Everything happens, then the connection is cut. */
  'commit-then-drop',
  /** The platform's HTML page, before anything happened. */
  'html',
  /** Everything happens, then a proxy answers 502 with a page of its own. */
  'bad-gateway-after-commit',
  /** Everything happens, and the answer is held back for `delayMs`. */
  'slow',
  /** `trade`: charged, and an apology instead of cards. */
  'oversold',
  /** `trade`: charged, and "being delivered" instead of cards; an operator can deliver it later. */
  'placeholder',
  /** `trade`: charged in full, and one card fewer than ordered. */
  'short-delivery',
  /** `trade`: charged as ordered, and one card more. */
  'extra-card',
  /** `trade`: charged, and an empty secret. */
  'empty-secret',
  /** Stock answers say `extra` pieces more than there are. */
  'overstated-stock',
  /** The good's prices rise by `percent` just before this call is worked on, and stay there. */
  'price-moved',
  /** Somebody else spends `amount` from the wallet just before this call is worked on. */
  'wallet-spent-elsewhere',
  /** Nested goods, `trade`: bought and charged, then code 0 because the stock could not be refreshed. */
  'nested-refresh-failed',
  /** Nested goods, `trade`: the next shop cannot be reached; nothing is bought. */
  'next-shop-unreachable',
  /** Nested goods, `trade`: the next shop answers with a page; nothing is bought. */
  'next-shop-html',
  /** Nested goods, `trade`: the platform's own wallet at the next shop is empty; nothing is bought. */
  'next-shop-out-of-balance',
] as const;

/** What can be made to go wrong with the payment provider's notices. */
export const paymentFaults = [
  /** The notice is counted as delivered and never sent. */
  'notify-lost',
  /** The first try of the notice waits for `delayMs`. */
  'notify-delayed',
  /** The notice goes out while the payment still reads `pending`. */
  'notify-before-commit',
] as const;

export type PlatformFault = (typeof platformFaults)[number];
export type PaymentFault = (typeof paymentFaults)[number];
export type FaultName = PlatformFault | PaymentFault;

/** One fault waiting to strike. */
export interface ArmedFault {
  readonly id: string;
  readonly fault: FaultName;
  /** The endpoint it waits for (`trade`, `stock`, `notify` …), or `*` for any. */
  readonly endpoint: string;
  /** Strikes left; `null` strikes until cleared. */
  readonly times: number | null;
  /** Chance of each call to be struck, 0 to 1. */
  readonly probability: number;
  /** Only calls about this good. */
  readonly goodCode?: string;
  readonly delayMs?: number;
  /** Decimal text, in the platform's currency. */
  readonly amount?: string;
  /** Whole per cent. */
  readonly percent?: number;
  readonly extra?: number;
}

/** What has to be said to arm a fault; `times` defaults to 1, `probability` to 1, `endpoint` to `trade` or `notify`. */
export type FaultOrder = Pick<ArmedFault, 'fault'> & Partial<Omit<ArmedFault, 'id' | 'fault'>>;
