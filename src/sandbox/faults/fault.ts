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
  /** Everything happens, then the connection is cut after `bytes` of the answer's body (half of it if absent). */
  'cut-answer',
  /** Everything happens, and the answer ends after `bytes` of its body (half of it if absent), as if that were all. */
  'short-answer',
  /** Everything happens, and the answer is a small one that unpacks to 256 MB. */
  'gzip-bomb',
  /** Everything happens, and the answer is 100 MB of nothing. */
  'huge-answer',
  /** Everything happens, and the answer says to be in GB 2312, which it is not. */
  'wrong-charset',
  /** The platform's clock is `seconds` ahead (600 if absent) while it looks at the call's time stamp. */
  'clock-skew',
  /** The account's key is not accepted, as if it had been changed. */
  'key-refused',
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
  /** `trade`: delivered as ordered, and paid back in full a minute later; the cards are worthless then. */
  'refund-later',
  /** Stock answers say `extra` pieces more than there are. */
  'overstated-stock',
  /** Somebody else buys `extra` pieces of the good (all if absent) just before this call is worked on. */
  'sold-elsewhere',
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

/** What can be made to go wrong with the platform's own callbacks about orders. */
export const callbackFaults = [
  /** It counts as delivered and is never sent. */
  'callback-lost',
  /** It is sent twice. */
  'callback-twice',
  /** It waits for `delayMs`, so that a later one overtakes it. */
  'callback-late',
  /** Before it comes one from somebody who knows the account and not its key. */
  'callback-forged',
  /** Before it comes the one that another account would have got about the order. */
  'callback-for-another-shop',
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
export type CallbackFault = (typeof callbackFaults)[number];
export type FaultName = PlatformFault | CallbackFault | PaymentFault;

export const faultNames: readonly [FaultName, ...FaultName[]] = [
  ...platformFaults,
  ...callbackFaults,
  ...paymentFaults,
];

/** How much, how long, how many: which of them a fault listens to is in {@link faultParameters}. */
export interface FaultParameters {
  readonly delayMs?: number;
  /** Decimal text, in the platform's currency. */
  readonly amount?: string;
  /** Whole per cent. */
  readonly percent?: number;
  readonly extra?: number;
  readonly bytes?: number;
  readonly seconds?: number;
}

/** The parameters of the faults that have any. */
export const faultParameters: Readonly<Partial<Record<FaultName, readonly (keyof FaultParameters)[]>>> = {
  slow: ['delayMs'],
  'cut-answer': ['bytes'],
  'short-answer': ['bytes'],
  'clock-skew': ['seconds'],
  'overstated-stock': ['extra'],
  'sold-elsewhere': ['extra'],
  'price-moved': ['percent'],
  'wallet-spent-elsewhere': ['amount'],
  'callback-late': ['delayMs'],
  'notify-delayed': ['delayMs'],
};

/** Faults that mean something for a purchase only. */
export const tradeFaults: ReadonlySet<FaultName> = new Set<FaultName>([
  'oversold',
  'placeholder',
  'short-delivery',
  'extra-card',
  'empty-secret',
  'refund-later',
  'nested-refresh-failed',
  'next-shop-unreachable',
  'next-shop-html',
  'next-shop-out-of-balance',
]);

/** The one endpoint where a fault means something; absent where it does on several. */
export function placeOf(fault: FaultName): 'notify' | 'callback' | 'trade' | undefined {
  if (isOneOf(paymentFaults, fault)) return 'notify';
  if (isOneOf(callbackFaults, fault)) return 'callback';
  return tradeFaults.has(fault) ? 'trade' : undefined;
}

function isOneOf(faults: readonly FaultName[], fault: FaultName): boolean {
  return faults.includes(fault);
}

/** One fault waiting to strike. */
export interface ArmedFault extends FaultParameters {
  readonly id: string;
  readonly fault: FaultName;
  /** Only calls of this protocol; absent: of any. */
  readonly protocol?: string;
  /** The endpoint it waits for (`trade`, `stock`, `notify` …), or `*` for any. */
  readonly endpoint: string;
  /** Strikes left; `null` strikes until cleared. */
  readonly times: number | null;
  /** Chance of each call to be struck, 0 to 1. */
  readonly probability: number;
  /** Of the calls it waits for, only these; the first is 1. */
  readonly nth?: readonly number[];
  /** Of the calls it waits for, every so-manieth. */
  readonly every?: number;
  /** Not before and not from then on, epoch milliseconds; calls outside do not count. */
  readonly from?: number;
  readonly until?: number;
  /** Only calls about this good. */
  readonly goodCode?: string;
}

/** What has to be said to arm a fault; `times` defaults to 1, `probability` to 1, `endpoint` to `trade`, `callback` or `notify`. */
export type FaultOrder = Pick<ArmedFault, 'fault'> & Partial<Omit<ArmedFault, 'id' | 'fault'>>;
