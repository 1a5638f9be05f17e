import {sql, type Kysely} from 'kysely';
import {restingProcurementStates, underWayStates} from '../../../domain/procurement.ts';
import {endingTicketStates} from '../../../domain/ticket.ts';
import {pausedForAbsence} from '../catalogue-changes.ts';
import type {ConsoleQueries} from '../console-records.ts';
import type {SealedRow} from '../records.ts';
import type {Queries} from '../store.ts';
import {deliveryQueries, pendingDeliveryIds} from './deliveries.ts';
import {reconciliationQueries} from './reconciliations.ts';
import {openRefundIds, refundQueries} from './refunds.ts';
import {consoleQueries} from './console.ts';
import {findListings} from './find-listings.ts';
import {ownStockQueries} from './own-stock.ts';
import {recordReader} from './record-reader.ts';
import type {Tables} from './tables.ts';
import {readWholeOrder} from './whole-order.ts';

/** The reads that do not lock, alike inside and outside a transaction. */
type UnlockedQueries = Pick<
  Queries,
  | 'categories'
  | 'listings'
  | 'catalogueVersion'
  | 'unseenListings'
  | 'listingCounts'
  | 'watchedListingIds'
  | 'wholeOrder'
  | 'earnings'
  | 'attemptByReference'
  | 'paymentByReference'
  | 'couponUses'
  | 'openAttempts'
  | 'latestAttempts'
  | 'procurementsForPeople'
  | 'hasFingerprint'
  | 'ownStock'
  | 'ownSale'
  | 'knownFingerprints'
  | 'ticketsForShop'
  | 'endedTicketIds'
  | 'evidenceBytes'
  | 'unfinished'
  | keyof ConsoleQueries
>;

/**
 * Reads from the tables. With `lock`, rows that are returned stay locked until the transaction ends. Orders and what
 * hangs on them are locked for their reader alone, yet so that rows referring to them can still be inserted
 * (`for no key update`). Listings are locked against change only (`for share`): buyers of one good do not queue up.
 */
export function sqlQueries(database: Kysely<Tables>, {lock}: {readonly lock: boolean}): Queries {
  const {one, all} = recordReader(database, {lock});
  return {
    ...unlockedQueries(database),
    ...deliveryQueries(database, {lock}),
    ...refundQueries(database, {lock}),
    ...reconciliationQueries(database),
    listing: id => one('listing', {id}),
    async listingsBySku(skuIds) {
      const rows = await database
        .selectFrom('listing')
        .select('record')
        .where(sql<boolean>`sku_ids && ${[...skuIds]}::text[]`)
        .orderBy('id')
        .$if(lock, query => query.forShare())
        .execute();
      return rows.map(({record}) => record);
    },
    async listingsById(ids) {
      const rows = await database
        .selectFrom('listing')
        .select('record')
        .where(sql<boolean>`id = any(${[...ids]}::text[])`)
        .orderBy('id')
        .$if(lock, query => query.forNoKeyUpdate())
        .execute();
      return rows.map(({record}) => record);
    },
    async knownListings(ids) {
      const rows = await database
        .selectFrom('listing')
        .select(['id', 'position', 'content_hash', 'paused_for'])
        .where(sql<boolean>`id = any(${[...ids]}::text[])`)
        .orderBy('id')
        .$if(lock, query => query.forNoKeyUpdate())
        .execute();
      return rows.map(({id, position, content_hash, paused_for}) => ({
        id,
        position,
        ...(content_hash !== null && {contentHash: content_hash}),
        ...(paused_for !== null && {pausedFor: paused_for}),
      }));
    },
    catalogueSync: connectionId => one('catalogue_sync', {connection_id: connectionId}),
    intent: intent => one('intent', {intent}),
    order: id => one('shop_order', {id}),
    orderByNumber: number => one('shop_order', {number}),
    payments: orderId => all('payment', {order_id: orderId}, ['created_at', 'seq']),
    payment: id => one('payment', {id}),
    procurements: orderId => all('procurement', {order_id: orderId}, ['created_at', 'seq']),
    procurement: id => one('procurement', {id}),
    attempts: procurementId => all('attempt', {procurement_id: procurementId}, ['sent_at', 'seq']),
    cards: orderId => all('card', {order_id: orderId}, ['line_id', 'position']),
    ticket: id => one('ticket', {id}),
    tickets: orderId => all('ticket', {order_id: orderId}, ['created_at', 'seq']),
    evidence: ticketId => all('evidence', {ticket_id: ticketId}, ['created_at', 'seq']),
    async sealedRows(kind, after, limit) {
      if (kind === 'evidence') {
        const rows = await database
          .selectFrom('evidence')
          .select(['record', 'sealed'])
          .where('id', '>', after)
          .orderBy('id')
          .limit(limit)
          .$if(lock, query => query.forNoKeyUpdate())
          .execute();
        return rows.map(({record, sealed}) => ({kind, record, sealed: Uint8Array.from(sealed)}));
      }
      const rows = await database
        .selectFrom(kind as 'card')
        .select('record')
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit)
        .$if(lock, query => query.forNoKeyUpdate())
        .execute();
      return rows.map(({record}) => ({kind, record}) as SealedRow);
    },
  };
}

