import type {
  AttemptRecord,
  CardRecord,
  CatalogueSyncRecord,
  CategoryRecord,
  CouponLimits,
  CouponUseRecord,
  EvidenceRecord,
  IntentRecord,
  KnownFingerprint,
  KnownListing,
  ListingPage,
  ListingQuery,
  ListingRecord,
  OrderRecord,
  OwnCardRecord,
  OwnSaleRecord,
  OwnStockCount,
  PaymentRecord,
  ProcurementRecord,
  SealedKind,
  SealedRow,
  TicketRecord,
} from './records.ts';
import type {DeliveryRecord} from './delivery-record.ts';
import type {ReconciliationQueries, ReconciliationWrites} from './reconciliation-record.ts';
import type {RefundQueries, RefundRecord, RefundWrites} from './refund-record.ts';
import type {ConsoleQueries, ConsoleWrites} from './console-records.ts';
import type {LineEarnings} from '../../domain/earnings.ts';
import type {Job} from '../jobs.ts';
import type {Bytes} from '../security/encoding.ts';

/**
 * Everything the shop keeps. Reads outside a transaction see committed data. Two implementations behave alike under
 * one contract suite: memory, and PostgreSQL (a server, or PGlite in a local folder).
 */
export interface Store extends Queries {
  /**
   * Runs `work` so that all it wrote is kept, or nothing. If `work` throws, nothing is kept and the error passes on.
   * May run `work` again when the database asks for it, so `work` has no effect outside the transaction.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Calls `changed` after every committed change to an order, in this process; other processes are found by asking. */
  onOrderChanged(orderId: string, changed: () => void): () => void;
  close(): Promise<void>;
}

export interface Queries extends ConsoleQueries, RefundQueries, ReconciliationQueries {
  /** Categories that hold at least one listing that is not paused, with how many, in the shop's order. */
  categories(): Promise<readonly (CategoryRecord & {readonly productCount: number})[]>;
  listings(query: ListingQuery): Promise<ListingPage>;
  /** Rises with every change to categories or listings. Cheap: asked for on every catalogue request. */
  catalogueVersion(): Promise<number>;
  listing(id: string): Promise<ListingRecord | undefined>;
  listingsBySku(skuIds: readonly string[]): Promise<readonly ListingRecord[]>;
  listingsById(ids: readonly string[]): Promise<readonly ListingRecord[]>;
  /** What is known of these listings; one that was never put down is not among them. */
  knownListings(ids: readonly string[]): Promise<readonly KnownListing[]>;
  /** Listings of a connection that are not paused for absence and that this run has not seen, by id, so many at most. */
  unseenListings(connectionId: string, runId: string, limit: number): Promise<readonly ListingRecord[]>;
  /** How many listings a connection has, by what they are paused for; those on sale under `''`. */
  listingCounts(connectionId: string): Promise<Readonly<Record<string, number>>>;
  catalogueSync(connectionId: string): Promise<CatalogueSyncRecord | undefined>;
  /** Listings of a connection that buyers look at until `now` or later, those first that they look at longest. */
  watchedListingIds(connectionId: string, now: number, limit: number): Promise<readonly string[]>;
  intent(intent: string): Promise<IntentRecord | undefined>;
  order(id: string): Promise<OrderRecord | undefined>;
  /** An order with what hangs on it, as all of it was at one moment. Locks nothing, not even within a transaction. */
  wholeOrder(id: string): Promise<WholeOrder | undefined>;
  orderByNumber(number: string): Promise<OrderRecord | undefined>;
  payments(orderId: string): Promise<readonly PaymentRecord[]>;
  payment(id: string): Promise<PaymentRecord | undefined>;
  paymentByReference(provider: string, providerReference: string): Promise<PaymentRecord | undefined>;
  procurements(orderId: string): Promise<readonly ProcurementRecord[]>;
  procurement(id: string): Promise<ProcurementRecord | undefined>;
  /** Procurements that a person has to look at, oldest first. */
  procurementsForPeople(page: {readonly offset: number; readonly limit: number}): Promise<readonly ProcurementRecord[]>;
  attempts(procurementId: string): Promise<readonly AttemptRecord[]>;
  attemptByReference(connectionId: string, reference: string): Promise<AttemptRecord | undefined>;
  /** Attempts on a connection whose procurement is under way there: money that could be lost with the platform. */
  openAttempts(connectionId: string): Promise<readonly AttemptRecord[]>;
  /** The last purchases sent to a platform, newest first; `since` is included. */
  latestAttempts(
    connectionId: string,
    page: {readonly since?: number; readonly limit: number},
  ): Promise<readonly AttemptRecord[]>;
  /** Who earned what of an order that was settled, by line; empty before. */
  earnings(orderId: string): Promise<readonly LineEarnings[]>;
  /** Cards of an order by line and position. */
  cards(orderId: string): Promise<readonly CardRecord[]>;
  /** How often a coupon is used now; a use that was given back does not count. */
  couponUses(code: string): Promise<number>;
  /** Whether a card has one of these; all are looked for at one moment, as a rotation of the key exchanges them. */
  hasFingerprint(...fingerprints: readonly string[]): Promise<boolean>;
  /** What there is of each good of a connection's own stock; a good that never had a card is not among them. */
  ownStock(connectionId: string): Promise<readonly OwnStockCount[]>;
  /** What one purchase took from own stock. */
  ownSale(connectionId: string, reference: string): Promise<OwnSale | undefined>;
  /** Those of the fingerprints that the shop has seen before. */
  knownFingerprints(fingerprints: readonly string[]): Promise<readonly KnownFingerprint[]>;
  ticket(id: string): Promise<TicketRecord | undefined>;
  /** Tickets of an order, oldest first. */
  tickets(orderId: string): Promise<readonly TicketRecord[]>;
  /** Tickets that wait for the shop, the most pressing first. */
  ticketsForShop(): Promise<readonly TicketRecord[]>;
  /** Ids of the tickets that wait for nobody but their deadline, which is over. */
  endedTicketIds(now: number): Promise<readonly string[]>;
  /** What is attached to a ticket, oldest first. */
  evidence(ticketId: string): Promise<readonly EvidenceRecord[]>;
  evidenceBytes(id: string): Promise<Bytes | undefined>;
  /** Rows that hold something encrypted, of one kind and in the order of their ids, from the first after `after` on. */
  sealedRows(kind: SealedKind, after: string, limit: number): Promise<readonly SealedRow[]>;
  /** Messages about an order, oldest first. */
  deliveries(orderId: string): Promise<readonly DeliveryRecord[]>;
  delivery(id: string): Promise<DeliveryRecord | undefined>;
  /** Work a crash may have left without a job: what to look at again, as far as it is time to. See {@link Unfinished}. */
  unfinished(now: number): Promise<Unfinished>;
}

