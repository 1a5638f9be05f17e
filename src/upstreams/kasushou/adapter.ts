import {money} from '../../domain/money.ts';
import type {PagedCatalogue} from '../catalogue-pages.ts';
import {costOf} from '../cost-of.ts';
import {fetchPicture, type CallBounds} from '../exchange.ts';
import type {UpstreamWith} from '../optional-calls.ts';
import {UpstreamError, type Capabilities, type Good} from '../port.ts';
import * as v from 'valibot';
import {account, currency} from './answers.ts';
import {readCallback} from './callbacks.ts';
import {readCatalogue, readPages, searchGoods, type CatalogueParts} from './catalogue.ts';
import {createDetailsMemory} from './details-memory.ts';
import {readGood} from './good.ts';
import {checkOptions, type KasushouOptions} from './options.ts';
import {createPurchases} from './purchases.ts';
import {createTransport} from './transport.ts';

/** What the merchant API 2.0 can do. */
export const capabilities = {
  webhook: true,
  webhookSigned: true,
  /** Asked for; the platform's people decide, and the order shows it. */
  cancel: true,
  /** There are complaints, and nobody says what comes of them. */
  refund: false,
  /** Only prices tell when they changed. */
  delta: false,
  orders: false,
  search: true,
  pages: true,
  queryByReference: true,
  /** The number guards against doubles; whether a repeat is refused or answered again is not written down. */
  idempotency: 'reject',
  claimsReference: false,
  /** Longer than a purchase may take. */
  absentAfterMs: 120_000,
  quote: false,
  /** `safe_price` goes along, but whether it is about one piece or about all is not written down. */
  costCeiling: false,
  refusalReasons: false,
  refundStatus: true,
  countsStock: true,
  deliveryKinds: true,
  refundsInPart: true,
  cardsOutliveRefund: false,
  pickCard: false,
  /** The platform says no length; this is what fits all we know of. */
  maximumReferenceLength: 19,
  parallelPurchases: 4,
  /** Requests carry the time, but nobody has written down what is tolerated. */
  clockSkewSeconds: null,
} as const satisfies Capabilities;

/** An account on a 卡速售 platform (商户接口 2.0). */
export type Kasushou = UpstreamWith<typeof capabilities> & PagedCatalogue;

/**
 * Makes the adapter for one account. Runs wherever `fetch` does.
 * Source: the vendor's documentation of April 2026, paths under `/api/v1`.
 * @throws {RangeError} when an option cannot be right.
 */
export function createKasushou(options: KasushouOptions): Kasushou {
  const {origin, timeouts, limits} = checkOptions(options);
  const {userId, apiKey, fetch, callbackUrl} = options;
  const now = () => options.clock?.now() ?? Date.now();
  const transport = createTransport({origin, userId, apiKey, fetch, now});
  const memory = createDetailsMemory(now);
  const bounds = (signal: AbortSignal, bytes = limits.answer): CallBounds => ({
    signal,
    milliseconds: timeouts.read,
    bytes,
  });
  const parts = (signal: AbortSignal): CatalogueParts => ({
    transport,
    memory,
    bounds: () => bounds(signal, limits.page),
    context: {origin, now: now()},
  });
  const purchases = createPurchases({
    transport,
    callbackUrl,
    bounds: signal => ({signal, milliseconds: timeouts.purchase, bytes: limits.cards}),
    quote: ({offer, quantity}, signal) => quote(offer, quantity, signal),
  });

  return {
    protocol: 'kasushou',
    capabilities,
    async connect(signal) {
      const {balance} = await transport.read('user/info', {}, account, bounds(signal));
      return {name: new URL(origin).host, balance: money(balance, currency)};
    },
    pages: ({from}, signal) => readPages(parts(signal), from),
    catalogue: signal => readCatalogue(parts(signal)),
    search: (words, signal) => searchGoods(parts(signal), words),
    good,
    async stock({code}, signal) {
      return (await good(code, signal)).offers[0]!.stock;
    },
    quote,
    ...purchases,
    webhook: notice => readCallback(notice, apiKey),
    picture: (url, signal) =>
      fetchPicture(fetch, url, origin, {signal, milliseconds: timeouts.read, bytes: limits.picture}),
  };

  /** There is no question for it and there are no tiers: the price that the order will be made at. */
  async function quote({code}: {readonly code: string}, quantity: number, signal: AbortSignal) {
    return costOf((await good(code, signal)).offers[0]!.costs[0]!.price, quantity);
  }

  /** Its category is not in the answer: only lists by category tell it. */
  async function good(code: string, signal: AbortSignal): Promise<Good> {
    if (!/^\d{1,15}$/.test(code)) throw new UpstreamError('absent', `${JSON.stringify(code)} is no good's id.`);
    const record = await transport.read('goods/info', {id: Number(code)}, v.unknown(), bounds(signal));
    const reading = readGood(record, {origin, categoryId: '', now: now()});
    if (reading.kind === 'good') return reading.good;
    if (reading.kind === 'inactive') throw new UpstreamError('absent', `The good ${code} is not for sale now.`);
    throw new UpstreamError('unexpected_answer', `The good ${code} cannot be offered: ${reading.reason}`);
  }
}
