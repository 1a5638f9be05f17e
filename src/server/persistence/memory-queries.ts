import {memoryConsoleQueries} from './memory-console.ts';
import {memoryReconciliationQueries} from './memory-reconciliations.ts';
import {memoryRefundQueries, openRefundIds} from './memory-refunds.ts';
import {compare, money, type Money} from '../../domain/money.ts';
import {endingTicketStates, isPast} from '../../domain/ticket.ts';
import {fromBase64Url} from '../security/encoding.ts';
import {pausedForAbsence} from './catalogue-changes.ts';
import {
  compareCodePoints,
  isInStock,
  isWanted,
  searchRank,
  searchText,
  titleKey,
  wantedBy,
  type Wanted,
} from './listing-search.ts';
import type {MemoryTable} from './memory-table.ts';
import {ownKey, type MemoryTables} from './memory-tables.ts';
import type {CardRecord, ListingFacets, ListingQuery, ListingRecord} from './records.ts';
import type {Queries} from './store.ts';

export function memoryQueries(tables: MemoryTables): Queries {
  return {
    ...memoryConsoleQueries(tables),
    ...memoryRefundQueries(tables),
    ...memoryReconciliationQueries(tables),
    async categories() {
      const counts = new Map<string, number>();
      for (const {categoryId} of onSale(tables)) counts.set(categoryId, (counts.get(categoryId) ?? 0) + 1);
      return tables.categories
        .all()
        .filter(({id}) => counts.has(id))
        .sort((a, b) => a.position - b.position || compareCodePoints(a.id, b.id))
        .map(category => ({...category, productCount: counts.get(category.id)!}));
    },
    async listings(query) {
      const wanted = query.q === undefined ? undefined : wantedBy(query.q);
      const found = onSale(tables).filter(listing => isSought(listing, query.categoryIds, wanted));
      const matching = found
        .filter(listing => Object.values(filters).every(fits => fits(listing, query)))
        .sort(orderOf(query, wanted));
      return {
        items: matching.slice(query.offset, query.offset + query.limit),
        total: matching.length,
        ...(query.facets && {facets: facetsOf(found, query)}),
      };
    },
    async catalogueVersion() {
      return tables.catalogue.get('version')?.version ?? 0;
    },
    async listing(id) {
      return tables.listings.get(id);
    },
    async listingsBySku(skuIds) {
      return tables.listings.where('sku', ...skuIds).sort(byId);
    },
    async listingsById(ids) {
      return listingsById(tables, ids);
    },
    async knownListings(ids) {
      return listingsById(tables, ids).map(({id, position, contentHash, pausedFor}) => ({
        id,
        position,
        ...(contentHash !== undefined && {contentHash}),
        ...(pausedFor !== undefined && {pausedFor}),
      }));
    },
    async unseenListings(connectionId, runId, limit) {
      const runs = tables.seen.where('connection', connectionId).filter(run => run.runId === runId);
      const seen = new Set(runs.flatMap(({ids}) => ids));
      return tables.listings
        .where('connection', connectionId)
        .filter(({id, pausedFor}) => pausedFor !== pausedForAbsence && !seen.has(id))
        .sort(byId)
        .slice(0, limit);
    },
    async listingCounts(connectionId) {
      const counts: Record<string, number> = {};
      for (const {pausedFor = ''} of tables.listings.where('connection', connectionId)) {
        counts[pausedFor] = (counts[pausedFor] ?? 0) + 1;
      }
      return counts;
    },
    async catalogueSync(connectionId) {
      return tables.syncs.get(connectionId);
    },
    async watchedListingIds(connectionId, now, limit) {
      return tables.watched
        .entries()
        .filter(([, watched]) => watched.connectionId === connectionId && watched.until >= now)
        .sort(([left, a], [right, b]) => b.until - a.until || compareCodePoints(left, right))
        .slice(0, limit)
        .map(([id]) => id);
    },
    async intent(intent) {
      return tables.intents.get(intent);
    },
    async order(id) {
      return tables.orders.get(id);
    },
    async wholeOrder(id) {
      const order = tables.orders.get(id);
      return (
        order && {
          order,
          payments: tables.payments.where('order', id).sort(byAge),
          procurements: tables.procurements.where('order', id).sort(byAge),
          cards: tables.cards.where('order', id).sort(byPlace),
          deliveries: tables.deliveries.where('order', id).sort(byAge),
          refunds: tables.refunds.where('order', id).sort(byAge),
        }
      );
    },
    async orderByNumber(number) {
      return tables.orders.where('number', number)[0];
    },
    async payments(orderId) {
      return tables.payments.where('order', orderId).sort(byAge);
    },
    async payment(id) {
      return tables.payments.get(id);
    },
    async paymentByReference(provider, providerReference) {
      return tables.payments.where('reference', `${provider} ${providerReference}`)[0];
    },
    async procurements(orderId) {
      return tables.procurements.where('order', orderId).sort(byAge);
    },
    async procurement(id) {
      return tables.procurements.get(id);
    },
    async procurementsForPeople({offset, limit}) {
      return tables.procurements
        .where('standing', 'case')
        .sort(byAge)
        .slice(offset, offset + limit);
    },
    async attempts(procurementId) {
      return tables.attempts.where('procurement', procurementId).sort((a, b) => a.sentAt - b.sentAt);
    },
    async attemptByReference(connectionId, reference) {
      return tables.attempts.where('reference', `${connectionId} ${reference}`)[0];
    },
    async openAttempts(connectionId) {
      const open = tables.procurements.where('under way at', connectionId).map(({id}) => id);
      return tables.attempts
        .where('procurement', ...open)
        .filter(attempt => attempt.connectionId === connectionId)
        .sort((a, b) => a.sentAt - b.sentAt);
    },
    async latestAttempts(connectionId, {since = -Infinity, limit}) {
      // In the order they were written: of equal times the later one is the newer.
      return tables.attempts
        .where('connection', connectionId)
        .filter(({sentAt}) => sentAt >= since)
        .toReversed()
        .sort((a, b) => b.sentAt - a.sentAt)
        .slice(0, limit);
    },
    async earnings(orderId) {
      return tables.earnings.where('order', orderId).sort((a, b) => compareCodePoints(a.lineId, b.lineId));
    },
    async cards(orderId) {
      return tables.cards.where('order', orderId).sort(byPlace);
    },
    async couponUses(code) {
      return tables.couponUses.where('used', code).length;
    },
    async hasFingerprint(...fingerprints) {
      return tables.cards.where('fingerprint', ...fingerprints).length > 0;
    },
    async ownStock(connectionId) {
      return tables.ownGoods
        .all()
        .filter(good => good.connectionId === connectionId)
        .map(({goodCode, unsold, sold}) => ({goodCode, unsold, sold}))
        .sort((a, b) => compareCodePoints(a.goodCode, b.goodCode));
    },
    async ownSale(connectionId, reference) {
      const sale = tables.ownSales.get(ownKey(connectionId, reference));
      return sale && {sale, cards: sale.cardIds.map(id => tables.ownCards.get(id)!)};
    },
    async knownFingerprints(fingerprints) {
      const own = tables.ownCards.where('fingerprint', ...fingerprints);
      const delivered = new Set(tables.cards.where('fingerprint', ...fingerprints).map(({fingerprint}) => fingerprint));
      for (const {fingerprint} of own) delivered.delete(fingerprint);
      return [
        ...own.map(ownCard => ({fingerprint: ownCard.fingerprint, ownCard})),
        ...[...delivered].map(fingerprint => ({fingerprint})),
      ];
    },
    async ticket(id) {
      return tables.tickets.get(id);
    },
    async tickets(orderId) {
      return tables.tickets.where('order', orderId).sort(byAge);
    },
    async ticketsForShop() {
      return tables.tickets
        .all()
        .filter(({progress: {state}}) => state === 'open' || state === 'waiting_for_shop')
        .sort((a, b) => a.progress.deadline! - b.progress.deadline!);
    },
    async endedTicketIds(now) {
      return tables.tickets
        .all()
        .filter(({progress}) => endingTicketStates.has(progress.state) && isPast(progress, now))
        .sort((a, b) => a.progress.deadline! - b.progress.deadline!)
        .map(({id}) => id);
    },
    async evidence(ticketId) {
      return tables.evidence.where('ticket', ticketId).sort(byAge);
    },
    async evidenceBytes(id) {
      const row = tables.evidenceBytes.get(id);
      return row && fromBase64Url(row.sealed);
    },
    async sealedRows(kind, after, limit) {
      const page = <Row extends {readonly id: string}>(table: MemoryTable<Row>) =>
        table
          .all()
          .filter(({id}) => compareCodePoints(id, after) > 0)
          .sort(byId)
          .slice(0, limit);
      switch (kind) {
        case 'card':
          return page(tables.cards).map(record => ({kind, record}));
        case 'own_card':
          return page(tables.ownCards).map(record => ({kind, record}));
        case 'attempt':
          return page(tables.attempts).map(record => ({kind, record}));
        case 'ticket':
          return page(tables.tickets).map(record => ({kind, record}));
        case 'evidence':
          return page(tables.evidence).map(record => ({
            kind,
            record,
            sealed: fromBase64Url(tables.evidenceBytes.get(record.id)!.sealed)!,
          }));
      }
    },
    async deliveries(orderId) {
      return tables.deliveries.where('order', orderId).sort(byAge);
    },
    async delivery(id) {
      return tables.deliveries.get(id);
    },
    async unfinished(now) {
      return {
        pendingOrderIds: ids(tables.orders.where('standing', 'pending_payment')),
        openPaymentIds: ids(tables.payments.where('standing', 'open')),
        openProcurementIds: ids(
          tables.procurements.where('standing', 'open').filter(({lookAt = now}) => lookAt <= now),
        ),
        pendingDeliveryIds: ids(tables.deliveries.where('standing', 'pending')),
        openRefundIds: openRefundIds(tables),
      };
    },
  };
}

