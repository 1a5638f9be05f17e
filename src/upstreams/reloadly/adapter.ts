import * as v from 'valibot';
import {money, multiply, type Money} from '../../domain/money.ts';
import {fetchPicture, type CallBounds} from '../exchange.ts';
import type {UpstreamWith} from '../optional-calls.ts';
import {
  isUpstreamError,
  UpstreamError,
  type Capabilities,
  type Good,
  type OfferKey,
  type UpstreamOffer,
} from '../port.ts';
import {balance as balanceSchema} from './answers.ts';
import {readCatalogue} from './catalogue.ts';
import {checkOptions, type ReloadlyOptions} from './options.ts';
import {readProduct} from './product.ts';
import {createPurchases} from './purchases.ts';
import {createTokens} from './tokens.ts';
import {createTransport} from './transport.ts';

/** What Reloadly's gift cards can do. */
export const capabilities = {
  webhook: false,
  webhookSigned: false,
  cancel: false,
  refund: false,
  delta: false,
  orders: true,
  search: true,
  pages: true,
  countsStock: false,
  deliveryKinds: false,
  /** By the report of transactions. */
  queryByReference: true,
  /** A reference is said to be taken once, but what a second order with it does is not: none is sent. */
  idempotency: 'none',
  claimsReference: false,
  quote: false,
  costCeiling: false,
  refusalReasons: true,
  refundStatus: true,
  refundsInPart: false,
  cardsOutliveRefund: false,
  pickCard: false,
  /** No length is documented; this is what fits all platforms we know of. */
  maximumReferenceLength: 19,
  parallelPurchases: 4,
  clockSkewSeconds: null,
} as const satisfies Capabilities;

/** An account at Reloadly, for gift cards. */
export type Reloadly = UpstreamWith<typeof capabilities>;

/**
 * Makes the adapter for one account. Runs wherever `fetch` does.
 * Source: Reloadly/reloadly-api-documentation, 2022-07-20; and what is known of the service where it is newer than that.
 * @throws {RangeError} when an option cannot be right.
 */
export function createReloadly(options: ReloadlyOptions): Reloadly {
  const {origin, authOrigin, timeouts, limits} = checkOptions(options);
  const {clientId, clientSecret, currency, recipientEmail, fetch} = options;
  const now = () => options.clock?.now() ?? Date.now();
  const milliseconds = timeouts.read;
  const tokens = createTokens({authOrigin, audience: origin, clientId, clientSecret, fetch, now, milliseconds});
  const transport = createTransport({origin, tokens, fetch});
  const context = () => ({origin, currency, now: now()});
  const bounds = (signal: AbortSignal, bytes = limits.answer): CallBounds => ({signal, milliseconds, bytes});
  const costOf = async (offer: OfferKey, signal: AbortSignal) => (await offerOf(offer, signal)).costs[0]!.price;
  const purchases = createPurchases({
    transport,
    currency,
    recipientEmail,
    costOf,
    balance,
    now,
    bounds: signal => ({signal, milliseconds: timeouts.purchase, bytes: limits.cards}),
  });

  return {
    protocol: 'reloadly',
    capabilities,
    connect: async signal => ({name: 'Reloadly', balance: await balance(signal)}),
    catalogue: signal => readCatalogue(transport, context(), () => bounds(signal, limits.page)),
    search: async (words, signal) =>
      (await readCatalogue(transport, context(), () => bounds(signal, limits.page), words.trim())).goods,
    good,
    stock: async (offer, signal) => (await offerOf(offer, signal)).stock,
    /** There is no question for it: reckoned from the product as it is now. */
    async quote(offer, quantity, signal) {
      if (!Number.isSafeInteger(quantity) || quantity < 1) {
        throw new RangeError(`A whole quantity from 1 is needed, got ${quantity}.`);
      }
      return multiply(await costOf(offer, signal), quantity);
    },
    ...purchases,
    picture: (url, signal) => fetchPicture(fetch, url, origin, {signal, milliseconds, bytes: limits.picture}),
  };

  async function balance(signal: AbortSignal): Promise<Money> {
    const account = await transport.read({method: 'GET', path: '/accounts/balance'}, balanceSchema, bounds(signal));
    if (account.currencyCode === currency) return money(account.balance, currency);
    throw new UpstreamError(
      'unexpected_answer',
      `The account is kept in ${account.currencyCode}, and is said to be kept in ${currency}.`,
    );
  }

  async function good(code: string, signal: AbortSignal): Promise<Good> {
    const path = `/products/${encodeURIComponent(code)}`;
    const reading = readProduct(await readRecord(path, signal), context());
    if (reading.kind === 'good' && reading.good.code === code) return reading.good;
    const why = reading.kind === 'good' ? `it was answered with ${reading.good.code}` : reading.reason;
    throw new UpstreamError('unexpected_answer', `The product ${code} cannot be offered: ${why}`);
  }

  /** A product that is not there is a bad request, and such a question can be bad in no other way. */
  async function readRecord(path: string, signal: AbortSignal): Promise<unknown> {
    try {
      return await transport.read({method: 'GET', path}, v.unknown(), bounds(signal));
    } catch (error) {
      if (!isUpstreamError(error) || error.reason !== 'refused') throw error;
      throw new UpstreamError('absent', error.message, {code: error.code, cause: error});
    }
  }

  async function offerOf({code, sku}: OfferKey, signal: AbortSignal): Promise<UpstreamOffer> {
    const {offers} = await good(code, signal);
    const offer = offers.find(candidate => candidate.sku === sku);
    if (!offer)
      throw new UpstreamError('absent', `The product ${code} has no card worth ${sku ?? 'nothing'} any more.`);
    return offer;
  }
}
