import type {LineEarnings} from '../../domain/earnings.ts';
import {compare, money, type Money} from '../../domain/money.ts';
import {settledProcurementStates, underWayStates} from '../../domain/procurement.ts';
import {endingTicketStates, isPast} from '../../domain/ticket.ts';
import {fromBase64Url} from '../security/encoding.ts';
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
import {MemoryTable} from './memory-table.ts';
import type {
  AttemptRecord,
  CardRecord,
  CategoryRecord,
  CouponUseRecord,
  EvidenceRecord,
  IntentRecord,
  ListingFacets,
  ListingQuery,
  ListingRecord,
  OrderRecord,
  PaymentRecord,
  ProcurementRecord,
  TicketRecord,
} from './records.ts';
import type {Queries} from './store.ts';
import {waitsForPerson} from './waits-for-person.ts';

/** Everything a shop keeps, in memory. */
export interface MemoryTables {
  readonly categories: MemoryTable<CategoryRecord>;
  readonly listings: MemoryTable<ListingRecord>;
  readonly catalogue: MemoryTable<{readonly version: number}>;
  readonly intents: MemoryTable<IntentRecord>;
  readonly orders: MemoryTable<OrderRecord>;
  readonly payments: MemoryTable<PaymentRecord>;
  readonly paymentEvents: MemoryTable<{readonly at: number}>;
  readonly procurements: MemoryTable<ProcurementRecord>;
  readonly attempts: MemoryTable<AttemptRecord>;
  readonly cards: MemoryTable<CardRecord>;
  readonly earnings: MemoryTable<LineEarnings>;
  readonly reveals: MemoryTable<{readonly times: readonly number[]}>;
  /** By order. */
  readonly couponUses: MemoryTable<CouponUseRecord & {readonly returned: boolean}>;
  readonly tickets: MemoryTable<TicketRecord>;
  readonly evidence: MemoryTable<EvidenceRecord>;
  /** base64url, by the evidence's id. */
  readonly evidenceBytes: MemoryTable<{readonly sealed: string}>;
  readonly uses: MemoryTable<{readonly since: number; readonly count: number}>;
}

export function createMemoryTables(): MemoryTables {
  return {
    categories: new MemoryTable(),
    listings: new MemoryTable(),
    catalogue: new MemoryTable(),
    intents: new MemoryTable(),
    orders: new MemoryTable(),
    payments: new MemoryTable(),
    paymentEvents: new MemoryTable(),
    procurements: new MemoryTable(),
    attempts: new MemoryTable(),
    cards: new MemoryTable(),
    earnings: new MemoryTable(),
    reveals: new MemoryTable(),
    couponUses: new MemoryTable(),
    tickets: new MemoryTable(),
    evidence: new MemoryTable(),
    evidenceBytes: new MemoryTable(),
    uses: new MemoryTable(),
  };
}

export function memoryQueries(tables: MemoryTables): Queries {
  return {
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
      const wanted = new Set(skuIds);
      return tables.listings
        .all()
        .filter(({product}) => product.skus.some(({id}) => wanted.has(id)))
        .sort(byId);
    },
    async intent(intent) {
      return tables.intents.get(intent);
    },
    async order(id) {
      return tables.orders.get(id);
    },
    async orderByNumber(number) {
      return tables.orders.all().find(order => order.number === number);
    },
    async payments(orderId) {
      return tables.payments.all().filter(ofOrder(orderId)).sort(byAge);
    },
    async payment(id) {
      return tables.payments.get(id);
    },
    async procurements(orderId) {
      return tables.procurements.all().filter(ofOrder(orderId)).sort(byAge);
    },
    async procurement(id) {
      return tables.procurements.get(id);
    },
    async procurementsForPeople({offset, limit}) {
      return tables.procurements
        .all()
        .filter(({attention}) => attention !== undefined)
        .sort(byAge)
        .slice(offset, offset + limit);
    },
    async attempts(procurementId) {
      return tables.attempts
        .all()
        .filter(attempt => attempt.procurementId === procurementId)
        .sort((a, b) => a.sentAt - b.sentAt);
    },
    async openAttempts(connectionId) {
      const open = tables.procurements
        .all()
        .filter(each => each.connectionId === connectionId && underWayStates.has(each.state));
      const procurementIds = new Set(open.map(({id}) => id));
      return tables.attempts
        .all()
        .filter(attempt => attempt.connectionId === connectionId && procurementIds.has(attempt.procurementId))
        .sort((a, b) => a.sentAt - b.sentAt);
    },
    async earnings(orderId) {
      return tables.earnings
        .all()
        .filter(ofOrder(orderId))
        .sort((a, b) => compareCodePoints(a.lineId, b.lineId));
    },
    async cards(orderId) {
      return tables.cards
        .all()
        .filter(ofOrder(orderId))
        .sort((a, b) => compareCodePoints(a.lineId, b.lineId) || a.position - b.position);
    },
    async couponUses(code) {
      return tables.couponUses.all().filter(use => use.code === code && !use.returned).length;
    },
    async hasFingerprint(...fingerprints) {
      return tables.cards.all().some(({fingerprint}) => fingerprints.includes(fingerprint));
    },
    async ticket(id) {
      return tables.tickets.get(id);
    },
    async tickets(orderId) {
      return tables.tickets.all().filter(ofOrder(orderId)).sort(byAge);
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
      return tables.evidence
        .all()
        .filter(each => each.ticketId === ticketId)
        .sort(byAge);
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
    async unfinished() {
      return {
        pendingOrderIds: ids(tables.orders.all().filter(order => order.progress.state === 'pending_payment')),
        openPaymentIds: ids(tables.payments.all().filter(({state}) => state === 'opening' || state === 'pending')),
        openProcurementIds: ids(
          tables.procurements.all().filter(row => !waitsForPerson(row) && !settledProcurementStates.has(row.state)),
        ),
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

function ofOrder(orderId: string): (row: {readonly orderId: string}) => boolean {
  return row => row.orderId === orderId;
}

function ids(rows: {readonly id: string; readonly createdAt: number}[]): string[] {
  return rows.sort(byAge).map(({id}) => id);
}
