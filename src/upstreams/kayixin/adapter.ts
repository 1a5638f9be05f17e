import * as v from 'valibot';
import {money} from '../../domain/money.ts';
import type {PagedCatalogue} from '../catalogue-pages.ts';
import {costOf} from '../cost-of.ts';
import {fetchPicture, type CallBounds} from '../exchange.ts';
import type {UpstreamWith} from '../optional-calls.ts';
import {UpstreamError, type Capabilities, type OfferKey, type UpstreamOffer} from '../port.ts';
import {account, currency} from './answers.ts';
import {readCallback} from './callbacks.ts';
import {readCatalogue, readPages, searchGoods, type CatalogueParts} from './catalogue.ts';
import {readGood, type OfferedGood} from './good.ts';
import {checkOptions, type KayixinOptions} from './options.ts';
import {createPurchases} from './purchases.ts';
import {createTransport} from './transport.ts';

/** What the customer API 3.0 can do. */
export const capabilities = {
  webhook: true,
  webhookSigned: true,
  /** Asked for, as money back is; the platform's people decide, and the order shows it. */
  cancel: true,
  /** Of whole orders only. */
  refund: true,
  /** Changes are pushed, without stock, and cannot be asked for. */
  delta: false,
  orders: false,
  search: true,
  pages: true,
  queryByReference: true,
  /** What a number that was used does is not written down. */
  idempotency: 'none',
  claimsReference: false,
  quote: false,
  costCeiling: true,
  refusalReasons: false,
  refundStatus: true,
  /** Each card says whether it is void. */
  countsStock: true,
  deliveryKinds: true,
  refundsInPart: true,
  cardsOutliveRefund: true,
  pickCard: false,
  /** The platform says no length; this is what fits all we know of. */
  maximumReferenceLength: 19,
  parallelPurchases: 4,
  /** Requests carry the time, but nobody has written down what is tolerated. */
  clockSkewSeconds: null,
} as const satisfies Capabilities;

/** A customer account on a 卡易信 platform (商家客户接口 3.0). */
export type Kayixin = UpstreamWith<typeof capabilities> & PagedCatalogue;

/**
 * Makes the adapter for one account. Runs wherever `fetch` does.
 * Source: the vendor's OpenAPI pages of April 2026, paths under `/api/v3`.
 * @throws {RangeError} when an option cannot be right.
 */
export function createKayixin(options: KayixinOptions): Kayixin {
  const {origin, timeouts, limits} = checkOptions(options);
  const {appId, appSecret, fetch, callbackUrl, timestamps = 'seconds', emptyBody = 'object'} = options;
  const now = () => options.clock?.now() ?? Date.now();
  const transport = createTransport({origin, appId, appSecret, fetch, now, timestamps, emptyBody});
  const multiples = new Map<string, number>();
  const bounds = (signal: AbortSignal, bytes = limits.answer): CallBounds => ({
    signal,
    milliseconds: timeouts.read,
    bytes,
  });
  const parts = (signal: AbortSignal): CatalogueParts => ({
    transport,
    bounds: () => bounds(signal, limits.page),
    context: {origin, now: now()},
    learn: (code, multiple) => void multiples.set(code, multiple),
  });
  const purchases = createPurchases({
    transport,
    callbackUrl,
    bounds: signal => ({signal, milliseconds: timeouts.purchase, bytes: limits.cards}),
    read,
    multipleOf: async (code, signal) => multiples.get(code) ?? (await read(code, signal)).multiple,
  });

  return {
    protocol: 'kayixin',
    capabilities,
    async connect(signal) {
      const {balance} = await transport.read('user/getAccount', undefined, account, bounds(signal));
      return {name: new URL(origin).host, balance: money(balance, currency)};
    },
    pages: ({from}, signal) => readPages(parts(signal), from),
    catalogue: signal => readCatalogue(parts(signal)),
    search: (words, signal) => searchGoods(parts(signal), words),
    good: async (code, signal) => (await read(code, signal)).good,
    async stock(offer, signal) {
      return (await offerOf(offer, signal)).stock;
    },
    /** There is no question for it and there are no tiers: the price that the order will be made at. */
    async quote(offer, quantity, signal) {
      return costOf((await offerOf(offer, signal)).costs[0]!.price, quantity);
    },
    ...purchases,
    webhook: notice => readCallback(notice, {appId, appSecret}),
    picture: (url, signal) =>
      fetchPicture(fetch, url, origin, {signal, milliseconds: timeouts.read, bytes: limits.picture}),
  };

  /** Its category is left open: a good alone need not say it. */
  async function read(code: string, signal: AbortSignal): Promise<OfferedGood> {
    if (!/^\d{1,15}$/.test(code)) throw new UpstreamError('absent', `${JSON.stringify(code)} is no good's id.`);
    const body = JSON.stringify({goodsId: Number(code)});
    const record = await transport.read('goods/getDetail', body, v.unknown(), bounds(signal));
    const reading = readGood(record, {origin, now: now(), categoryOf: () => ''});
    if (reading.kind === 'good') {
      multiples.set(code, reading.multiple);
      return reading;
    }
    if (reading.kind === 'inactive') throw new UpstreamError('absent', `The good ${code} is not for sale now.`);
    throw new UpstreamError('unexpected_answer', `The good ${code} cannot be offered: ${reading.reason}`);
  }

  async function offerOf({code, sku}: OfferKey, signal: AbortSignal): Promise<UpstreamOffer> {
    const {good} = await read(code, signal);
    const offer = good.offers.find(candidate => candidate.sku === sku);
    if (!offer) throw new UpstreamError('absent', `The good ${code} has no SKU ${sku ?? 'without a code'} any more.`);
    return offer;
  }
}