function unlockedQueries(database: Kysely<Tables>): UnlockedQueries {
  const {one, all} = recordReader(database, {lock: false});
  return {
    async categories() {
      const rows = await database
        .selectFrom('category')
        .innerJoin('listing', 'listing.category_id', 'category.id')
        .where('listing.paused_for', 'is', null)
        .select(({fn}) => ['category.record', fn.countAll().as('product_count')])
        .groupBy('category.id')
        .orderBy('category.position')
        .orderBy('category.id')
        .execute();
      return rows.map(row => ({...row.record, productCount: Number(row.product_count)}));
    },
    listings: query => findListings(database, query),
    async catalogueVersion() {
      const {version} = await database.selectFrom('catalogue').select('version').executeTakeFirstOrThrow();
      return Number(version);
    },
    async procurementsForPeople({offset, limit}) {
      const rows = await database
        .selectFrom('procurement')
        .select('record')
        .where(sql<boolean>`record -> 'attention' is not null`)
        .orderBy('created_at')
        .orderBy('seq')
        .offset(offset)
        .limit(limit)
        .execute();
      return rows.map(({record}) => record);
    },
    async unseenListings(connectionId, runId, limit) {
      const seen = database
        .selectFrom('catalogue_seen')
        .select(sql<string>`unnest(listing_ids)`.as('id'))
        .where('connection_id', '=', connectionId)
        .where('run_id', '=', runId);
      const rows = await database
        .selectFrom('listing')
        .select('record')
        .where('connection_id', '=', connectionId)
        .where(sql<boolean>`paused_for is distinct from ${pausedForAbsence}`)
        .where('id', 'not in', seen)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(({record}) => record);
    },
    async listingCounts(connectionId) {
      const rows = await database
        .selectFrom('listing')
        .select(({fn}) => ['paused_for', fn.countAll().as('count')])
        .where('connection_id', '=', connectionId)
        .groupBy('paused_for')
        .execute();
      return Object.fromEntries(rows.map(({paused_for, count}) => [paused_for ?? '', Number(count)]));
    },
    async watchedListingIds(connectionId, now, limit) {
      const rows = await database
        .selectFrom('watched_listing')
        .select('listing_id')
        .where('connection_id', '=', connectionId)
        .where('until', '>=', now)
        .orderBy('until', 'desc')
        .orderBy('listing_id')
        .limit(limit)
        .execute();
      return rows.map(({listing_id}) => listing_id);
    },
    wholeOrder: id => readWholeOrder(database, id),
    earnings: orderId => all('line_earnings', {order_id: orderId}, ['line_id']),
    paymentByReference: (provider, reference) => one('payment', {provider, provider_reference: reference}),
    attemptByReference: (connectionId, reference) => one('attempt', {connection_id: connectionId, reference}),
    async openAttempts(connectionId) {
      const rows = await database
        .selectFrom('attempt')
        .innerJoin('procurement', 'procurement.id', 'attempt.procurement_id')
        .select('attempt.record')
        .where('attempt.connection_id', '=', connectionId)
        .where('procurement.connection_id', '=', connectionId)
        .where(
          'procurement.state',
          'in',
          [...underWayStates].map(state => sql.lit(state)),
        )
        .orderBy('attempt.sent_at')
        .orderBy('attempt.seq')
        .execute();
      return rows.map(({record}) => record);
    },
    async latestAttempts(connectionId, {since, limit}) {
      const rows = await database
        .selectFrom('attempt')
        .select('record')
        .where('connection_id', '=', connectionId)
        .$if(since !== undefined, query => query.where('sent_at', '>=', since!))
        .orderBy('sent_at', 'desc')
        .orderBy('seq', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({record}) => record);
    },
    async couponUses(code) {
      const {uses} = await database
        .selectFrom('coupon_use')
        .select(({fn}) => fn.countAll().as('uses'))
        .where('code', '=', code)
        .where('returned', '=', sql.lit(false))
        .executeTakeFirstOrThrow();
      return Number(uses);
    },
    async hasFingerprint(...fingerprints) {
      const row = await database
        .selectFrom('card')
        .select('id')
        .where('fingerprint', 'in', fingerprints)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    ...ownStockQueries(database),
    ...consoleQueries(database),
    async ticketsForShop() {
      const rows = await database
        .selectFrom('ticket')
        .select('record')
        .where('state', 'in', [sql.lit('open' as const), sql.lit('waiting_for_shop' as const)])
        .orderBy('deadline')
        .orderBy('seq')
        .execute();
      return rows.map(({record}) => record);
    },
    async endedTicketIds(now) {
      const rows = await database
        .selectFrom('ticket')
        .select('id')
        .where(
          'state',
          'in',
          [...endingTicketStates].map(state => sql.lit(state)),
        )
        .where('deadline', '<=', now)
        .orderBy('deadline')
        .orderBy('seq')
        .execute();
      return rows.map(({id}) => id);
    },
    async evidenceBytes(id) {
      const row = await database.selectFrom('evidence').select('sealed').where('id', '=', id).executeTakeFirst();
      // A driver's own kind of bytes may look into a larger buffer.
      return row && Uint8Array.from(row.sealed);
    },
    // Literals, not parameters: the partial indexes are found only when the planner sees the values.
    async unfinished(now) {
      const pendingOrders = await database
        .selectFrom('shop_order')
        .select('id')
        .where('state', '=', sql.lit('pending_payment' as const))
        .orderBy('created_at')
        .orderBy('seq')
        .execute();
      const openPayments = await database
        .selectFrom('payment')
        .select('id')
        .where('state', 'in', [sql.lit('opening' as const), sql.lit('pending' as const)])
        .orderBy('created_at')
        .orderBy('seq')
        .execute();
      const openProcurements = await database
        .selectFrom('procurement')
        .select('id')
        .where('needs_attention', '=', sql.lit(false))
        .where(
          'state',
          'not in',
          [...restingProcurementStates].map(state => sql.lit(state)),
        )
        .where(({or, eb}) => or([eb('look_at', 'is', null), eb('look_at', '<=', now)]))
        .orderBy('created_at')
        .orderBy('seq')
        .execute();
      return {
        pendingOrderIds: pendingOrders.map(({id}) => id),
        openPaymentIds: openPayments.map(({id}) => id),
        openProcurementIds: openProcurements.map(({id}) => id),
        pendingDeliveryIds: await pendingDeliveryIds(database),
        openRefundIds: await openRefundIds(database),
      };
    },
  };
}
