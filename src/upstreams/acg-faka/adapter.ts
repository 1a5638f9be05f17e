import * as v from 'valibot';
import type {FormField} from '../../domain/form-field.ts';
import {fetchPicture, type CallBounds} from '../exchange.ts';
import type {UpstreamWith} from '../optional-calls.ts';
import {UpstreamError, type Capabilities, type Good, type Upstream} from '../port.ts';
import {account} from './answers.ts';
import {createCardReads} from './card-reads.ts';
import {readCatalogue} from './catalogue.ts';
import {createEndpointMemory} from './endpoint-memory.ts';
import {readGood, type ReadingContext} from './good.ts';
import {readItem} from './item-read.ts';
import {createOfferReads} from './offer-reads.ts';
import {checkOptions, type AcgFakaOptions} from './options.ts';
import {createPurchases} from './purchases.ts';
import {createReader} from './reader.ts';
import {maximumReferenceLength} from './reference.ts';
import {createTransport} from './transport.ts';

/** A merchant account on an acg-faka shop (异次元发卡, 店铺共享). Its buyers may choose their card. */
export type AcgFaka = UpstreamWith<typeof capabilities> & Required<Pick<Upstream, 'cards' | 'card' | 'endpoints'>>;

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
  const cardReads = createCardReads(read);
  const offerReads = createOfferReads(read, memory, now, cardReads);
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
    cards: (offer, page, signal) => cardReads.page(offer, page, readBounds(signal)),
    card: (offer, cardId, signal) => cardReads.find(offer, cardId, readBounds(signal)),
    quote: (offer, quantity, signal) => offerReads.quote(offer, quantity, readBounds(signal)),
    ...purchases,
    endpoints: () =>
      Object.entries(olderEndpoints).map(([name, older]) => {
        const state = memory.stateOf(name);
        return {name, state, ...(state === 'missing' && {instead: older})};
      }),
    picture: (url, signal) =>
      fetchPicture(fetch, url, origin, {signal, milliseconds: timeouts.read, bytes: limits.picture}),
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
  webhookSigned: false,
  cancel: false,
  refund: false,
  delta: false,
  orders: false,
  search: false,
  pages: false,
  countsStock: true,
  deliveryKinds: true,
  queryByReference: false,
  idempotency: 'reject',
  claimsReference: true,
  quote: true,
  costCeiling: false,
  refusalReasons: true,
  refundStatus: false,
  refundsInPart: false,
  cardsOutliveRefund: true,
  pickCard: true,
  maximumReferenceLength,
  parallelPurchases: 1,
  clockSkewSeconds: null,
} as const satisfies Capabilities;

/** What is asked instead of endpoints that older shops do not have. */
const olderEndpoints = {'commodity/stock': 'commodity/inventory', 'commodity/valuation': 'commodity/inventory'};

const youngerThanReferences = ['commodity/item', 'commodity/query', 'commodity/stock', 'commodity/valuation'];