function onSale(tables: MemoryTables): ListingRecord[] {
  return tables.listings.all().filter(({pausedFor}) => pausedFor === undefined);
}

/** Rows never change, so what is searched of them is made once. */
const texts = new WeakMap<ListingRecord, string>();

function textOf(listing: ListingRecord): string {
  let text = texts.get(listing);
  if (text === undefined) texts.set(listing, (text = searchText(listing)));
  return text;
}

function isSought(
  listing: ListingRecord,
  categoryIds: readonly string[] | undefined,
  wanted: Wanted | undefined,
): boolean {
  if (categoryIds && !categoryIds.includes(listing.categoryId)) return false;
  return !wanted || isWanted(textOf(listing), listing.spelling, wanted);
}

type Filter = (listing: ListingRecord, query: ListingQuery) => boolean;

/** What facets are counted for. */
const filters = {
  price: ({price}, {minPrice, maxPrice}) =>
    (minPrice === undefined || compare(price, money(minPrice, price.currency)) >= 0) &&
    (maxPrice === undefined || compare(price, money(maxPrice, price.currency)) <= 0),
  inStock: (listing, {inStock}) => !inStock || isInStock(listing),
  delivery: ({product}, {delivery}) => delivery === undefined || product.delivery === delivery,
  official: (listing, {official}) => !official?.only || official.connectionIds.includes(listing.connectionId),
} satisfies Record<string, Filter>;

