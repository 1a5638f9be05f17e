import {sql, type Kysely, type Transaction as SqlTransaction} from 'kysely';
import type {Clock} from '../../clock.ts';
import type {Job} from '../../jobs.ts';
import {subjectIdOf, type QueuedJob} from '../../jobs/queued-job.ts';
import {catalogueChanges, isSameListing, isVisibleChange, paused, type CatalogueRows} from '../catalogue-changes.ts';
import type {AttemptRecord, CatalogueSyncRecord, CategoryRecord, ListingRecord, TicketRecord} from '../records.ts';
import {DuplicateRecordError} from '../rule-errors.ts';
import type {Transaction} from '../store.ts';
import {
  attemptRow,
  cardRow,
  categoryRow,
  earningsRow,
  evidenceRow,
  intentRow,
  orderRow,
  ownCardRow,
  paymentRow,
  procurementRow,
  ticketRow,
} from './rows.ts';
import {deliveryWrites} from './deliveries.ts';
import {insertRow} from './insert-row.ts';
import {reconciliationWrites} from './reconciliations.ts';
import {refundWrites} from './refunds.ts';
import {consoleWrites} from './console.ts';
import {chunks} from './chunks.ts';
import {lockReplaced, writeListings} from './listings.ts';
import {claimImport, insertOwnCards, sellOwnCards} from './own-stock.ts';
import {replaceVersion} from './replace-version.ts';
import {sqlQueries} from './sql-queries.ts';
import {schemaName, type Tables} from './tables.ts';

/** Puts jobs into the queue's own tables, within somebody else's transaction. */
export interface SqlJobQueue {
  /**
   * Answers whether it is due before the queue looks by itself: it has to be woken after the commit.
   * @param isFirst there can be no job about the same: it is not looked for, and the insert is not waited for
   */
  insert(queued: QueuedJob, transaction: Kysely<Tables>, isFirst: boolean): Promise<boolean>;
  /** See {@link Transaction.forgottenJobs}. */
  forgotten(jobs: readonly Job[], transaction: Kysely<Tables>): Promise<readonly Job[]>;
  /** Jobs were committed: look now instead of at the next poll. */
  wake(): void;
}

/** What a transaction leaves besides its rows. */
export interface SqlEffects {
  readonly changedOrders: Set<string>;
  /** A job is in the queue that has to be woken for it. */
  enqueued: boolean;
}

