import type {Clock} from '../clock.ts';
import type {JobQueue, QueuedJob} from '../jobs/queued-job.ts';
import {toBase64Url} from '../security/encoding.ts';
import {newId} from '../security/ids.ts';
import {catalogueChanges, isSameListing, isVisibleChange, paused, type CatalogueChanges} from './catalogue-changes.ts';
import {memoryConsoleWrites} from './memory-console.ts';
import {memoryQueries} from './memory-queries.ts';
import type {MemoryTable} from './memory-table.ts';
import {ownKey, type MemoryTables} from './memory-tables.ts';
import {DuplicateRecordError, MissingRecordError, oneClaimPerIntent} from './rule-errors.ts';
import {StaleRecordError, type Transaction} from './store.ts';

/** What a transaction leaves besides its rows. */
export interface MemoryEffects {
  readonly changedOrders: Set<string>;
  readonly enqueued: QueuedJob[];
  /** A rule was broken: as in a database, the transaction cannot be committed any more. */
  broken?: Error;
}

interface Versioned {
  readonly id: string;
  readonly version: number;
}

export function memoryTransaction(
  tables: MemoryTables,
  effects: MemoryEffects,
  {clock, queue}: {readonly clock: Clock; readonly queue: JobQueue | undefined},
): Transaction {
  return {
    ...memoryQueries(tables),
    ...memoryConsoleWrites(tables),
    async claimIntent(record) {
      unique(oneClaimPerIntent, tables.intents.has(record.intent));
      tables.intents.set(record.intent, record);
    },
    async insertOrder(order) {
      // Nobody can look at it yet who would have to be told.
      const taken = tables.orders.where('number', order.number).length > 0;
      unique('order number', taken);
      insert('order', tables.orders, order);
    },
    async saveOrder(order) {
      save('order', tables.orders, order);
      effects.changedOrders.add(order.id);
    },
    async claimCoupon(use, {uses = Infinity, usesPerContact = Infinity}) {
      needs('coupon use of an order', tables.orders.has(use.orderId));
      if (tables.couponUses.has(use.orderId)) return true;
      const counting = tables.couponUses.where('used', use.code);
      const own = counting.filter(({contact}) => contact === use.contact);
      if (counting.length >= uses || own.length >= usesPerContact) return false;
      tables.couponUses.set(use.orderId, {...use, returned: false});
      return true;
    },
    async returnCoupon(orderId) {
      const use = tables.couponUses.get(orderId);
      if (use) tables.couponUses.set(orderId, {...use, returned: true});
    },
    async retakeCoupon(orderId) {
      const use = tables.couponUses.get(orderId);
      if (use) tables.couponUses.set(orderId, {...use, returned: false});
    },
    async insertPayment(payment) {
      needs('payment of an order', tables.orders.has(payment.orderId));
      unique('provider reference', hasProviderReference(payment));
      insert('payment', tables.payments, payment);
      effects.changedOrders.add(payment.orderId);
    },
    async savePayment(payment) {
      save('payment', tables.payments, payment);
      unique('provider reference', hasProviderReference(payment));
      effects.changedOrders.add(payment.orderId);
    },
    async recordPaymentEvent(provider, eventId, at) {
      const key = JSON.stringify([provider, eventId]);
      if (tables.paymentEvents.has(key)) return false;
      tables.paymentEvents.set(key, {at});
      return true;
    },
    async insertProcurement(procurement) {
      needs('procurement of an order', tables.orders.has(procurement.orderId));
      const {orderId, lineId, part = 1} = procurement;
      const taken = tables.procurements
        .where('order', orderId)
        .some(other => other.lineId === lineId && (other.part ?? 1) === part);
      unique('one procurement per order line and part', taken);
      insert('procurement', tables.procurements, procurement);
      effects.changedOrders.add(orderId);
    },
    async saveProcurement(procurement) {
      save('procurement', tables.procurements, procurement);
      effects.changedOrders.add(procurement.orderId);
    },
    async insertAttempt(attempt) {
      needs('attempt of a procurement', tables.procurements.has(attempt.procurementId));
      const {connectionId, reference} = attempt;
      const taken = tables.attempts.where('reference', `${connectionId} ${reference}`).length > 0;
      unique('one attempt per connection and reference', taken);
      insert('attempt', tables.attempts, attempt);
    },
    async saveAttempt(attempt) {
      save('attempt', tables.attempts, attempt);
    },
    async saveEarnings(earnings) {
      for (const each of earnings) {
        needs('earnings of an order', tables.orders.has(each.orderId));
        tables.earnings.set(JSON.stringify([each.orderId, each.lineId]), each);
      }
    },
    async insertCards(cards) {
      for (const card of cards) {
        needs('card of a procurement', tables.procurements.has(card.procurementId) && tables.orders.has(card.orderId));
        const {orderId, lineId, position} = card;
        const taken = tables.cards
          .where('order', orderId)
          .some(other => other.lineId === lineId && other.position === position);
        unique('one card per place in a line', taken);
        insert('card', tables.cards, card);
        effects.changedOrders.add(orderId);
      }
    },
    // Transactions run one after the other here.
    async claimImport() {},
    async insertOwnCards(cards) {
      for (const card of cards) {
        unique('one own card per fingerprint', tables.ownCards.where('fingerprint', card.fingerprint).length > 0);
        insert('own card', tables.ownCards, card);
        const {connectionId, goodCode} = card;
        const count = tables.ownGoods.get(ownKey(connectionId, goodCode)) ?? {
          connectionId,
          goodCode,
          unsold: 0,
          sold: 0,
        };
        tables.ownGoods.set(ownKey(connectionId, goodCode), {...count, unsold: count.unsold + 1});
      }
    },
    async sellOwnCards({reusable, stockCap = Infinity, ...order}) {
      const {connectionId, reference, goodCode, quantity} = order;
      const earlier = await memoryQueries(tables).ownSale(connectionId, reference);
      if (earlier) return earlier;
      const count = tables.ownGoods.get(ownKey(connectionId, goodCode));
      const least = reusable ? 1 : quantity;
      if (!count || count.unsold < least || count.sold + quantity > stockCap) return 'sold_out';
      const forSale = tables.ownCards
        .all()
        .filter(card => card.connectionId === connectionId && card.goodCode === goodCode && card.soldBy === undefined);
      const cards = reusable
        ? forSale.slice(-1)
        : forSale.slice(0, quantity).map(card => ({...card, soldBy: reference}));
      const sale = {...order, cardIds: cards.map(({id}) => id)};
      tables.ownSales.set(ownKey(connectionId, reference), sale);
      for (const card of cards) tables.ownCards.set(card.id, card);
      const unsold = reusable ? count.unsold : count.unsold - quantity;
      tables.ownGoods.set(ownKey(connectionId, goodCode), {...count, unsold, sold: count.sold + quantity});
      return {sale, cards};
    },
    async claimTicket(ticket) {
      needs('ticket of an order', tables.orders.has(ticket.orderId));
      const {orderId, intent} = ticket;
      const first = tables.tickets.where('order', orderId).find(other => other.intent === intent);
      if (first) return {claimed: false, first};
      insert('ticket', tables.tickets, ticket);
      return {claimed: true};
    },
    async saveTicket(ticket) {
      save('ticket', tables.tickets, ticket);
    },
    async insertEvidence(evidence, sealed) {
      needs('evidence of a ticket', tables.tickets.has(evidence.ticketId));
      const {ticketId, intent} = evidence;
      const taken = tables.evidence.where('ticket', ticketId).some(other => other.intent === intent);
      unique('one file per ticket and intent', taken);
      insert('evidence', tables.evidence, evidence);
      tables.evidenceBytes.set(evidence.id, {sealed: toBase64Url(sealed)});
    },
    async replaceSealed(row) {
      switch (row.kind) {
        case 'card':
          return tables.cards.set(row.record.id, row.record);
        case 'own_card':
          return tables.ownCards.set(row.record.id, row.record);
        case 'attempt':
          return save('attempt', tables.attempts, row.record);
        case 'ticket':
          return save('ticket', tables.tickets, row.record);
        case 'evidence':
          tables.evidence.set(row.record.id, row.record);
          return tables.evidenceBytes.set(row.record.id, {sealed: toBase64Url(row.sealed)});
      }
    },
    async recordUse(subject, at, windowMs) {
      const before = tables.uses.get(subject);
      const use = before && before.since + windowMs > at ? {...before, count: before.count + 1} : {since: at, count: 1};
      tables.uses.set(subject, use);
      return use;
    },
    async forgetUses(moment) {
      for (const [subject, {since}] of tables.uses.entries()) if (since < moment) tables.uses.delete(subject);
    },
    async recordReveal(orderId, at) {
      needs('reveal of an order', tables.orders.has(orderId));
      const times = [...(tables.reveals.get(orderId)?.times ?? []), at];
      tables.reveals.set(orderId, {times});
      return times.length;
    },
    async putListings(connectionId, categories, listings) {
      const earlier = {
        categories: categories.flatMap(({id}) => tables.categories.get(id) ?? []),
        listings: listings.flatMap(({id}) => tables.listings.get(id) ?? []),
      };
      const isForeign = (row: {readonly connectionId: string}) => row.connectionId !== connectionId;
      unique('category id', earlier.categories.some(isForeign));
      unique('listing id', earlier.listings.some(isForeign));
      write(catalogueChanges(earlier, {categories, listings}));
    },
    async pauseListings(connectionId, ids, pausedFor) {
      const found = ids.flatMap(id => tables.listings.get(id) ?? []).filter(row => row.connectionId === connectionId);
      const listings = found
        .filter(listing => listing.pausedFor !== pausedFor)
        .map(listing => paused(listing, pausedFor, clock.now()));
      write(catalogueChanges({categories: [], listings: found}, {categories: [], listings}));
    },
    async lockCatalogueSync(connectionId) {
      return tables.syncs.get(connectionId) ?? {connectionId, failures: 0};
    },
    async saveCatalogueSync(sync) {
      tables.syncs.set(sync.connectionId, sync);
    },
    async noteSeen(connectionId, runId, ids) {
      tables.seen.set(newId('syn'), {connectionId, runId, ids});
    },
    async forgetSeen(connectionId) {
      for (const [key, run] of tables.seen.entries()) if (run.connectionId === connectionId) tables.seen.delete(key);
    },
    async noteWatched(connectionId, listingId, until) {
      tables.watched.set(listingId, {connectionId, until});
    },
    async forgetWatched(moment) {
      for (const [id, {until}] of tables.watched.entries()) if (until < moment) tables.watched.delete(id);
    },
    async forgetPlatformEvents(moment) {
      for (const [key, {at}] of tables.platformEvents.entries()) if (at < moment) tables.platformEvents.delete(key);
    },
    async recordPlatformEvent(connectionId, eventId, at) {
      const key = JSON.stringify([connectionId, eventId]);
      if (tables.platformEvents.has(key)) return false;
      tables.platformEvents.set(key, {at});
      return true;
    },
    async insertDelivery(delivery) {
      const {orderId, channel, occasion, turn} = delivery;
      needs('delivery of an order', tables.orders.has(orderId));
      const taken = tables.deliveries
        .where('order', orderId)
        .some(other => other.channel === channel && other.occasion === occasion && other.turn === turn);
      unique('one delivery per order, channel, occasion and turn', taken);
      insert('delivery', tables.deliveries, delivery);
      effects.changedOrders.add(orderId);
    },
    async saveDelivery(delivery) {
      save('delivery', tables.deliveries, delivery);
      effects.changedOrders.add(delivery.orderId);
    },
    async insertRefund(refund) {
      const {orderId, paymentId, purpose} = refund;
      needs('refund of an order', tables.orders.has(orderId));
      needs('refund of a payment', tables.payments.has(paymentId));
      const taken = tables.refunds.where('payment', paymentId).some(other => other.purpose === purpose);
      unique('one refund per payment and purpose', taken);
      insert('refund', tables.refunds, refund);
      effects.changedOrders.add(orderId);
    },
    async saveRefund(refund) {
      save('refund', tables.refunds, refund);
      effects.changedOrders.add(refund.orderId);
    },
    async claimReconciliation(record) {
      if (!tables.reconciliations.has(record.id)) tables.reconciliations.set(record.id, record);
      return tables.reconciliations.get(record.id)!;
    },
    async saveListing(listing) {
      const earlier = tables.listings.get(listing.id);
      if (isSameListing(earlier, listing)) return;
      tables.listings.set(listing.id, listing);
      if (isVisibleChange(earlier, listing)) raiseCatalogueVersion();
    },
    async enqueue(job, {startAt} = {}) {
      effects.enqueued.push(startAt === undefined ? {job} : {job, startAt});
    },
    async forgottenJobs(jobs) {
      return jobs.filter(job => !queue?.knows(job));
    },
  };

  function write({categories, listings, visible}: CatalogueChanges): void {
    for (const category of categories) tables.categories.set(category.id, category);
    for (const listing of listings) tables.listings.set(listing.id, listing);
    if (visible) raiseCatalogueVersion();
  }

  function insert<Row extends {readonly id: string}>(
    kind: string,
    table: Pick<MemoryTable<Row>, 'get' | 'has' | 'set'>,
    row: Row,
  ): void {
    unique(`${kind} id`, table.has(row.id));
    table.set(row.id, row);
  }

  function save<Row extends Versioned>(
    kind: string,
    table: Pick<MemoryTable<Row>, 'get' | 'has' | 'set'>,
    row: Row,
  ): void {
    if (table.get(row.id)?.version !== row.version) throw new StaleRecordError(kind, row.id, row.version);
    table.set(row.id, {...row, version: row.version + 1});
  }

  function hasProviderReference(payment: {readonly id: string; provider: string; providerReference?: string}): boolean {
    const {id, provider, providerReference} = payment;
    if (providerReference === undefined) return false;
    return tables.payments.where('reference', `${provider} ${providerReference}`).some(other => other.id !== id);
  }

  function raiseCatalogueVersion(): void {
    tables.catalogue.set('version', {version: (tables.catalogue.get('version')?.version ?? 0) + 1});
  }

  function unique(rule: string, taken: boolean): void {
    if (taken) throw (effects.broken = new DuplicateRecordError(rule));
  }

  function needs(rule: string, present: boolean): void {
    if (!present) throw (effects.broken = new MissingRecordError(rule));
  }
}