/** An order, and each list in the order in which it is read on its own. */
export interface WholeOrder {
  readonly order: OrderRecord;
  readonly payments: readonly PaymentRecord[];
  readonly procurements: readonly ProcurementRecord[];
  readonly cards: readonly CardRecord[];
  readonly deliveries: readonly DeliveryRecord[];
  readonly refunds: readonly RefundRecord[];
}

/** A purchase from own stock with its cards, in the order they were handed over. */
export interface OwnSale {
  readonly sale: OwnSaleRecord;
  readonly cards: readonly OwnCardRecord[];
}

/** A purchase from own stock that is to be made. */
export interface OwnOrder extends Omit<OwnSaleRecord, 'cardIds'> {
  /** Everybody gets the card that was imported last, as often as the quantity says. */
  readonly reusable: boolean;
  /** Most pieces that are sold of the good, ever; absent: as many as there are. */
  readonly stockCap?: number | undefined;
}

/** Records that are not in a final state, oldest first, ids only. */
export interface Unfinished {
  /** Orders that wait for payment. */
  readonly pendingOrderIds: readonly string[];
  /** Payments in `opening` or `pending`. */
  readonly openPaymentIds: readonly string[];
  /** Procurements that no person has to look at and that are not settled. */
  readonly openProcurementIds: readonly string[];
  /** Messages that are to be sent. */
  readonly pendingDeliveryIds: readonly string[];
  /** Refunds in `asked` or `sent`. */
  readonly openRefundIds: readonly string[];
}