export function sqlTransaction(
  database: SqlTransaction<Tables>,
  {effects, clock, queue}: {readonly effects: SqlEffects; readonly clock: Clock; readonly queue: SqlJobQueue},
): Transaction {
  const saveAttempt = (attempt: AttemptRecord) => replaceVersion(database, 'attempt', attemptRow, attempt);
  /** Ids of what was made in this transaction and has no job yet. */
  const made = new Set<string>();
  const saveTicket = (ticket: TicketRecord) => replaceVersion(database, 'ticket', ticketRow, ticket);
  return {
    ...sqlQueries(database, {lock: true}),
    ...deliveryWrites(database, effects.changedOrders),
    ...refundWrites(database, effects.changedOrders),
    ...reconciliationWrites(database),
    ...consoleWrites(database),
    async claimIntent(record) {
      // A rival in flight holds the key: the insert waits until it is over.
      await insertRow(database, 'intent', intentRow(record));
    },
    async insertOrder(order) {
      // Nobody can look at it yet who would have to be told.
      await insertRow(database, 'shop_order', orderRow(order));
      made.add(order.id);
    },
    async saveOrder(order) {
      await replaceVersion(database, 'shop_order', orderRow, order);
      effects.changedOrders.add(order.id);
    },
    async claimCoupon({orderId, code, contact, at}, {uses = Infinity, usesPerContact = Infinity}) {
      await database
        .insertInto('coupon')
        .values({code})
        .onConflict(conflict => conflict.doNothing())
        .execute();
      // Whoever counts holds the code; what the one before has taken is seen by the statements after this.
      await database.selectFrom('coupon').select('code').where('code', '=', code).forUpdate().execute();
      const claimed = await database
        .selectFrom('coupon_use')
        .select('order_id')
        .where('order_id', '=', orderId)
        .executeTakeFirst();
      if (claimed) return true;
      const counts = await database
        .selectFrom('coupon_use')
        .select(({fn}) => [fn.countAll().as('all'), fn.countAll().filterWhere('contact', '=', contact).as('own')])
        .where('code', '=', code)
        .where('returned', '=', sql.lit(false))
        .executeTakeFirstOrThrow();
      if (Number(counts.all) >= uses || Number(counts.own) >= usesPerContact) return false;
      await insertRow(database, 'coupon_use', {order_id: orderId, code, contact, at, returned: false});
      return true;
    },
    async returnCoupon(orderId) {
      await database.updateTable('coupon_use').set({returned: true}).where('order_id', '=', orderId).execute();
    },
    async retakeCoupon(orderId) {
      await database.updateTable('coupon_use').set({returned: false}).where('order_id', '=', orderId).execute();
    },
    async insertPayment(payment) {
      await insertRow(database, 'payment', paymentRow(payment));
      made.add(payment.id);
      effects.changedOrders.add(payment.orderId);
    },
    async savePayment(payment) {
      await replaceVersion(database, 'payment', paymentRow, payment);
      effects.changedOrders.add(payment.orderId);
    },
    async recordPaymentEvent(provider, eventId, at) {
      const inserted = await database
        .insertInto('payment_event')
        .values({provider, event_id: eventId, at})
        .onConflict(conflict => conflict.doNothing())
        .returning('event_id')
        .executeTakeFirst();
      return inserted !== undefined;
    },
    async insertProcurement(procurement) {
      await insertRow(database, 'procurement', procurementRow(procurement));
      made.add(procurement.id);
      effects.changedOrders.add(procurement.orderId);
    },
    async saveProcurement(procurement) {
      await replaceVersion(database, 'procurement', procurementRow, procurement);
      effects.changedOrders.add(procurement.orderId);
    },
    async insertAttempt(attempt) {
      await insertRow(database, 'attempt', attemptRow(attempt));
    },
    saveAttempt,
    async saveEarnings(earnings) {
      if (earnings.length === 0) return;
      await database
        .insertInto('line_earnings')
        .values(earnings.map(earningsRow))
        .onConflict(conflict =>
          conflict.columns(['order_id', 'line_id']).doUpdateSet(({ref}) => ({
            currency: ref('excluded.currency'),
            margin: ref('excluded.margin'),
            record: ref('excluded.record'),
          })),
        )
        .execute();
    },
    async insertCards(cards) {
      if (cards.length === 0) return;
      await database.insertInto('card').values(cards.map(cardRow)).execute();
      for (const {orderId} of cards) effects.changedOrders.add(orderId);
    },
    claimImport: () => claimImport(database),
    insertOwnCards: cards => insertOwnCards(database, cards),
    sellOwnCards: order => sellOwnCards(database, order),
    async claimTicket(ticket) {
      const inserted = await database
        .insertInto('ticket')
        .values(ticketRow(ticket))
        .onConflict(conflict => conflict.columns(['order_id', 'intent']).doNothing())
        .returning('id')
        .executeTakeFirst();
      if (inserted) return {claimed: true};
      const {record: first} = await database
        .selectFrom('ticket')
        .select('record')
        .where('order_id', '=', ticket.orderId)
        .where('intent', '=', ticket.intent)
        .executeTakeFirstOrThrow();
      return {claimed: false, first};
    },
    saveTicket,
    async insertEvidence(evidence, sealed) {
      await insertRow(database, 'evidence', evidenceRow(evidence, sealed));
    },
    async replaceSealed(row) {
      switch (row.kind) {
        case 'card':
          await database.updateTable('card').set(cardRow(row.record)).where('id', '=', row.record.id).execute();
          return;
        case 'own_card':
          await database.updateTable('own_card').set(ownCardRow(row.record)).where('id', '=', row.record.id).execute();
          return;
        case 'attempt':
          return saveAttempt(row.record);
        case 'ticket':
          return saveTicket(row.record);
        case 'evidence':
          await database
            .updateTable('evidence')
            .set(evidenceRow(row.record, row.sealed))
            .where('id', '=', row.record.id)
            .execute();
      }
    },
    async recordUse(subject, at, windowMs) {
      const isOver = sql<boolean>`scarce_use.since + ${windowMs}::bigint <= ${at}::bigint`;
      const {count, since} = await database
        .insertInto('scarce_use')
        .values({subject, since: at, count: 1})
        .onConflict(conflict =>
          conflict.column('subject').doUpdateSet({
            count: sql<number>`case when ${isOver} then 1 else scarce_use.count + 1 end`,
            since: sql<number>`case when ${isOver} then ${at}::bigint else scarce_use.since end`,
          }),
        )
        .returning(['count', 'since'])
        .executeTakeFirstOrThrow();
      return {count, since: Number(since)};
    },
    async forgetUses(moment) {
      await database.deleteFrom('scarce_use').where('since', '<', moment).execute();
    },
    async recordReveal(orderId, at) {
      // The order's lock makes counting and inserting one step.
      await database.selectFrom('shop_order').select('id').where('id', '=', orderId).forNoKeyUpdate().execute();
      const {ordinal} = await database
        .insertInto('reveal')
        .values(({selectFrom}) => ({
          order_id: orderId,
          at,
          ordinal: selectFrom('reveal')
            .select(({fn}) => sql<number>`${fn.countAll()} + 1`.as('ordinal'))
            .where('order_id', '=', orderId),
        }))
        .returning('ordinal')
        .executeTakeFirstOrThrow();
      return ordinal;
    },
    async putListings(connectionId, categories, listings) {
      const replaced = await lockReplaced(database, listings);
      const earlierCategories = await rowsOf('category', categories);
      const isForeign = (row: {readonly connectionId: string}) => row.connectionId !== connectionId;
      if (earlierCategories.some(isForeign)) throw new DuplicateRecordError('category id');
      if (replaced.some(isForeign)) throw new DuplicateRecordError('listing id');
      const unread = new Set(replaced.filter(({record}) => !record).map(({id}) => id));
      const {true: differing = [], false: compared = []} = Object.groupBy(listings, ({id}) => `${unread.has(id)}`);
      const earlier = {categories: earlierCategories, listings: replaced.flatMap(({record}) => record ?? [])};
      const changes = catalogueChanges(earlier, {categories, listings: compared});
      // Of what differs anyhow, the database needs to tell how only where nothing else is seen to have changed.
      const visible = changes.visible || (await isVisible(differing));
      await writeCategories(changes.categories);
      await writeListings(database, [...changes.listings, ...differing], new Set(replaced.map(({id}) => id)));
      if (visible) await raiseCatalogueVersion();
    },
    async pauseListings(connectionId, ids, pausedFor) {
      const found = await rowsOf(
        'listing',
        ids.map(id => ({id})),
      );
      const listings = found
        .filter(listing => listing.connectionId === connectionId && listing.pausedFor !== pausedFor)
        .map(listing => paused(listing, pausedFor, clock.now()));
      await write({categories: [], listings: found}, {categories: [], listings});
    },
    async lockCatalogueSync(connectionId) {
      const read = () =>
        database
          .selectFrom('catalogue_sync')
          .select('record')
          .where('connection_id', '=', connectionId)
          .forNoKeyUpdate()
          .executeTakeFirst();
      const present = await read();
      if (present) return present.record;
      const fresh: CatalogueSyncRecord = {connectionId, failures: 0};
      await database
        .insertInto('catalogue_sync')
        .values({connection_id: connectionId, record: JSON.stringify(fresh)})
        .onConflict(conflict => conflict.doNothing())
        .execute();
      return (await read())!.record;
    },
    async saveCatalogueSync(sync) {
      const record = JSON.stringify(sync);
      await database
        .insertInto('catalogue_sync')
        .values({connection_id: sync.connectionId, record})
        .onConflict(conflict => conflict.column('connection_id').doUpdateSet({record}))
        .execute();
    },
    async noteSeen(connectionId, runId, ids) {
      await database
        .insertInto('catalogue_seen')
        .values({connection_id: connectionId, run_id: runId, listing_ids: [...ids]})
        .execute();
    },
    async forgetSeen(connectionId) {
      await database.deleteFrom('catalogue_seen').where('connection_id', '=', connectionId).execute();
    },
    async noteWatched(connectionId, listingId, until) {
      await database
        .insertInto('watched_listing')
        .values({listing_id: listingId, connection_id: connectionId, until})
        .onConflict(conflict => conflict.column('listing_id').doUpdateSet({until}))
        .execute();
    },
    async forgetWatched(moment) {
      await database.deleteFrom('watched_listing').where('until', '<', moment).execute();
    },
    async forgetPlatformEvents(moment) {
      await database.deleteFrom('platform_event').where('at', '<', moment).execute();
    },
    async recordPlatformEvent(connectionId, eventId, at) {
      const inserted = await database
        .insertInto('platform_event')
        .values({connection_id: connectionId, event_id: eventId, at})
        .onConflict(conflict => conflict.doNothing())
        .returning('event_id')
        .executeTakeFirst();
      return inserted !== undefined;
    },
    async saveListing(listing) {
      const row = await database
        .selectFrom('listing')
        .select('record')
        .where('id', '=', listing.id)
        .forNoKeyUpdate()
        .executeTakeFirst();
      if (isSameListing(row?.record, listing)) return;
      await writeListings(database, [listing], new Set(row && [listing.id]));
      if (isVisibleChange(row?.record, listing)) await raiseCatalogueVersion();
    },
    async enqueue(job, {startAt} = {}) {
      const isFirst = made.delete(subjectIdOf(job));
      const isSoon = await queue.insert(startAt === undefined ? {job} : {job, startAt}, database, isFirst);
      effects.enqueued ||= isSoon;
    },
    forgottenJobs: jobs => queue.forgotten(jobs, database),
  };

  /** The rows with these ids as they are, locked. */
  async function rowsOf<Table extends 'category' | 'listing'>(
    table: Table,
    wanted: readonly {readonly id: string}[],
  ): Promise<readonly (Table extends 'category' ? CategoryRecord : ListingRecord)[]> {
    if (wanted.length === 0) return [];
    const {rows} = await sql<{record: never}>`
      select record from ${sql.table(`${schemaName}.${table}`)}
      where id = any(${wanted.map(({id}) => id)}::text[])
      order by id for no key update`.execute(database);
    return rows.map(({record}) => record);
  }

  /** Whether readers see one of these listings otherwise than it stands there. */
  async function isVisible(listings: readonly ListingRecord[]): Promise<boolean> {
    const earlier = new Map((await rowsOf('listing', listings)).map(listing => [listing.id, listing]));
    return listings.some(listing => isVisibleChange(earlier.get(listing.id), listing));
  }

  async function write(before: CatalogueRows, after: CatalogueRows): Promise<void> {
    const {categories, listings, visible} = catalogueChanges(before, after);
    await writeCategories(categories);
    await writeListings(database, listings, new Set(before.listings.map(({id}) => id)));
    if (visible) await raiseCatalogueVersion();
  }

  async function writeCategories(categories: readonly CategoryRecord[]): Promise<void> {
    for (const chunk of chunks(categories)) {
      await database
        .insertInto('category')
        .values(chunk.map(categoryRow))
        .onConflict(conflict =>
          conflict.column('id').doUpdateSet(({ref}) => ({
            position: ref('excluded.position'),
            record: ref('excluded.record'),
          })),
        )
        .execute();
    }
  }

  async function raiseCatalogueVersion(): Promise<void> {
    await database
      .updateTable('catalogue')
      .set({version: sql<number>`version + 1`})
      .execute();
  }
}
