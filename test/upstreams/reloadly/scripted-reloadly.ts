import {createReloadly, type ReloadlyOptions} from '../../../src/upstreams/reloadly/index.ts';
import type {BuyRequest} from '../../../src/upstreams/port.ts';

export const patient = new AbortController().signal;
export const clientSecret = 'test_secret';

export const product = (more: object = {}) => ({
  productId: 1,
  productName: '1-800-PetSupplies',
  global: false,
  senderFee: 0,
  discountPercentage: 0,
  denominationType: 'FIXED',
  recipientCurrencyCode: 'USD',
  senderCurrencyCode: 'NGN',
  fixedRecipientDenominations: [25, 50],
  fixedSenderDenominations: [10264.5, 20529],
  fixedRecipientToSenderDenominationsMap: [{'25.00': 10264.5}, {'50.00': 20529}],
  logoUrls: ['https://cdn.example/1.jpg'],
  brand: {brandId: 6, brandName: 'PetSupplies'},
  country: {isoName: 'US', name: 'United States'},
  redeemInstruction: {concise: 'short', verbose: 'Go to the shop'},
  ...more,
});

export const order = (more: object = {}) => ({
  transactionId: 101,
  amount: 10264.5,
  discount: 0,
  currencyCode: 'NGN',
  fee: 0,
  customIdentifier: 'A-20260101-0001',
  status: 'SUCCESSFUL',
  product: {productId: 1, quantity: 1, unitPrice: 25},
  transactionCreatedTime: '2022-02-28 13:46:00',
  ...more,
});

export const problem = (status: number, message: string, errorCode: string | null = null) =>
  Response.json(
    {timeStamp: '2022-01-06 10:57:50', message, path: '/', errorCode, infoLink: null, details: []},
    {status},
  );

export const json = (text: string) => new Response(text, {headers: {'content-type': 'application/json'}});

/** What its function or value says, by method and path; a function sees how often it was asked, and the query. */
type Scripted = unknown;

/** An adapter against a Reloadly that answers as told. Tokens are `token-1`, `token-2` … unless told otherwise. */
export function reloadlyWith(answers: Readonly<Record<string, Scripted>>, options: Partial<ReloadlyOptions> = {}) {
  let tokens = 0;
  const all: Readonly<Record<string, Scripted>> = {
    'POST /oauth/token': () => ({access_token: `token-${++tokens}`, scope: 'developer', expires_in: 5_184_000}),
    'GET /products/1': product(),
    'GET /accounts/balance': {balance: 1_000_000, currencyCode: 'NGN'},
    ...answers,
  };
  const sent: {question: string; origin: string; query: string; body: string; bearer: string; accept: string}[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(String(input));
    const question = `${init?.method} ${url.pathname}`;
    const headers = new Headers(init?.headers);
    const body = typeof init?.body === 'string' ? init.body : '';
    sent.push({
      question,
      origin: url.origin,
      query: url.search,
      body,
      bearer: headers.get('authorization') ?? '',
      accept: headers.get('accept') ?? '',
    });
    const answer = all[question];
    const times = sent.filter(one => one.question === question).length;
    const said: unknown =
      answer instanceof Function
        ? await (answer as (times: number, query: URLSearchParams) => unknown)(times, url.searchParams)
        : answer;
    if (said === undefined) return problem(404, 'Invalid transaction id');
    return said instanceof Response ? said.clone() : Response.json(said);
  };
  const shop = createReloadly({
    url: 'https://giftcards-sandbox.reloadly.com',
    clientId: 'test_id',
    clientSecret,
    currency: 'NGN',
    recipientEmail: 'cards@shop.example',
    fetch,
    ...options,
  });
  return {shop, sent, asked: (question: string) => sent.filter(one => one.question === question)};
}

export const request = (overrides: Partial<BuyRequest> = {}): BuyRequest => ({
  reference: 'A-20260101-0001',
  offer: {code: '1', choices: {面值: '25 USD'}, nested: false, sku: '25'},
  quantity: 1,
  fields: {},
  contact: 'keystall',
  password: '',
  delivery: 'automatic',
  ...overrides,
});
