import {
  categoryListSchema,
  productPageSchema,
  type Category,
  type ProductPage,
  type ProductQuery,
} from '../contract/product.ts';
import type {Product, productSchema} from '../contract/product-details.ts';
import {quoteSchema, type Quote, type QuoteRequest} from '../contract/quote.ts';
import {shopSchema, type Shop} from '../contract/shop.ts';
import {createHttp} from './http.ts';
import type {OrderCalls} from './order-calls.ts';
import type {TicketCalls} from './ticket-calls.ts';

export interface ClientOptions {
  /** Origin of the shop server, such as `https://shop.example`. */
  readonly address: string;
  /** Default: the global `fetch`, looked up at each request. */
  readonly fetch?: typeof fetch | undefined;
  /** BCP 47 tag of the reader's language, or what tells it, for every request that names no other. */
  readonly lang?: string | (() => string | undefined) | undefined;
  /** Milliseconds to wait for an answer. Default: 15,000. */
  readonly timeout?: number | undefined;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface LanguageOptions extends CallOptions {
  readonly lang?: string | undefined;
}

export interface OrderOptions extends CallOptions {
  /** What came with the placed order; sent as a header, never part of an address. */
  readonly token: string;
}

export interface PlaceOrderOptions extends CallOptions {
  /** The quote's `intent`: one per purchase, however often it is sent. */
  readonly idempotencyKey: string;
}

/** To create something for an order. */
export interface CreateForOrderOptions extends OrderOptions {
  /** One per ticket, message or file, however often it is sent. */
  readonly idempotencyKey: string;
}

export type OpenPaymentOptions = CreateForOrderOptions;

/**
 * The buyer API of one shop server, a method per operation of openapi.yaml, named alike. (`notifyPayment` and
 * `returnFromPayment` are for payment providers.) Answers are checked against the contract; nothing is repeated by itself.
 *
 * Rejects with a `KeystallError`: one class per problem code, `ConnectionError` when no answer came, and
 * `UnreadableAnswerError` when something else than the API answered; with the signal's reason when aborted.
 */
export interface Client extends OrderCalls, TicketCalls {
  readonly address: string;
  getShop(options?: LanguageOptions): Promise<Shop>;
  listCategories(options?: LanguageOptions): Promise<readonly Category[]>;
  listProducts(query?: ProductQuery, options?: CallOptions): Promise<ProductPage>;
  /** `fresh`: past the browser's cache, which may hold an answer of minutes ago. */
  getProduct(productId: string, options?: LanguageOptions & {readonly fresh?: boolean}): Promise<Product>;
  getCover(productId: string, options?: CallOptions): Promise<Blob>;
  /** One of `pictures`, by its place there. */
  getPicture(productId: string, position: number, options?: CallOptions): Promise<Blob>;
  createQuote(request: QuoteRequest, options?: CallOptions): Promise<Quote>;
}

/** @throws {TypeError} when the address is not an absolute http(s) address. */
export function createClient(options: ClientOptions): Client {
  const address = originOf(options.address);
  const http = createHttp({address, fetch: options.fetch, timeout: options.timeout ?? 15_000});
  const spoken = () => (typeof options.lang === 'function' ? options.lang() : options.lang);
  const language = (lang = spoken()) => ({lang});
  const product = (productId: string, rest = '') => `v1/products/${encodeURIComponent(productId)}${rest}`;

  return {
    address,
    getShop: ({lang, signal} = {}) => http.json(shopSchema, 'v1/shop', {query: language(lang), signal}),
    listCategories: async ({lang, signal} = {}) =>
      (await http.json(categoryListSchema, 'v1/categories', {query: language(lang), signal})).items,
    listProducts: (query = {}, {signal} = {}) =>
      http.json(productPageSchema, 'v1/products', {query: {...query, ...language(query.lang)}, signal}),
    getProduct: (productId, {lang, signal, fresh} = {}) =>
      http.json(details(), product(productId), {query: language(lang), signal, fresh}),
    listCards: async (productId, query, options) =>
      (await orders()).listCards(productId, {...query, ...language(query.lang)}, options),
    getCover: (productId, {signal} = {}) => picture(product(productId, '/cover'), signal),
    getPicture: (productId, position, {signal} = {}) => picture(product(productId, `/pictures/${position}`), signal),
    createQuote: (request, {signal} = {}) =>
      http.json(quoteSchema, 'v1/quotes', {method: 'post', json: withLanguage(request), signal}),
    placeOrder: async (...given) => (await orders()).placeOrder(...given),
    getOrder: async (...given) => (await orders()).getOrder(...given),
    async *watchOrder(...given) {
      yield* (await orders()).watchOrder(...given);
    },
    openPayment: async (...given) => (await orders()).openPayment(...given),
    revealKeys: async (...given) => (await orders()).revealKeys(...given),
    lookUpOrder: async (...given) => (await orders()).lookUpOrder(...given),
    claimReturn: async (...given) => (await orders()).claimReturn(...given),
    listKeys: async (...given) => (await tickets()).listKeys(...given),
    listTickets: async (...given) => (await tickets()).listTickets(...given),
    openTicket: async (...given) => (await tickets()).openTicket(...given),
    getTicket: async (...given) => (await tickets()).getTicket(...given),
    writeToTicket: async (...given) => (await tickets()).writeToTicket(...given),
    addEvidence: async (...given) => (await tickets()).addEvidence(...given),
    getEvidence: async (...given) => (await tickets()).getEvidence(...given),
  };

  async function picture(path: string, signal: AbortSignal | undefined): Promise<Blob> {
    const response = await http.response(path, {accept: 'image/*', signal});
    return response.blob().catch((error: unknown) => {
      throw http.explain(error, path, signal);
    });
  }

  /** Asked for together with the product: most pages show goods in lists only. */
  async function details(): Promise<typeof productSchema> {
    return (await import('../contract/product-details.ts')).productSchema;
  }

  /** Loaded when somebody buys: most pages show goods only. */
  async function orders(): Promise<OrderCalls> {
    const {orderCalls} = await import('./order-calls.ts');
    return orderCalls(http);
  }

  /** Loaded when something is wrong with an order: few pages need it. */
  async function tickets(): Promise<TicketCalls> {
    const {ticketCalls} = await import('./ticket-calls.ts');
    return ticketCalls(http);
  }

  function withLanguage(request: QuoteRequest): QuoteRequest {
    const lang = spoken();
    return lang === undefined ? request : {lang, ...request};
  }
}

function originOf(address: string): string {
  try {
    const url = new URL(address);
    if (/^https?:$/.test(url.protocol)) return url.origin;
  } catch {
    // Told below, in words that help.
  }
  throw new TypeError(
    `createClient: "address" must be the origin of a shop server, such as https://shop.example, got ${JSON.stringify(address)}.`,
  );
}