function facetsOf(found: readonly ListingRecord[], query: ListingQuery): ListingFacets {
  const but = (left: keyof typeof filters) =>
    found.filter(listing => Object.entries(filters).every(([name, fits]) => name === left || fits(listing, query)));
  const delivered = (kind: ListingRecord['product']['delivery']) =>
    but('delivery').filter(({product}) => product.delivery === kind).length;
  const {official} = query;
  const prices = but('price').map(({price}) => price);
  const [first] = prices;
  const most = (wins: (difference: number) => boolean) =>
    prices.reduce<Money>((best, price) => (wins(compare(price, best)) ? price : best), first!);
  return {
    inStock: but('inStock').filter(isInStock).length,
    delivery: {automatic: delivered('automatic'), manual: delivered('manual')},
    ...(official && {
      official: but('official').filter(({connectionId}) => official.connectionIds.includes(connectionId)).length,
    }),
    ...(first && {price: {lowest: most(difference => difference < 0), highest: most(difference => difference > 0)}}),
  };
}

function byPosition(a: ListingRecord, b: ListingRecord): number {
  return a.position - b.position || byId(a, b);
}

type Order = (a: ListingRecord, b: ListingRecord) => number;

const orders: Readonly<Record<Exclude<ListingQuery['sort'], 'relevance'>, Order>> = {
  featured: byPosition,
  price_ascending: (a, b) => compare(a.price, b.price) || byPosition(a, b),
  price_descending: (a, b) => compare(b.price, a.price) || byPosition(a, b),
  title: (a, b) => compareCodePoints(titleKey(a), titleKey(b)) || byPosition(a, b),
};

function orderOf({sort}: ListingQuery, wanted: Wanted | undefined): Order {
  if (sort !== 'relevance') return orders[sort];
  if (!wanted) return byPosition;
  const ranks = new Map<ListingRecord, number>();
  const rank = (listing: ListingRecord) => {
    const known = ranks.get(listing) ?? searchRank(textOf(listing), listing.spelling, wanted);
    ranks.set(listing, known);
    return known;
  };
  return (a, b) => rank(a) - rank(b) || byPosition(a, b);
}

function byId(a: {readonly id: string}, b: {readonly id: string}): number {
  return compareCodePoints(a.id, b.id);
}

function byAge(a: {readonly createdAt: number}, b: {readonly createdAt: number}): number {
  return a.createdAt - b.createdAt;
}

type Placed = Pick<CardRecord, 'lineId' | 'position'>;

function byPlace(a: Placed, b: Placed): number {
  return compareCodePoints(a.lineId, b.lineId) || a.position - b.position;
}

function ids(rows: {readonly id: string; readonly createdAt: number}[]): string[] {
  return rows.sort(byAge).map(({id}) => id);
}

function listingsById(tables: MemoryTables, ids: readonly string[]): ListingRecord[] {
  return ids.flatMap(id => tables.listings.get(id) ?? []).sort(byId);
}
