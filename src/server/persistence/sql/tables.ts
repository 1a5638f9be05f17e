import type {ColumnType, GeneratedAlways} from 'kysely';
import type {LineEarnings} from '../../../domain/earnings.ts';
import type {DeliveryKind} from '../../../domain/product.ts';
import type {OrderState} from '../../../domain/order.ts';
import type {ProcurementState} from '../../../domain/procurement.ts';
import type {TicketState} from '../../../domain/ticket.ts';
import type {RefundState} from '../../../domain/refund.ts';
import type {DeliveryRecord} from '../delivery-record.ts';
import type {ReconciliationRecord} from '../reconciliation-record.ts';
import type {RefundRecord} from '../refund-record.ts';
import type {AuditOutcomeRecord, AuditRecord, ConsoleSessionRecord, ConsoleTokenRecord} from '../console-records.ts';
import type {
  AttemptRecord,
  CardRecord,
  CatalogueSyncRecord,
  CategoryRecord,
  EvidenceRecord,
  IntentRecord,
  ListingRecord,
  OrderRecord,
  OwnCardRecord,
  OwnSaleRecord,
  PaymentRecord,
  ProcurementRecord,
  TicketRecord,
} from '../records.ts';

/**
 * A whole record as JSON text. The type is `json`, not `jsonb`: it keeps every text a platform may send (NUL, lone
 * surrogates) which `jsonb` refuses, and an outcome that cannot be written down would be bought again.
 * The columns beside it are what the database compares, orders and keeps unique; they are derived at every write.
 */
export type Document<Record> = ColumnType<Record, string, string>;

/** Epoch milliseconds as `bigint`. Drivers hand it out as text or number: it is read from the document instead. */
export type Millis = ColumnType<unknown, number, number>;

/** An exact decimal, `numeric(19,4)`. */
export type Decimal = ColumnType<unknown, string, string>;

interface Aged {
  /** Order of insertion among rows of one millisecond. */
  readonly seq: GeneratedAlways<unknown>;
}

export interface Tables {
  readonly category: CategoryTable;
  readonly listing: ListingTable;
  readonly catalogue: CatalogueTable;
  readonly catalogue_sync: CatalogueSyncTable;
  readonly catalogue_seen: CatalogueSeenTable;
  readonly watched_listing: WatchedListingTable;
  readonly platform_event: PlatformEventTable;
  readonly intent: IntentTable;
  readonly shop_order: OrderTable;
  readonly payment: PaymentTable;
  readonly payment_event: PaymentEventTable;
  readonly procurement: ProcurementTable;
  readonly attempt: AttemptTable;
  readonly line_earnings: EarningsTable;
  readonly card: CardTable;
  readonly own_card: OwnCardTable;
  readonly own_sale: OwnSaleTable;
  readonly own_good: OwnGoodTable;
  readonly reveal: RevealTable;
  readonly coupon: CouponTable;
  readonly coupon_use: CouponUseTable;
  readonly ticket: TicketTable;
  readonly evidence: EvidenceTable;
  readonly scarce_use: ScarceUseTable;
  readonly delivery: DeliveryTable;
  readonly refund: RefundTable;
  readonly reconciliation: ReconciliationTable;
  readonly console_token: ConsoleTokenTable;
  readonly console_session: ConsoleSessionTable;
  readonly console_audit: AuditTable;
  readonly console_audit_outcome: AuditOutcomeTable;
}

export interface CategoryTable {
  readonly id: string;
  readonly connection_id: string;
  readonly position: number;
  readonly record: Document<CategoryRecord>;
}

export interface ListingTable {
  readonly id: string;
  readonly connection_id: string;
  readonly good_code: string;
  readonly category_id: string;
  readonly position: number;
  readonly price_currency: string;
  readonly price_amount: Decimal;
  readonly title_key: string;
  readonly search: string;
  readonly sku_ids: readonly string[];
  readonly paused_for: string | null;
  readonly updated_at: Millis;
  readonly record: Document<ListingRecord>;
  readonly spelling: string | null;
  readonly content_hash: string | null;
  readonly delivery: DeliveryKind;
  readonly in_stock: boolean;
  /** Raised by whoever derived the columns from the document; of a write that leaves it, the database derives them. */
  readonly revision: ColumnType<unknown, number, number>;
}

/** One row. */
export interface CatalogueTable {
  readonly singleton: boolean;
  readonly version: ColumnType<unknown, number, number>;
}

export interface IntentTable {
  readonly intent: string;
  readonly order_id: string;
  readonly claimed_at: Millis;
  readonly record: Document<IntentRecord>;
}

export interface OrderTable extends Aged {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly state: OrderState;
  readonly currency: string;
  readonly total: Decimal;
  readonly refund_due: Decimal;
  readonly created_at: Millis;
  readonly expires_at: Millis;
  readonly paid_at: ColumnType<unknown, number | null, number | null>;
  readonly record: Document<OrderRecord>;
}

export interface PaymentTable extends Aged {
  readonly id: string;
  readonly order_id: string;
  readonly version: number;
  readonly provider: string;
  readonly provider_reference: string | null;
  readonly state: PaymentRecord['state'];
  readonly currency: string;
  readonly amount: Decimal;
  readonly created_at: Millis;
  readonly record: Document<PaymentRecord>;
}