/** Reads inside a transaction lock what they return until it ends, so that a read and its save are one step. */
export interface Transaction extends Queries, ConsoleWrites, RefundWrites, ReconciliationWrites {
  /**
   * Claims an intent; a rival that is in flight is waited for.
   * @throws {DuplicateRecordError} by the rule {@link oneClaimPerIntent}, with the commit at the latest, when there is a
   *   claim already: it can be read once the transaction is over
   */
  claimIntent(record: IntentRecord): Promise<void>;
  insertOrder(order: OrderRecord): Promise<void>;
  /** @throws {StaleRecordError} when the stored version is not `order.version`. The same for the other saves. */
  saveOrder(order: OrderRecord): Promise<void>;
  /** Takes a use of a coupon for an order, once; false when it is used up. Waits for a rival with the same code. */
  claimCoupon(use: CouponUseRecord, limits: CouponLimits): Promise<boolean>;
  /** Gives the use of an order that came to nothing back, if it has one. */
  returnCoupon(orderId: string): Promise<void>;
  /** The order was paid after all: its use counts again, whatever the limits say. */
  retakeCoupon(orderId: string): Promise<void>;
  insertPayment(payment: PaymentRecord): Promise<void>;
  savePayment(payment: PaymentRecord): Promise<void>;
  /** Remembers a provider's event; false when it was seen before. */
  recordPaymentEvent(provider: string, eventId: string, at: number): Promise<boolean>;
  insertProcurement(procurement: ProcurementRecord): Promise<void>;
  saveProcurement(procurement: ProcurementRecord): Promise<void>;
  insertAttempt(attempt: AttemptRecord): Promise<void>;
  saveAttempt(attempt: AttemptRecord): Promise<void>;
  /** Writes an order's earnings down, in place of what was written of the same lines before. */
  saveEarnings(earnings: readonly LineEarnings[]): Promise<void>;
  insertCards(cards: readonly CardRecord[]): Promise<void>;
  /** Waits until no other import is under way, and lets the next one wait for the end of this transaction. */
  claimImport(): Promise<void>;
  /** Puts cards into own stock. */
  insertOwnCards(cards: readonly OwnCardRecord[]): Promise<void>;
  /**
   * Takes cards from own stock, the oldest first, all or none. The same reference gives the same cards again. Buyers of one
   * good wait for each other.
   */
  sellOwnCards(order: OwnOrder): Promise<OwnSale | 'sold_out'>;
  /** Opens a ticket under its intent, once. Waits for a rival that is in flight; answers the first one's when there is one. */
  claimTicket(ticket: TicketRecord): Promise<{claimed: true} | {claimed: false; first: TicketRecord}>;
  saveTicket(ticket: TicketRecord): Promise<void>;
  insertEvidence(evidence: EvidenceRecord, sealed: Bytes): Promise<void>;
  /** Puts what is in a row under another key; nothing else of it may differ. */
  replaceSealed(row: SealedRow): Promise<void>;
  /** Counts one use of something scarce; answers how often by now, and since when. A count ends `windowMs` after it began. */
  recordUse(subject: string, at: number, windowMs: number): Promise<{readonly count: number; readonly since: number}>;
  /** Drops the counts that began before `moment`. */
  forgetUses(moment: number): Promise<void>;
  /** Records that an order's keys were shown; answers how often by now. */
  recordReveal(orderId: string, at: number): Promise<number>;
  /** Puts down categories and listings of a connection beside those it has. Unchanged rows are not touched. */
  putListings(
    connectionId: string,
    categories: readonly CategoryRecord[],
    listings: readonly ListingRecord[],
  ): Promise<void>;
  /** Takes listings of a connection off the shelf. Their content stays as it was. */
  pauseListings(connectionId: string, ids: readonly string[], pausedFor: string): Promise<void>;
  /** The record of a connection's sync, a new one if there is none, locked for this transaction. */
  lockCatalogueSync(connectionId: string): Promise<CatalogueSyncRecord>;
  saveCatalogueSync(sync: CatalogueSyncRecord): Promise<void>;
  /** Remembers that a run has seen these listings. */
  noteSeen(connectionId: string, runId: string, ids: readonly string[]): Promise<void>;
  /** Drops what the runs of a connection have seen. */
  forgetSeen(connectionId: string): Promise<void>;
  /** Remembers until when buyers look at a listing. */
  noteWatched(connectionId: string, listingId: string, until: number): Promise<void>;
  /** Drops what nobody looks at any more. */
  forgetWatched(moment: number): Promise<void>;
  /** Drops notices that came before `moment`. */
  forgetPlatformEvents(moment: number): Promise<void>;
  /** Remembers a platform's notice; false when it was seen before. */
  recordPlatformEvent(connectionId: string, eventId: string, at: number): Promise<boolean>;
  insertDelivery(delivery: DeliveryRecord): Promise<void>;
  saveDelivery(delivery: DeliveryRecord): Promise<void>;
  saveListing(listing: ListingRecord): Promise<void>;
  /** Enqueues a job that is seen if and only if the transaction commits. */
  enqueue(job: Job, options?: {readonly startAt?: number}): Promise<void>;
  /** Those of the jobs whose subject no job is about, neither one that waits nor one that runs: nobody would do them. */
  forgottenJobs(jobs: readonly Job[]): Promise<readonly Job[]>;
}

/** Somebody else saved this record in the meantime: read again, decide again. */
export class StaleRecordError extends Error {
  override readonly name = 'StaleRecordError';

  constructor(kind: string, id: string, version: number) {
    super(`${kind} ${id} was changed by somebody else after version ${version}; read it again.`);
  }
}
