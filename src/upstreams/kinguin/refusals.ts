import type {RefusalReason, UpstreamError} from '../port.ts';

/**
 * What a purchase that was refused with one of Kinguin's kinds was refused for.
 * Source: kinguinltdhk/Kinguin-eCommerce-API, api/ErrorsCodes.md
 */
const reasons: Readonly<Record<string, RefusalReason>> = {
  ConstraintViolation: 'other',
  Authorization: 'credentials',
  InsufficientBalance: 'insufficient_balance',
  BalanceRequired: 'insufficient_balance',
  /** No offer for that price and quantity: which of the two it was has to be looked up. */
  ProductUnavailable: 'sold_out',
  Preorder: 'not_for_sale',
  OrderNotFound: 'other',
  OrderNotSupported: 'other',
  NoKeysToReturn: 'other',
};

/** Kinds that do not say what became of a request. */
const undecidedKinds: ReadonlySet<string> = new Set(['HttpClient', 'Http', 'Error', 'ResourceLock', 'OrderFailed']);
/** Statuses of something that was too busy to say what became of a request. */
const undecidedStatuses: ReadonlySet<number> = new Set([408, 409, 425, 429]);

/** What a purchase was refused for; `undefined` where the answer does not prove that nothing was bought. */
export function refusalReason(code: string, status: number): RefusalReason | undefined {
  const known = Object.hasOwn(reasons, code) ? reasons[code] : undefined;
  if (known !== undefined) return known;
  return undecidedKinds.has(code) || undecidedStatuses.has(status) ? undefined : 'other';
}

/** What a refused read was refused for. */
export function readRefusal(code: string, status: number): UpstreamError['reason'] {
  if (status === 404) return 'absent';
  if (code === 'Authorization') return 'credentials';
  return refusalReason(code, status) === undefined ? 'unexpected_answer' : 'refused';
}
