import type * as v from 'valibot';
import {add, money} from '../../domain/money.ts';
import type {PagedCatalogue} from '../catalogue-pages.ts';
import {costOf} from '../cost-of.ts';
import {fetchPicture, type CallBounds} from '../exchange.ts';
import type {UpstreamWith} from '../optional-calls.ts';
import {UpstreamError, type Capabilities} from '../port.ts';
import {checkShopAddress} from '../shop-address.ts';
import {account, currency, detailsV3, goodV3, liteGood} from './answers.ts';
import {readCallback} from './callbacks.ts';
import {isGoodId, readCatalogue, readOne, readPages, searchGoods, type CatalogueParts} from './catalogue.ts';
import {stockOf} from './good.ts';
import {checkOptions, type KakayunV3Options} from './options.ts';
import {createTransport} from './transport.ts';
import {createV3Dialect} from './v3-dialect.ts';
import {createV3Purchases} from './v3-purchases.ts';

/** What the dock API 3 can do. */
export const capabilities = {
  webhook: true,
  webhookSigned: true,
  /** There is one question for both, and what it asks for is the money. */
  cancel: false,
  refund: true,
  /** Goods that changed are pushed, one at a time; nobody can ask for them. */
  delta: false,
  orders: false,
  search: true,
  pages: true,
  queryByReference: true,
  /** The text promises a replay and the table of codes a refusal: what is certain is that nothing is bought twice. */
  idempotency: 'reject',
  claimsReference: false,
  /** Orders are taken in and then written down; for how long one can be on its way is not written down, so: long. */
  absentAfterMs: 2 * 60_000,
  quote: false,
  costCeiling: true,
  refusalReasons: true,
  refundStatus: true,
  countsStock: true,
  deliveryKinds: true,
  refundsInPart: true,
  cardsOutliveRefund: true,
  pickCard: false,
  /** The platform says no length; this is what fits all we know of. */
  maximumReferenceLength: 19,
  parallelPurchases: 4,
  clockSkewSeconds: 300,
} as const satisfies Capabilities;

/** An account on a 卡卡云 platform (对接接口 v3). */
export type KakayunV3 = UpstreamWith<typeof capabilities> & PagedCatalogue;

/**
 * Makes the adapter for one account. Runs wherever `fetch` does. Calls wait until the vendor's limits allow them.
 * Source: the vendor's documentation of April 2026.
 * @throws {RangeError} when an option cannot be right.
 */
export function createKakayunV3(options: KakayunV3Options): KakayunV3 {
  const {origin, clock, timeouts, limits} = checkOptions(options);
  const {userId, key, fetch, callbackUrl} = options;
  const dockOrigin = options.dockUrl === undefined ? origin : checkShopAddress(options.dockUrl);
  const now = () => clock.now();
  const transport = createTransport(createV3Dialect({origin, dockOrigin, userId, key, clock}), key, fetch);
  const bounds = (signal: AbortSignal, bytes = limits.answer): CallBounds => ({
    signal,
    milliseconds: timeouts.read,
    bytes,
  });
  const parts = (signal: AbortSignal): CatalogueParts => ({
    transport,
    paths: {groups: 'goods/group', list: 'goods/all', pageSize: 50, record: goodV3, details},
    bounds: () => bounds(signal, limits.page),
    context: {origin, now: now()},
  });

  return {
    protocol: 'kakayun-v3',
    capabilities,
    async connect(signal) {
      const {data} = await transport.read('user/info', {}, account, bounds(signal));
      const balance = add(money(data.money, currency), money(data.creditquota, currency));
      return {name: new URL(origin).host, balance};
    },
    catalogue: signal => readCatalogue(parts(signal)),
    pages: ({from}, signal) => readPages(parts(signal), from),
    search: (words, signal) => searchGoods(parts(signal), words),
    good: (code, signal) => readOne(code, parts(signal)),
    async stock({code}, signal) {
      return stockOf(await lite(code, signal), now());
    },
    /** There is no question for it and there are no tiers: the price that the order will be made at. */
    async quote({code}, quantity, signal) {
      return costOf(money((await lite(code, signal)).goodsprice, currency), quantity);
    },
    ...createV3Purchases({
      transport,
      callbackUrl,
      bounds: signal => ({signal, milliseconds: timeouts.purchase, bytes: limits.cards}),
    }),
    webhook: notice => readCallback(notice, {key, now}),
    picture: (url, signal) =>
      fetchPicture(fetch, url, origin, {signal, milliseconds: timeouts.read, bytes: limits.picture}),
  };

  async function details(code: string, bounded: CallBounds): Promise<unknown> {
    return (await transport.read('goods/details', {goodsid: code}, detailsV3, bounded)).data;
  }

  /** Price and stock alone, which may be asked for more often than a whole good. */
  async function lite(code: string, signal: AbortSignal): Promise<v.InferOutput<typeof liteGood>['data']> {
    if (!isGoodId(code)) throw new UpstreamError('absent', `${JSON.stringify(code)} is no good's id.`);
    const {data} = await transport.read('goods/detailslite', {goodsid: code}, liteGood, bounds(signal));
    if (!data.goodsstatus) throw new UpstreamError('absent', `The good ${code} is not for sale now.`);
    return data;
  }
}
