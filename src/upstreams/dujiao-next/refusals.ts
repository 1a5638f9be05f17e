import type {RefusalReason, UpstreamError} from '../port.ts';

/** What each of the platform's codes means to us. Source: the fact sheet's table; the last two are a port's own. */
const reasons: Readonly<Record<string, RefusalReason>> = {
  bad_request: 'other',
  invalid_callback_url: 'other',
  sku_unavailable: 'not_for_sale',
  product_unavailable: 'not_for_sale',
  product_not_found: 'not_for_sale',
  missing_auth_headers: 'credentials',
  invalid_signature: 'credentials',
  unauthorized: 'credentials',
  invalid_api_key: 'credentials',
  invalid_timestamp: 'clock',
  timestamp_expired: 'clock',
  user_disabled: 'account_blocked',
  forbidden: 'account_blocked',
  insufficient_balance: 'insufficient_balance',
  insufficient_stock: 'sold_out',
  payment_failed: 'other',
  invalid_request: 'other',
  product_out_of_stock: 'sold_out',
};

/** Statuses of a shop, or of something in front of it, that was too busy to say what became of the request. */
const undecided: ReadonlySet<number> = new Set([408, 409, 425, 429]);

/**
 * What a purchase was refused for; `undefined` where the answer does not prove that nothing was bought.
 */
export function refusalReason(code: string, status: number): RefusalReason | undefined {
  const known = Object.hasOwn(reasons, code) ? reasons[code] : undefined;
  if (known !== undefined) return known;
  return status >= 400 && status < 500 && !undecided.has(status) ? 'other' : undefined;
}

/** What a refused read was refused for. */
export function readRefusal(code: string, status: number): UpstreamError['reason'] {
  if (/^(?:product_not_found|order_not_found|product_unavailable)$/.test(code)) return 'absent';
  const reason = refusalReason(code, status);
  if (reason === 'credentials' || reason === 'clock') return reason;
  return reason === undefined ? 'unexpected_answer' : 'refused';
}
