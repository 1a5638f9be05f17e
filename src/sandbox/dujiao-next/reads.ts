import type {Good} from '../platform/good.ts';
import type {OpenApiCall} from './open-api-call.ts';
import {categoryRow, changedAt, isActive, productRow, type RowContext} from './product-rows.ts';
import {twoDigits} from '../two-digits.ts';
import {Refusal} from './refusal.ts';

/** Pages are never longer, whatever is asked for. */
const longestPage = 50;
const defaultOverstatement = 5;

/** `POST /ping` */
export function ping({merchant, siteName}: OpenApiCall): unknown {
  return {
    ok: true,
    site_name: siteName,
    protocol_version: '1.0',
    user_id: merchant.id,
    balance: twoDigits(merchant.balance.amount),
    currency: merchant.balance.currency,
    member_level: null,
  };
}

/** `GET /categories` */
export function categories({platform}: OpenApiCall): unknown {
  const rows = platform.categories().filter(({enabled, hidden}) => enabled && !hidden);
  return {ok: true, categories: rows.toSorted((left, right) => right.sort - left.sort).map(categoryRow)};
}

/** `GET /products`; a date that cannot be read is silently ignored. */
export function products(call: OpenApiCall): unknown {
  const {platform, query} = call;
  const since = Date.parse(query.get('updated_after') ?? '');
  const withInactive = query.get('include_inactive') === 'true';
  const found = platform
    .goods()
    .filter(good => withInactive || isActive(good))
    .filter(good => Number.isNaN(since) || changedAt(good) > since);
  const page = Math.max(1, wholeNumber(query.get('page')) ?? 1);
  const pageSize = Math.min(longestPage, Math.max(1, wholeNumber(query.get('page_size')) ?? longestPage));
  return {
    ok: true,
    items: found.slice((page - 1) * pageSize, page * pageSize).map(good => productRow(good, rowContext(call))),
    total: found.length,
    page,
    page_size: pageSize,
    ...(withInactive && {includes_inactive: true}),
  };
}

/** `GET /products/:id`: one that is switched off is still shown, as such. */
export function product(call: OpenApiCall, id: string): unknown {
  return {ok: true, product: productRow(goodById(call, id), rowContext(call))};
}

function goodById({platform}: OpenApiCall, id: string): Good {
  const good = platform.goods().find(candidate => String(candidate.id) === id);
  if (!good) throw new Refusal('product_not_found', 'product not found');
  return good;
}

function rowContext({platform, group, origin, strike}: OpenApiCall): RowContext {
  const overstated = strike.get('overstated-stock');
  return {platform, group, origin, overstatement: overstated ? (overstated.extra ?? defaultOverstatement) : 0};
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
