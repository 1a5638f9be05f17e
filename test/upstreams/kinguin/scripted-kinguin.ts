import {createKinguin} from '../../../src/upstreams/kinguin/index.ts';
import type {BuyRequest} from '../../../src/upstreams/port.ts';

export const patient = new AbortController().signal;
export const productCode = '5c9b68662539a4e8f17ae2fe';
export const apiKey = 'test_key_0001';

export const offer = (price: number, qty: number, more: object = {}) => ({
  offerId: `5f7efd27${String(price)}`,
  price,
  qty,
  textQty: qty,
  isPreorder: false,
  ...more,
});

export const product = (more: object = {}) => ({
  kinguinId: 1949,
  productId: productCode,
  name: 'Counter-Strike: Source Steam CD Key',
  description: 'Valve&#39;s classic',
  platform: 'Steam',
  price: 5.79,
  qty: 149,
  textQty: 149,
  isPreorder: false,
  regionalLimitations: 'Region free',
  countryLimitation: ['PR', 'PS'],
  offers: [offer(5.79, 149)],
  tags: ['base'],
  ...more,
});

export const order = (more: object = {}) => ({
  totalPrice: 5.79,
  requestTotalPrice: 5.79,
  paymentPrice: 5.29,
  status: 'processing',
  orderId: 'PHS84FJAG5U',
  orderExternalId: 'A-20260101-0001',
  products: [{qty: 1, keys: []}],
  totalQty: 1,
  isPreorder: false,
  ...more,
});

export const problem = (kind: string, status = 422) =>
  Response.json({kind, status, title: 'No', detail: `it is ${kind}`, trace: '082a4cee9b'}, {status});

type Scripted = unknown;

/** An adapter against a Kinguin that answers as told, by method and path below the base; a function sees the query. */
export function kinguinWith(answers: Readonly<Record<string, Scripted>>, options: {webhookSecret?: string} = {}) {
  const all: Readonly<Record<string, Scripted>> = {[`GET /v2/products/${productCode}`]: product(), ...answers};
  const sent: {question: string; query: string; body: string; headers: Headers}[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(String(input));
    const question = `${init?.method} ${url.pathname.replace('/esa/api', '')}`;
    const body = typeof init?.body === 'string' ? init.body : '';
    sent.push({question, query: url.search, body, headers: new Headers(init?.headers)});
    const answer = all[question];
    const said =
      answer instanceof Function ? (answer as (query: URLSearchParams) => unknown)(url.searchParams) : answer;
    if (said === undefined) return problem('OrderNotFound', 404);
    return said instanceof Response ? said.clone() : Response.json(said);
  };
  const shop = createKinguin({url: 'https://gateway.kinguin.net', apiKey, fetch, ...options});
  return {shop, sent, asked: (question: string) => sent.filter(one => one.question === question)};
}

export const request = (overrides: Partial<BuyRequest> = {}): BuyRequest => ({
  reference: 'A-20260101-0001',
  offer: {code: productCode, choices: {}, nested: false},
  quantity: 1,
  fields: {},
  contact: 'keystall',
  password: '',
  delivery: 'automatic',
  ...overrides,
});
