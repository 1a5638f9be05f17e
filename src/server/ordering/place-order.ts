import {readSkuId} from '../../domain/chosen-card.ts';
import {afterDiscount} from '../../domain/coupon.ts';
import {placeOrder as newProgress} from '../../domain/order.ts';
import {isZero, multiply, zero} from '../../domain/money.ts';
import type {OrderRequest} from '../../contract/order.ts';
import {mayBeSoldFor} from '../../domain/pricing.ts';
import type {Caller} from '../caller.ts';
import {choicesWithCard} from '../catalogue/cards.ts';
import {ownOffer, sourceOf} from '../catalogue/join-sources.ts';
import {titleIn} from '../catalogue/language.ts';
import type {IntentRecord, LineSource, ListingRecord, OrderLineRecord, OrderRecord} from '../persistence/records.ts';
import {DuplicateRecordError} from '../persistence/rule-errors.ts';
import {StoreUnavailableError} from '../persistence/store-unavailable-error.ts';
import type {Transaction} from '../persistence/store.ts';
import type {ServerPorts} from '../ports.ts';
import {beginFulfilment} from '../payments/settle-payment.ts';
import {ProblemError} from '../problem-error.ts';
import {hashText, newId, newOrderNumber} from '../security/ids.ts';
import {couponContact, findCoupon} from './coupons.ts';
import {limitOrders} from '../security/limits.ts';
import {hashPassword} from '../security/password-hash.ts';
import {declaredFields, formErrors} from './form.ts';
import {openQuote, type AgreedQuote} from './quote-token.ts';
import {checkRevealKey} from './reveal-key.ts';

/** An order, and whether it was placed just now: nothing has happened to it yet. */
export interface PlacedOrder {
  readonly order: OrderRecord;
  readonly isNew: boolean;
}

/**
 * Turns a quote into an order, once. The intent is claimed by a unique row in the same transaction that writes the order;
 * whoever comes second, at whatever distance, is given the first order.
 * @throws {ProblemError} `quote_invalid`, `quote_expired`, `idempotency_key_reused`, `validation_failed`,
 *   `coupon_used_up`, `too_many_attempts`
 */
export async function placeOrder(
  ports: ServerPorts,
  intent: string,
  request: OrderRequest,
  caller: Caller,
): Promise<PlacedOrder> {
  const requestHash = hashText(canonical(request));
  let order: OrderRecord;
  try {
    const quote = await readQuote(ports, intent, request);
    await limitOrders(ports, {intent, contact: request.contact}, caller);
    order = await claimNumbered(ports, intent, requestHash, await draftOrder(ports, quote, request));
  } catch (error) {
    // There is nobody to ask whether it was placed; the repeat will.
    if (error instanceof StoreUnavailableError) throw error;
    // The claim may be the first one's; and what that one was promised may not hold any more when its repeat comes.
    const first = await ports.store.intent(intent);
    if (first) return firstAnswer(ports, first, requestHash);
    throw error;
  }
  ports.log.info('order placed', {orderId: order.id});
  if (!isZero(order.total)) return {order, isNew: true};
  return {order: (await ports.store.order(order.id))!, isNew: false};
}

const mostNumbers = 5;

/** Of the many orders of one second two may draw the same number: the later one draws another. */
async function claimNumbered(
  ports: ServerPorts,
  intent: string,
  requestHash: string,
  draft: OrderRecord,
): Promise<OrderRecord> {
  for (let drawn = 1, order = draft; ; drawn++) {
    try {
      await claimOrder(ports, intent, requestHash, order);
      return order;
    } catch (error) {
      const isTaken = error instanceof DuplicateRecordError && error.rule === 'order number';
      if (!isTaken || drawn === mostNumbers) throw error;
      order = {...draft, number: newOrderNumber(draft.createdAt)};
    }
  }
}

function claimOrder(ports: ServerPorts, intent: string, requestHash: string, order: OrderRecord): Promise<void> {
  return ports.store.transaction(async tx => {
    await tx.claimIntent({intent, requestHash, orderId: order.id, claimedAt: order.createdAt});
    await tx.insertOrder(order);
    await claimCoupon(ports, tx, order);
    // Nobody takes a payment of nothing.
    if (isZero(order.total)) await beginFulfilment(ports, tx, order, order.createdAt);
    else await tx.enqueue({type: 'expire_order', orderId: order.id}, {startAt: order.expiresAt});
  });
}

async function readQuote(ports: ServerPorts, intent: string, request: OrderRequest): Promise<AgreedQuote> {
  const quote = await openQuote(ports.keys, request.quote);
  if (!quote)
    throw new ProblemError(
      'quote_invalid',
      'The quote was not made by this shop, or was changed on the way. Ask for a new one.',
    );
  if (quote.intent !== intent) {
    throw new ProblemError(
      'quote_invalid',
      "The Idempotency-Key must be the quote's own intent. Send the two that came together.",
    );
  }
  if (quote.expiresAt <= ports.clock.now()) throw quoteExpired();
  return quote;
}

