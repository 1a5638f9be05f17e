import {add, money} from '../../domain/money.ts';
import type {PagedCatalogue} from '../catalogue-pages.ts';
import {costOf} from '../cost-of.ts';
import {fetchPicture, type CallBounds} from '../exchange.ts';
import type {UpstreamWith} from '../optional-calls.ts';
import type {Capabilities} from '../port.ts';
import {account, currency, detailsV2, goodV2} from './answers.ts';
import {readCatalogue, readOne, readPages, type CatalogueParts} from './catalogue.ts';
import {checkOptions, type KakayunOptions} from './options.ts';
import {createTransport} from './transport.ts';
import {createV2Dialect} from './v2-dialect.ts';
import {createV2Purchases} from './v2-purchases.ts';

/** What the dock API 2 can do, which is a catalogue of its own and the purchases of version 1. */
export const capabilities = {
  /** Purchases can name an address for notices, but what stands in one is not written down. */
  webhook: false,
  webhookSigned: false,
  cancel: false,
  refund: false,
  delta: false,
  orders: false,
  search: false,
  pages: true,
  queryByReference: false,
  idempotency: 'none',
  claimsReference: false,
  quote: false,
  costCeiling: false,
  refusalReasons: false,
  refundStatus: false,
  countsStock: true,
  deliveryKinds: true,
  refundsInPart: false,
  cardsOutliveRefund: true,
  pickCard: false,
  /** None is sent. */
  maximumReferenceLength: 19,
  /** Only one at a time shows by the balance what became of it. */
  parallelPurchases: 1,
  clockSkewSeconds: null,
} as const satisfies Capabilities;

/** An account on an older 卡卡云 platform (对接接口 v2). */
export type KakayunV2 = UpstreamWith<typeof capabilities> & PagedCatalogue;

/**
 * Makes the adapter for one account. Runs wherever `fetch` does.
 * Source: third-party clients; there is no documentation of the vendor's any more. Amounts of an order are read as yuan:
 * should a platform mean fen, a purchase is counted too dear, and never too cheap.
 * @throws {RangeError} when an option cannot be right.
 */
export function createKakayunV2(options: KakayunOptions): KakayunV2 {
  const {origin, clock, timeouts, limits} = checkOptions(options);
  const {userId, key, fetch} = options;
  const transport = createTransport(createV2Dialect(origin, userId, key), key, fetch);
  const bounds = (signal: AbortSignal, bytes = limits.answer): CallBounds => ({
    signal,
    milliseconds: timeouts.read,
    bytes,
  });
  const parts = (signal: AbortSignal): CatalogueParts => ({
    transport,
    paths: {groups: 'v2/getallgoodsgroup', list: 'v2/getallgoods.html', pageSize: 100, record: goodV2, details},
    bounds: () => bounds(signal, limits.page),
    context: {origin, now: clock.now()},
  });

  return {
    protocol: 'kakayun-v2',
    capabilities,
    async connect(signal) {
      const {data} = await transport.read('index/userinfo', {}, account, bounds(signal));
      const balance = add(money(data.money, currency), money(data.creditquota, currency));
      return {name: new URL(origin).host, balance};
    },
    catalogue: signal => readCatalogue(parts(signal)),
    pages: ({from}, signal) => readPages(parts(signal), from),
    good: (code, signal) => readOne(code, parts(signal)),
    async stock({code}, signal) {
      return (await readOne(code, parts(signal))).offers[0]!.stock;
    },
    async quote({code}, quantity, signal) {
      return costOf((await readOne(code, parts(signal))).offers[0]!.costs[0]!.price, quantity);
    },
    ...createV2Purchases(transport, signal => ({signal, milliseconds: timeouts.purchase, bytes: limits.cards})),
    picture: (url, signal) =>
      fetchPicture(fetch, url, origin, {signal, milliseconds: timeouts.read, bytes: limits.picture}),
  };

  async function details(code: string, bounded: CallBounds): Promise<unknown> {
    return (await transport.read('v2/goodsdetails.html', {goodsid: code}, detailsV2, bounded)).goodsdetails;
  }
}
