import {money} from '../../domain/money.ts';
import {readWhole, type CatalogueReading, type PagedCatalogue} from '../catalogue-pages.ts';
import {costOf} from '../cost-of.ts';
import {fetchPicture, type CallBounds} from '../exchange.ts';
import type {UpstreamWith} from '../optional-calls.ts';
import {UpstreamError, type Capabilities, type Good, type OfferKey, type UpstreamOffer} from '../port.ts';
import {ping, singleProduct} from './answers.ts';
import {readCallback} from './callbacks.ts';
import {readCatalogue} from './catalogue.ts';
import {checkOptions, type DujiaoNextOptions} from './options.ts';
import {readProduct, type ReadingContext} from './product.ts';
import {createPurchases} from './purchases.ts';
import {createTransport} from './transport.ts';

const toleratedSkewSeconds = 60;

/** What the open API 1.0 can do. */
export const capabilities = {
  webhook: true,
  webhookSigned: true,
  /** Orders that are not paid yet only, and ours are paid from the wallet at once. */
  cancel: true,
  refund: false,
  delta: true,
  orders: false,
  search: false,
  pages: true,
  countsStock: true,
  deliveryKinds: true,
  queryByReference: false,
  idempotency: 'replay',
  claimsReference: false,
  quote: false,
  costCeiling: false,
  refusalReasons: true,
  refundStatus: true,
  refundsInPart: true,
  cardsOutliveRefund: true,
  pickCard: false,
  /** The platform says no length; this is what fits all we know of. */
  maximumReferenceLength: 19,
  parallelPurchases: 8,
  clockSkewSeconds: toleratedSkewSeconds,
} as const satisfies Capabilities;

/** An account on a dujiao-next shop (独角数卡 Next, 站点对接). */
export type DujiaoNext = UpstreamWith<typeof capabilities> & PagedCatalogue;

/**
 * Makes the adapter for one account. Runs wherever `fetch` does.
 * Source: dujiao-next/document, docs/api/integration-open-api.md, and the server's code where the two differ.
 * @throws {RangeError} when an option cannot be right.
 */
export function createDujiaoNext(options: DujiaoNextOptions): DujiaoNext {
  const {origin, timeouts, limits} = checkOptions(options);
  const {apiKey, apiSecret, fetch, callbackUrl} = options;
  const now = () => options.clock?.now() ?? Date.now();
  const transport = createTransport({origin, apiKey, apiSecret, fetch, now});
  const bounds = (signal: AbortSignal, bytes = limits.answer): CallBounds => ({
    signal,
    milliseconds: timeouts.read,
    bytes,
  });
  const purchases = createPurchases({
    transport,
    callbackUrl,
    bounds: signal => ({signal, milliseconds: timeouts.purchase, bytes: limits.cards}),
  });
  let currency: string | undefined;

  return {
    protocol: 'dujiao-next',
    capabilities,
    connect,
    pages,
    catalogue: async signal => {
      const {gone: _gone, ...catalogue} = await readWhole(pages({}, signal));
      return catalogue;
    },
    delta: (since, signal) => readWhole(pages({since}, signal)),
    good,
    async stock(offer, signal) {
      return (await offerOf(offer, signal)).stock;
    },
    /** There is no question for it and there are no tiers: the price that the order will be made at. */
    async quote(offer, quantity, signal) {
      return costOf((await offerOf(offer, signal)).costs[0]!.price, quantity);
    },
    ...purchases,
    webhook: notice => readCallback(notice, {apiKey, apiSecret, now, toleratedSkewSeconds}),
    picture: (url, signal) =>
      fetchPicture(fetch, url, origin, {signal, milliseconds: timeouts.read, bytes: limits.picture}),
  };

  async function connect(signal: AbortSignal) {
    const account = await transport.read({method: 'POST', path: '/ping'}, ping, bounds(signal));
    currency = account.currency;
    return {name: account.site_name, balance: money(account.balance, account.currency)};
  }

  /** Prices carry no currency; the account's is said by `ping` alone. */
  async function context(signal: AbortSignal): Promise<ReadingContext> {
    return {origin, now: now(), currency: currency ?? (await connect(signal)).balance.currency};
  }

  async function* pages(reading: CatalogueReading, signal: AbortSignal) {
    yield* readCatalogue(transport, await context(signal), () => bounds(signal, limits.page), reading);
  }

  async function good(code: string, signal: AbortSignal): Promise<Good> {
    const reading = readProduct(await readRecord(code, signal), await context(signal));
    if (reading.kind === 'good') return reading.good;
    if (reading.kind === 'inactive') throw new UpstreamError('absent', `The product ${code} is switched off.`);
    throw new UpstreamError('unexpected_answer', `The product ${code} cannot be offered: ${reading.reason}`);
  }

  async function readRecord(code: string, signal: AbortSignal): Promise<unknown> {
    const path = `/products/${encodeURIComponent(code)}`;
    return (await transport.read({method: 'GET', path}, singleProduct, bounds(signal))).product;
  }

  async function offerOf({code, sku}: OfferKey, signal: AbortSignal): Promise<UpstreamOffer> {
    const {offers} = await good(code, signal);
    const offer = offers.find(candidate => candidate.sku === sku);
    if (!offer) throw new UpstreamError('absent', `The product ${code} has no SKU ${sku ?? 'without an id'} any more.`);
    return offer;
  }
}