/** The last use goes to one order only: whoever comes too late has placed none. */
async function claimCoupon(ports: ServerPorts, tx: Transaction, order: OrderRecord): Promise<void> {
  if (!order.coupon) return;
  const {code} = order.coupon;
  const coupon = findCoupon(ports, code);
  // The shop has taken the code back since the quote was made.
  if (!coupon) throw quoteExpired();
  const use = {orderId: order.id, code, contact: couponContact(order.contact), at: order.createdAt};
  if (await tx.claimCoupon(use, coupon)) return;
  throw new ProblemError(
    'coupon_used_up',
    'The code has been used as often as it may be, by this contact or by all. Ask for a quote without it.',
  );
}

async function firstAnswer(ports: ServerPorts, claim: IntentRecord, requestHash: string): Promise<PlacedOrder> {
  if (claim.requestHash !== requestHash) {
    throw new ProblemError(
      'idempotency_key_reused',
      'This intent has placed an order with other content. Ask for a new quote to buy something else.',
    );
  }
  const order = await ports.store.order(claim.orderId);
  if (!order) throw new Error(`Intent ${claim.intent} names order ${claim.orderId}, which is not there.`);
  return {order, isNew: false};
}

async function draftOrder(ports: ServerPorts, quote: AgreedQuote, request: OrderRequest): Promise<OrderRecord> {
  const listings = await ports.store.listingsBySku(quote.lines.map(line => readSkuId(line.skuId).skuId));
  const lines = quote.lines.map(line => {
    const {skuId: listedId} = readSkuId(line.skuId);
    const listing = listings.find(({offers}) => offers.some(({skuId}) => skuId === listedId));
    if (!listing || listing.pausedFor !== undefined) throw quoteExpired();
    return {...line, listing};
  });
  const errors = formErrors(request, lines);
  if (errors.length > 0)
    throw new ProblemError('validation_failed', 'Contact or form fields do not fit the goods.', {errors});
  const revealKey = await checkRevealKey(ports, request.revealKey);

  const {lookupPassword} = request;
  const lookup =
    lookupPassword === undefined ? undefined : await hashPassword(lookupPassword, ports.passwordIterations);
  const createdAt = ports.clock.now();
  const records = lines.map((line, index) => orderLine(line, `l${index + 1}`, request));
  return {
    id: newId('ord'),
    number: newOrderNumber(createdAt),
    version: 1,
    progress: newProgress(Object.fromEntries(records.map(({id, quantity}) => [id, quantity]))),
    currency: quote.total.currency,
    total: quote.total,
    refundDue: zero(quote.total.currency),
    contact: request.contact.trim(),
    lang: request.lang ?? ports.config.shop.locales[0]!,
    lines: records,
    ...(quote.coupon && {coupon: quote.coupon}),
    ...(lookup && {lookup}),
    ...(revealKey !== undefined && {revealKey}),
    createdAt,
    expiresAt: createdAt + ports.config.shop.paymentWindowSeconds * 1000,
  };
}

function orderLine(
  line: AgreedQuote['lines'][number] & {readonly listing: ListingRecord},
  id: string,
  request: OrderRequest,
): OrderLineRecord {
  const {listing, skuId, quantity, unitPrice, costCeiling, discount, card} = line;
  const {skuId: listedId} = readSkuId(skuId);
  const paid = afterDiscount(multiply(unitPrice, quantity), discount);
  const offers = listing.offers.filter(
    ({skuId: candidate, resaleFloor: floor}) =>
      candidate === listedId && (card || mayBeSoldFor(paid, floor && multiply(floor, quantity))),
  );
  const sources = offers.map((listed): LineSource => {
    const {connectionId, weight} = sourceOf(listing, listed);
    return {connectionId, offer: listed.offer, weight};
  });
  // A chosen card is at one source alone.
  const own = card && ownOffer(listing, listedId);
  // What the platforms ask may have changed since the quote.
  if (card ? !own : sources.length === 0) throw quoteExpired();
  const {connectionId, offer} = own ? {connectionId: listing.connectionId, offer: own.offer} : sources[0]!;
  const {choices} = listing.product.skus.find(sku => sku.id === listedId)!;
  return {
    id,
    skuId,
    productId: listing.id,
    title: titleIn(listing, request.lang),
    choices: card ? choicesWithCard(choices, card.label, request.lang) : choices,
    quantity,
    unitPrice,
    total: multiply(unitPrice, quantity),
    ...(discount && {discount}),
    delivery: listing.product.delivery,
    fields: declaredFields(request, skuId, listing),
    source: {connectionId, offer: card ? {...offer, cardId: card.id} : offer, costCeiling},
    ...(listing.routing && !card && {routing: {...listing.routing, sources}}),
  };
}

function quoteExpired(): ProblemError {
  return new ProblemError(
    'quote_expired',
    'Prices and stock were promised for a short while, which is over. Ask for a new quote.',
  );
}

/**
 * The same content in the same words, whatever the order its fields were sent in. The quote among it is a secret of 96
 * random bits at least and kept nowhere, so that a hash of all of it tells nobody a short password.
 */
function canonical(request: OrderRequest): string {
  const fields = Object.entries(request.fields ?? {})
    .toSorted(byName)
    .map(([skuId, values]) => [skuId, Object.entries(values).toSorted(byName)]);
  const {quote, contact, lang = null, lookupPassword, revealKey} = request;
  const optional = revealKey === undefined ? [lookupPassword] : [lookupPassword ?? null, revealKey];
  return JSON.stringify([quote, contact, fields, lang, ...optional.filter(part => part !== undefined)]);
}

function byName([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
