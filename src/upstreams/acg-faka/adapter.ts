import * as v from 'valibot';
import type {Money} from '../../domain/money.ts';
import type {FormField} from '../../domain/product.ts';
import {fetchPicture, type CallBounds} from '../exchange.ts';
import type {UpstreamWith} from '../optional-calls.ts';
import {UpstreamError, type Capabilities, type Good, type OfferKey} from '../port.ts';
import {account, draft, draftCards} from './answers.ts';
import {readCatalogue} from './catalogue.ts';
import {createEndpointMemory} from './endpoint-memory.ts';
import {readGood, type ReadingContext} from './good.ts';
import {readItem} from './item-read.ts';
import {createOfferReads, offerFields} from './offer-reads.ts';
import {checkOptions, type AcgFakaOptions} from './options.ts';
import {createPurchases} from './purchases.ts';
import {createReader} from './reader.ts';
import {maximumReferenceLength} from './reference.ts';
import {createTransport} from './transport.ts';

/** A merchant account on an acg-faka shop (异次元发卡, 店铺共享), with what the port has no word for. */
export interface AcgFaka extends UpstreamWith<typeof capabilities> {
  /** The cards of an offer that a buyer may pick from (预选卡密), newest first. `page` counts from 1. */
  pickableCards(offer: OfferKey, page: PickPage, signal: AbortSignal): Promise<PickableCards>;
  /** What picking that card adds to the price of one piece; absent when the good's general premium applies. */
  pickPremium(code: string, cardId: string, signal: AbortSignal): Promise<Money | undefined>;
}

export interface PickPage {
  readonly page: number;
  readonly limit: number;
}

export interface PickableCards {
  readonly total: number;
  readonly cards: readonly {readonly id: string; readonly label?: string; readonly premium?: Money}[];
}

/**
 * Makes the adapter for one account. Runs wherever `fetch` does.
 *
 * The protocol has no webhook, no cancelling, no refund and no look-up by reference. A used reference is refused, shop
 * wide, without telling the order, so a purchase whose answer was lost can be proven but its card cannot be read.
 * Costs in the catalogue are estimates, see `basePrice`; `quote` is the truth.
 * Source: acg-faka 3.6.0 (lizhipay/acg-faka, MIT), app/Controller/Shared.
 * @throws {RangeError} when an option cannot be right.
 */
export function createAcgFaka(options: AcgFakaOptions): AcgFaka {
  const {origin, timeouts, limits} = checkOptions(options);
  const now = options.clock ? () => options.clock!.now() : () => Date.now();
  const {appId, appKey, fetch} = options;
  const memory = createEndpointMemory(now);
  const call = createTransport({origin, appId, appKey, fetch});
  const read = createReader(call, memory);
  const offerReads = createOfferReads(read, memory, now);
  const declaredFields = new Map<string, readonly FormField[]>();
  const readBounds = (signal: AbortSignal): CallBounds => ({
    signal,
    milliseconds: timeouts.read,
    bytes: limits.answer,
  });
  const purchases = createPurchases({
    call,
    read,
    fieldsOf: async (code, signal) => declaredFields.get(code) ?? (await good(code, signal)).fields,
    refusesUsedReferences,
    bounds: signal => ({signal, milliseconds: timeouts.purchase, bytes: limits.cards}),
  });

  return {
    protocol: 'acg-faka',
    capabilities,
    async connect(signal) {
      const {shopName, balance} = await read('authentication/connect', [], account, readBounds(signal));
      return {name: shopName, balance};
    },
    async catalogue(signal) {
      const bounds = {signal, milliseconds: timeouts.catalogue, bytes: limits.catalogue};
      const catalogue = readCatalogue(
        await read('commodity/items', [], v.array(v.unknown()), bounds),
        readingContext(),
      );
      for (const {code, fields} of catalogue.goods) declaredFields.set(code, fields);
      return catalogue;
    },
    good,
    stock: (offer, signal) => offerReads.stock(offer, readBounds(signal)),
    quote: (offer, quantity, signal) => offerReads.quote(offer, quantity, readBounds(signal)),
    ...purchases,
    picture: (url, signal) =>
      fetchPicture(fetch, url, origin, {signal, milliseconds: timeouts.read, bytes: limits.picture}),
    async pickableCards(offer, {page, limit}, signal) {
      const paging = [['page', String(page)] as const, ['limit', String(limit)] as const];
      const fields = [...offerFields(offer), ...paging];
      const {list, total} = await read('commodity/draftCard', fields, draftCards, readBounds(signal));
      const cards = list.map(card => ({
        id: card.id,
        ...(card.draft && {label: card.draft}),
        ...(card.draft_premium && {premium: card.draft_premium}),
      }));
      return {total, cards};
    },
    async pickPremium(code, cardId, signal) {
      const fields = [['code', code] as const, ['card_id', cardId] as const];
      return (await read('commodity/draft', fields, draft, readBounds(signal))).draft_premium ?? undefined;
    },
  };

  function readingContext(): ReadingContext {
    return {origin, now: now(), maximumCombinations: limits.combinations};
  }

  async function good(code: string, signal: AbortSignal): Promise<Good> {
    const reading = readGood(await readItem(read, code, readBounds(signal)), readingContext());
    if (reading.kind === 'rejected') {
      throw new UpstreamError('unexpected_answer', `The good ${code} cannot be offered: ${reading.reason}`);
    }
    declaredFields.set(code, reading.good.fields);
    return reading.good;
  }

  /** The shop's version is told nowhere; each of these endpoints came after the check for used references. */
  async function refusesUsedReferences(code: string, signal: AbortSignal): Promise<boolean> {
    if (memory.hasSeen(youngerThanReferences)) return true;
    try {
      await read('commodity/item', [['code', code]], v.unknown(), readBounds(signal));
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      if (error.reason === 'not_json') return false;
      if (!memory.hasSeen(youngerThanReferences)) throw error;
    }
    return true;
  }
}

/** What the protocol can do since 1.0.9; `quote` needs 3.4.6 and is an upper bound on older shops. */
export const capabilities = {
  webhook: false,
  cancel: false,
  refund: false,
  delta: false,
  search: false,
  pages: false,
  queryByReference: false,
  idempotency: 'reject',
  quote: true,
  costCeiling: false,
  refundStatus: false,
  pickCard: true,
  maximumReferenceLength,
  parallelPurchases: 1,
  clockSkewSeconds: null,
} as const satisfies Capabilities;

const youngerThanReferences = ['commodity/item', 'commodity/query', 'commodity/stock', 'commodity/valuation'];
