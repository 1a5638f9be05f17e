import type {EsaCall} from './esa-call.ts';
import {Problem} from './problem.ts';
import {
  changedAt,
  kinguinIdOf,
  nameOf,
  platformNameOf,
  productByNumber,
  productId,
  productRow,
  productsOf,
  type Product,
} from './product-rows.ts';

const usualPage = 25;
const longestPage = 100;
const shortestName = 3;

/** `GET /v1/balance` */
export function balance({merchant}: EsaCall): unknown {
  return {balance: Number(merchant.balance.amount)};
}

/** `GET /v1/platforms` */
export function platforms({platform}: EsaCall): unknown {
  const shown = platform.categories().filter(({enabled, hidden}) => enabled && !hidden);
  return [...new Set(shown.map(({name}) => name))];
}

/** `GET /v1/products` */
export function products(call: EsaCall): unknown {
  const {platform, merchant, query} = call;
  const name = query.get('name');
  if (name !== null && [...name].length < shortestName) {
    throw new Problem(
      'ConstraintViolation',
      `Invalid "name" property. At least ${shortestName} characters are needed.`,
    );
  }
  const [since, to] = [moment(query.get('updatedSince')), moment(query.get('updatedTo'))];
  const among = (parameter: string, value: string): boolean => query.get(parameter)?.split(',').includes(value) ?? true;
  const found = platform
    .goodsFor(merchant.id)
    .flatMap(productsOf)
    .filter(product => name === null || nameOf(product).toLowerCase().includes(name.toLowerCase()))
    .filter(({good}) => since === undefined || changedAt(good) >= since)
    .filter(({good}) => to === undefined || changedAt(good) <= to)
    .filter(product => among('kinguinId', String(product.sku.id)) && among('productId', productId(product)))
    .filter(product => among('platform', platformNameOf(product, call)));
  const sign = query.get('sortType') === 'desc' ? -1 : 1;
  const byTime = query.get('sortBy') === 'updatedAt';
  const key = ({good, sku}: Product): number => (byTime ? changedAt(good) : sku.id);
  return pageOf(
    found.toSorted((left, right) => sign * (key(left) - key(right))),
    query,
    product => productRow(product, call),
  );
}

/** `GET /v1/products/:kinguinId` */
export function productV1(call: EsaCall, id: string): unknown {
  return one(call, /^\d{1,15}$/.test(id) ? Number(id) : -1);
}

/** `GET /v2/products/:productId` */
export function productV2(call: EsaCall, id: string): unknown {
  return one(call, kinguinIdOf(id));
}

function one(call: EsaCall, kinguinId: number): unknown {
  const product = productByNumber(call, kinguinId);
  if (!product?.good.onSale) throw new Problem('Http', 'Product not found.');
  return productRow(product, call);
}

/** A page of rows, as every list has it. */
export function pageOf<Row>(rows: readonly Row[], query: URLSearchParams, write: (row: Row) => unknown): unknown {
  return {results: sliceOf(rows, query).map(write), item_count: rows.length};
}

/** @throws {Problem} for a page that is no number, or longer than the longest. */
export function sliceOf<Row>(rows: readonly Row[], query: URLSearchParams): readonly Row[] {
  const page = wholeNumber(query, 'page', 1);
  const limit = wholeNumber(query, 'limit', usualPage);
  if (limit > longestPage) {
    throw new Problem(
      'ConstraintViolation',
      `Invalid "limit" property. It must be lower than or equal ${longestPage}.`,
    );
  }
  return rows.slice((page - 1) * limit, page * limit);
}

function wholeNumber(query: URLSearchParams, name: string, absent: number): number {
  const text = query.get(name);
  if (text === null) return absent;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Problem('ConstraintViolation', `Invalid "${name}" property.`);
  return Number(text);
}

function moment(text: string | null): number | undefined {
  if (text === null) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new Problem('ConstraintViolation', 'Invalid date.');
  return at;
}