export interface PaymentEventTable {
  readonly provider: string;
  readonly event_id: string;
  readonly at: Millis;
}

export interface ProcurementTable extends Aged {
  readonly id: string;
  readonly order_id: string;
  readonly line_id: string;
  readonly part: number;
  readonly connection_id: string;
  readonly version: number;
  readonly state: ProcurementState;
  readonly needs_attention: boolean;
  readonly look_at: number | null;
  readonly created_at: Millis;
  readonly record: Document<ProcurementRecord>;
}

export interface AttemptTable extends Aged {
  readonly id: string;
  readonly procurement_id: string;
  readonly connection_id: string;
  readonly reference: string;
  readonly version: number;
  readonly sent_at: Millis;
  readonly record: Document<AttemptRecord>;
}

export interface EarningsTable {
  readonly order_id: string;
  readonly line_id: string;
  readonly currency: string;
  readonly margin: Decimal;
  readonly record: Document<LineEarnings>;
}

export interface CardTable {
  readonly id: string;
  readonly order_id: string;
  readonly line_id: string;
  readonly procurement_id: string;
  readonly position: number;
  readonly key_id: string;
  readonly fingerprint: string;
  readonly record: Document<CardRecord>;
}

export interface OwnCardTable extends Aged {
  readonly id: string;
  readonly connection_id: string;
  readonly good_code: string;
  readonly fingerprint: string;
  readonly sold_by: string | null;
  readonly record: Document<OwnCardRecord>;
}

export interface OwnSaleTable {
  readonly connection_id: string;
  readonly reference: string;
  readonly good_code: string;
  readonly at: Millis;
  readonly record: Document<OwnSaleRecord>;
}

/** Counts of one good, and the row that its buyers wait for. */
export interface OwnGoodTable {
  readonly connection_id: string;
  readonly good_code: string;
  readonly unsold: number;
  readonly sold: number;
}

/** One row per time an order's keys were shown; `ordinal` counts from 1. */
export interface RevealTable {
  readonly order_id: string;
  readonly ordinal: number;
  readonly at: Millis;
}

/** A code that was used at some time: the row is there to be locked. */
export interface CouponTable {
  readonly code: string;
}

export interface CouponUseTable {
  readonly order_id: string;
  readonly code: string;
  readonly contact: string;
  readonly at: Millis;
  readonly returned: boolean;
}

export interface TicketTable extends Aged {
  readonly id: string;
  readonly order_id: string;
  readonly intent: string;
  readonly version: number;
  readonly state: TicketState;
  readonly deadline: ColumnType<unknown, number | null, number | null>;
  readonly created_at: Millis;
  readonly record: Document<TicketRecord>;
}

export interface EvidenceTable extends Aged {
  readonly id: string;
  readonly ticket_id: string;
  readonly intent: string;
  readonly created_at: Millis;
  readonly record: Document<EvidenceRecord>;
  readonly sealed: Uint8Array;
}

export interface CatalogueSyncTable {
  readonly connection_id: string;
  readonly record: Document<CatalogueSyncRecord>;
}

/** Listings that a run has seen, many in a row. */
export interface CatalogueSeenTable {
  readonly connection_id: string;
  readonly run_id: string;
  readonly listing_ids: readonly string[];
}

/** A listing that buyers look at, and until when that counts. */
export interface WatchedListingTable {
  readonly listing_id: string;
  readonly connection_id: string;
  readonly until: Millis;
}

export interface PlatformEventTable {
  readonly connection_id: string;
  readonly event_id: string;
  readonly at: Millis;
}

export interface DeliveryTable extends Aged {
  readonly id: string;
  readonly order_id: string;
  readonly channel: DeliveryRecord['channel'];
  readonly occasion: DeliveryRecord['occasion'];
  readonly turn: number;
  readonly version: number;
  readonly state: DeliveryRecord['state'];
  readonly created_at: Millis;
  readonly record: Document<DeliveryRecord>;
}

export interface RefundTable extends Aged {
  readonly id: string;
  readonly order_id: string;
  readonly payment_id: string;
  readonly purpose: string;
  readonly version: number;
  readonly state: RefundState;
  readonly created_at: Millis;
  readonly record: Document<RefundRecord>;
}

export interface ReconciliationTable extends Aged {
  readonly id: string;
  readonly provider: string;
  readonly started_at: Millis;
  readonly record: Document<ReconciliationRecord>;
}

/** How often something scarce was used since a moment. */
export interface ScarceUseTable {
  readonly subject: string;
  readonly since: ColumnType<unknown, number, number>;
  readonly count: number;
}

export interface ConsoleTokenTable extends Aged {
  readonly id: string;
  readonly hash: string;
  readonly record: Document<ConsoleTokenRecord>;
}

export interface ConsoleSessionTable {
  readonly hash: string;
  readonly token_id: string;
  readonly expires_at: Millis;
  readonly record: Document<ConsoleSessionRecord>;
}

/** One row per action; `line` counts up. The database refuses to change or delete one. */
export interface AuditTable {
  readonly id: string;
  readonly line: GeneratedAlways<string>;
  readonly record: Document<AuditRecord>;
}

export interface AuditOutcomeTable {
  readonly audit_id: string;
  readonly record: Document<AuditOutcomeRecord>;
}

/** The schema all tables live in, so that a database may be shared. */
export const schemaName = 'keystall';
