import type {RefusalReason, UpstreamError} from '../port.ts';

/** A reference that has its order. Source: the fact sheet's table of codes, as all of these. */
export const referenceExists = '1205';
/** Neither yes nor no: to be looked into by hand. */
export const systemError = '9999';
export const orderNotFound = '1301';
/** Not what it means elsewhere. */
export const tooFrequent = '404';

const reasons: Readonly<Record<string, RefusalReason>> = {
  401: 'credentials',
  /** The address of this machine is not on the account's list. */
  402: 'credentials',
  403: 'clock',
  1000: 'credentials',
  1001: 'account_blocked',
  1002: 'account_blocked',
  1200: 'credentials',
  1206: 'not_for_sale',
  1207: 'not_for_sale',
  1208: 'field_not_accepted',
  1209: 'not_for_sale',
  1210: 'price_too_high',
  1211: 'field_not_accepted',
  1212: 'field_not_accepted',
  1213: 'insufficient_balance',
  1214: 'not_for_sale',
};

/** What a purchase was refused for. There is no code for a lack of stock: that is among the words of `-1`. */
export function refusalReason(code: string, message: string): RefusalReason {
  const known = Object.hasOwn(reasons, code) ? reasons[code] : undefined;
  return known ?? (/库存|缺货|售罄/.test(message) ? 'sold_out' : 'other');
}

/** What a refused read was refused for. */
export function readRefusal(code: string): UpstreamError['reason'] {
  if (code === '1206' || code === '1214' || code === orderNotFound) return 'absent';
  const reason = refusalReason(code, '');
  return reason === 'credentials' || reason === 'clock' ? reason : 'refused';
}
