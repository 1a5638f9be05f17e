import {money, multiply} from '../../domain/money.ts';
import {fetchPicture, type CallBounds} from '../exchange.ts';
import type {UpstreamWith} from '../optional-calls.ts';
import {UpstreamError, type Capabilities, type Good, type OfferKey} from '../port.ts';
import {balance as balanceSchema} from './answers.ts';
import * as v from 'valibot';
import {readCallback} from './callbacks.ts';
import {readCatalogue} from './catalogue.ts';
import {checkOptions, type KinguinOptions} from './options.ts';
import {currency, readProduct, type ProductReading} from './product.ts';
import {createPurchases} from './purchases.ts';
import {createTransport} from './transport.ts';

/** What Kinguin's e-commerce API can do. */
export const capabilities = {
  webhook: true,
  webhookSigned: false,
  cancel: false,
  /** Keys given back, all at once, within a day. */
  refund: true,
  delta: true,
  orders: true,
  search: true,
  pages: true,
  countsStock: true,
  deliveryKinds: true,
  queryByReference: true,
  /** Whether a second order with the same reference is refused is not documented. */
  idempotency: 'none',
  claimsReference: false,
  quote: false,
  costCeiling: true,
  refusalReasons: true,
  refundStatus: true,
  refundsInPart: true,
  cardsOutliveRefund: true,
  pickCard: false,
  /** No length is documented; this is what fits all platforms we know of. */
  maximumReferenceLength: 19,
  parallelPurchases: 4,
  clockSkewSeconds: null,
} as const satisfies Capabilities;

/** A store of an account at Kinguin; everything costs euros. */
export type Kinguin = UpstreamWith<typeof capabilities>;

const shortestName = 3;

/**
 * Makes the adapter for one account: orders and keys by version 2, everything else by version 1, as the vendor mixes them.
 * Runs wherever `fetch` does.
 * Source: kinguinltdhk/Kinguin-eCommerce-API, 2025-07-09
 * @throws {RangeError} when an option cannot be right.
 */
export function createKinguin(options: KinguinOptions): Kinguin {
  const {origin, timeouts, limits} = checkOptions(options);
  const {apiKey, webhookSecret, fetch} = options;
  const context = () => ({origin, now: options.clock?.now() ?? Date.now()});
  const transport = createTransport({origin, apiKey, fetch});
  const bounds = (signal: AbortSignal, bytes = limits.answer): CallBounds => ({
    signal,
    milliseconds: timeouts.read,
    bytes,
  });
  const purchases = createPurchases({
    transport,
    termsOf: async (code, signal) => (await readOne(code, signal)).terms,
    bounds: signal => ({signal, milliseconds: timeouts.purchase, bytes: limits.cards}),
  });
  const changes = (signal: AbortSignal, chosen: {readonly since?: number; readonly name?: string}) =>
    readCatalogue(transport, context(), () => bounds(signal, limits.page), chosen);

  return {
    protocol: 'kinguin',
    capabilities,
    async connect(signal) {
      const {balance} = await transport.read({method: 'GET', path: '/v1/balance'}, balanceSchema, bounds(signal));
      return {name: 'Kinguin', balance: money(balance, currency)};
    },
    catalogue: async signal => {
      const {gone: _gone, ...catalogue} = await changes(signal, {});
      return catalogue;
    },
    delta: (since, signal) => changes(signal, {since}),
    async search(words, signal) {
      const name = words.trim();
      if ([...name].length < shortestName) {
        throw new UpstreamError('refused', `Kinguin looks for names of ${shortestName} characters and more.`);
      }
      return (await changes(signal, {name})).goods;
    },
    good: async (code, signal): Promise<Good> => (await readOne(code, signal)).good,
    stock: async ({code}: OfferKey, signal) => (await readOne(code, signal)).good.offers[0]!.stock,
    /** There is no question for it: the price that a seller has as many keys at. */
    async quote({code}: OfferKey, quantity, signal) {
      if (!Number.isSafeInteger(quantity) || quantity < 1) {
        throw new RangeError(`A whole quantity from 1 is needed, got ${quantity}.`);
      }
      return multiply((await readOne(code, signal)).terms.priceFor(quantity), quantity);
    },
    ...purchases,
    webhook: notice => readCallback(notice, webhookSecret),
    picture: (url, signal) =>
      fetchPicture(fetch, url, origin, {signal, milliseconds: timeouts.read, bytes: limits.picture}),
  };

  async function readOne(code: string, signal: AbortSignal): Promise<Extract<ProductReading, {kind: 'good'}>> {
    const path = `/v2/products/${encodeURIComponent(code)}`;
    const reading = readProduct(await transport.read({method: 'GET', path}, v.unknown(), bounds(signal)), context());
    if (reading.kind === 'good') return reading;
    if (reading.kind === 'inactive') throw new UpstreamError('absent', `Nobody offers the product ${code} any more.`);
    throw new UpstreamError('unexpected_answer', `The product ${code} cannot be offered: ${reading.reason}`);
  }
}
