import type {Looks} from '../../domain/looks.ts';
import type {Money} from '../../domain/money.ts';
import type {OrderProgress} from '../../domain/order.ts';
import type {ProcurementState} from '../../domain/procurement.ts';
import type {DeliveryKind, Product} from '../../domain/product.ts';
import type {PriceTier} from '../../domain/product.ts';
import type {Hint, Settlement} from '../../domain/reconciliation.ts';
import type {PassedSource, RoutingPolicy} from '../../domain/routing.ts';
import type {Stock} from '../../domain/stock.ts';
import type {EvidenceType} from '../../domain/evidence.ts';
import type {TicketOutcome, TicketProgress, TicketReason} from '../../domain/ticket.ts';
import type {CaseChoice, CaseReason} from '../../contract/case.ts';
import type {PaymentInstructions} from '../../contract/payment.ts';
import type {BuyRequest, OfferKey} from '../../upstreams/port.ts';
import type {PurchaseOutcome} from '../procurement/purchase-outcome.ts';
import type {Bytes} from '../security/encoding.ts';
import type {ConfirmationRecord} from './confirmation-record.ts';

/*
 * What the shop remembers. All records are plain JSON: times are epoch milliseconds, money is {@link Money}. A
 * `version` starts at 1 and rises by one with every save; saving over a newer version is refused.
 */

/** A category as listed; `position` is the shop's order. */
export interface CategoryRecord {
  readonly id: string;
  readonly connectionId: string;
  readonly name: string;
  readonly names: Readonly<Record<string, string>>;
  readonly parentId?: string;
  readonly position: number;
}

/** A good that the shop sells, or would sell: `pausedFor` says why it is not offered now. */
export interface ListingRecord {
  /** The product's id. */
  readonly id: string;
  readonly connectionId: string;
  readonly goodCode: string;
  readonly categoryId: string;
  readonly title: string;
  /** Titles in further languages, by BCP 47 tag. */
  readonly titles: Readonly<Record<string, string>>;
  /** How its Chinese titles are spelled, see `spelling.ts`; absent where there are none, or nobody has said yet. */
  readonly spelling?: string;
  readonly position: number;
  /** Lowest price of one piece. */
  readonly price: Money;
  readonly priceVaries: boolean;
  readonly product: Product;
  readonly offers: readonly ListedOffer[];
  /** Where buyers may choose their card: what that adds to its cost, unless the card has a premium of its own. Server only. */
  readonly cardPremium?: Money;
  /** Absent: it has one source, its own connection. */
  readonly routing?: Routing;
  /** Address of the picture at the platform. Server only. */
  readonly coverUrl?: string;
  /** Addresses of further pictures, as the description names them. Server only. */
  readonly pictureUrls?: readonly string[];
  readonly pausedFor?: string;
  /** What it was made of, as a hash: while that is the same, a sync has nothing to write. */
  readonly contentHash?: string;
  /** Its platform's catalogue tells the stock of all its SKUs: with every full reading it is seen anew. */
  readonly hasListedStock?: true;
  readonly updatedAt: number;
}

/** As much of a listing as a sync needs to see that nothing has changed. */
export type KnownListing = Pick<ListingRecord, 'id' | 'position' | 'contentHash' | 'pausedFor'>;

/** How the reading of a connection's catalogue stands. One record per connection. */
export interface CatalogueSyncRecord {
  readonly connectionId: string;
  /** The reading that is under way, or was cut off and can be gone on with. */
  readonly run?: SyncRun;
  /** The last reading of everything: whatever is on the shelves was seen there since it began. */
  readonly lastFull?: SyncSummary;
  /** The last reading of what changed. */
  readonly lastChanges?: SyncSummary;
  /** A person asked for everything to be read anew, and that has not begun. */
  readonly isWanted?: true;
  /** Failures in a row. */
  readonly failures: number;
  readonly lastFailure?: {readonly at: number; readonly text: string};
  /** The platform is not asked before: it said so, or it failed. */
  readonly notBefore?: number;
}

export interface SyncRun {
  readonly id: string;
  /** Who does it: a process that goes on with it takes it away from the one before. */
  readonly worker: string;
  readonly reading: 'full' | 'changes';
  readonly startedAt: number;
  /** See `CatalogueReading`. */
  readonly since?: number;
  readonly from?: string;
  /** The last page has been put down: what is left to do is to clear the shelf. */
  readonly isRead?: true;
  /** Until then the process that does it may be at work. */
  readonly leaseUntil: number;
  /** Goods so far by category, in the order in which the categories came up. */
  readonly turns: Readonly<Record<string, number>>;
  readonly counts: SyncCounts;
  readonly left: readonly LeftGood[];
}

export interface SyncSummary {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly counts: SyncCounts;
  /** The first of those that were left out. */
  readonly left: readonly LeftGood[];
}

export interface SyncCounts {
  readonly pages: number;
  /** Goods that were read. */
  readonly goods: number;
  /** Goods among them that the platform itself buys elsewhere. */
  readonly nested: number;
  /** Listings that were written. */
  readonly written: number;
  /** Listings that were taken off the shelf. */
  readonly paused: number;
  /** Goods, or parts of them, that could not be listed. */
  readonly left: number;
}

/** A good that could not be listed, and why. */
export interface LeftGood {
  readonly code: string;
  readonly reason: string;
}

/** Where one SKU of a listing is bought, and what it costs there. Server only. */
export interface ListedOffer {
  readonly skuId: string;
  readonly offer: OfferKey;
  readonly costs: readonly PriceTier[];
  /** See `UpstreamOffer.resaleFloor`. */
  readonly resaleFloor?: Money;
  /** What the connection's own rule makes of the cost, and its own stock: in a listing that has several sources. */
  readonly source?: OfferSource;
}

export interface OfferSource {
  readonly connectionId: string;
  readonly prices: readonly PriceTier[];
  readonly stock: Stock;
  readonly weight: number;
}

/** How a listing with several sources is bought. */
export interface Routing {
  readonly policy: RoutingPolicy;
  /** Whether one line may come from several sources. */
  readonly splits: boolean;
}

/** A filter over listings that are not paused. */
export interface ListingQuery {
  /** Words of a title in any language, compared without case, or of how it is spelled. */
  readonly q?: string;
  /** Category ids; a listing in any of them matches. */
  readonly categoryIds?: readonly string[];
  /** Exact decimals in the shop's currency; both ends are included. */
  readonly minPrice?: string;
  readonly maxPrice?: string;
  /** Some SKU is known to be in stock. */
  readonly inStock?: true;
  readonly delivery?: DeliveryKind;
  /** The connections whose goods count as official, and whether only those match. */
  readonly official?: {readonly connectionIds: readonly string[]; readonly only: boolean};
  /** By `relevance` where it was found comes first, see `searchRanks`; without `q` it is the same as `featured`. */
  readonly sort: 'featured' | 'relevance' | 'price_ascending' | 'price_descending' | 'title';
  readonly offset: number;
  readonly limit: number;
  /** Whether to count what the filters would leave. */
  readonly facets?: boolean;
}

export interface ListingPage {
  readonly items: readonly ListingRecord[];
  /** How many match, on all pages. */
  readonly total: number;
  readonly facets?: ListingFacets;
}

/** Each figure counts the listings that match all filters but the one it is about. */
export interface ListingFacets {
  readonly inStock: number;
  readonly delivery: Readonly<Record<DeliveryKind, number>>;
  /** Absent where nobody said which connections are. */
  readonly official?: number;
  /** Absent if nothing matches. */
  readonly price?: {readonly lowest: Money; readonly highest: Money};
}

/** The claim of one purchase intent. Exactly one record per intent, ever. */
export interface IntentRecord {
  readonly intent: string;
  /** Hash of the request that claimed it. */
  readonly requestHash: string;
  readonly orderId: string;
  readonly claimedAt: number;
}

export interface OrderRecord {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly progress: OrderProgress;
  readonly currency: string;
  readonly total: Money;
  readonly refundDue: Money;
  /** What was paid back, oldest first. */
  readonly refunds?: readonly {readonly amount: Money; readonly at: number}[];
  readonly contact: string;
  /** What a lookup password is checked against; without one the order cannot be looked up. */
  readonly lookup?: PasswordHash;
  /** The public key that the order's keys are sealed to; they leave the server in no other way then. */
  readonly revealKey?: string;
  readonly lang: string;
  readonly lines: readonly OrderLineRecord[];
  /** `total` is what is left to pay when this is taken off. */
  readonly coupon?: {readonly code: string; readonly saves: Money};
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly paidAt?: number;
}

/** A password that cannot be read back: PBKDF2 (RFC 8018) with a salt of its own. Texts are base64url. */
export interface PasswordHash {
  readonly iterations: number;
  readonly salt: string;
  readonly hash: string;
}

/** What was agreed for one line, as it was when the order was placed. */
export interface OrderLineRecord {
  readonly id: string;
  readonly skuId: string;
  readonly productId: string;
  readonly title: string;
  readonly choices: Readonly<Record<string, string>>;
  readonly quantity: number;
  readonly unitPrice: Money;
  /** All pieces, before `discount`. */
  readonly total: Money;
  /** This line's part of what the coupon takes off. */
  readonly discount?: Money;
  readonly delivery: DeliveryKind;
  readonly fields: Readonly<Record<string, string>>;
  readonly source: {
    readonly connectionId: string;
    readonly offer: OfferKey;
    /** Most that the whole line may cost; a purchase above it is not sent. */
    readonly costCeiling: Money;
  };
  /** Where else it may be bought: all sources in the merchant's order, and how to choose. Absent: nowhere else. */
  readonly routing?: Routing & {readonly sources: readonly LineSource[]};
}

export interface LineSource {
  readonly connectionId: string;
  readonly offer: OfferKey;
  readonly weight: number;
}

/** One use of a coupon by one order. */
export interface CouponUseRecord {
  readonly orderId: string;
  readonly code: string;
  /** A hash: enough to count by. */
  readonly contact: string;
  readonly at: number;
}

/** How often a coupon may be used; absent: without end. */
export interface CouponLimits {
  readonly uses?: number | undefined;
  readonly usesPerContact?: number | undefined;
}

export interface PaymentRecord {
  readonly id: string;
  readonly orderId: string;
  readonly version: number;
  readonly provider: string;
  readonly method: string;
  readonly amount: Money;
  readonly state: 'opening' | 'pending' | 'paid' | 'declined' | 'expired';
  /** The provider's own id, once it has answered. Unique per provider. */
  readonly providerReference?: string;
  readonly instructions?: PaymentInstructions;
  readonly returnUrl?: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** The buyer is done, and the provider says that the money is on its way. */
  readonly isProcessing?: boolean;
  readonly paidAt?: number;
  /** What the provider says it took, while that is not `amount`: it pays nothing and is owed back. */
  readonly received?: Money;
  /** Paid although the order had been paid otherwise: owed back in full. */
  readonly surplus?: boolean;
  /** What people said came in, oldest first. */
  readonly confirmations?: readonly ConfirmationRecord[];
}

/** Why a person has to look, since when, and with what evidence. */
export interface Attention {
  readonly reason: CaseReason;
  readonly since: number;
  readonly evidence: string;
}

/** One purchase upstream for one order line (采购单). */
export interface ProcurementRecord {
  readonly id: string;
  readonly orderId: string;
  readonly lineId: string;
  /** Counts the purchases of one line, from 1: what one source did not have is bought by another. Absent: the first. */
  readonly part?: number;
  /** Where it is bought, or was tried last. */
  readonly connectionId: string;
  readonly version: number;
  readonly state: ProcurementState;
  readonly quantity: number;
  readonly offer: OfferKey;
  readonly costCeiling: Money;
  readonly attention?: Attention;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** When it was first sent to a platform. */
  readonly sentAt?: number;
  /** An accepted order is followed until then; afterwards a person has to look. */
  readonly followUntil?: number;
  /** When it is looked at again by itself: until then the sweep leaves it alone, and its platform in peace. */
  readonly lookAt?: number;
  /** What persons decided about it, oldest first; never changed. */
  readonly decisions?: readonly CaseDecisionRecord[];
}

/** What a person decided, why it came to them, and the key it was sent under. */
export interface CaseDecisionRecord extends Attention {
  readonly intent: string;
  readonly requestHash: string;
  readonly choice: CaseChoice;
  /** Name of the token with which it was decided; absent in decisions of before there were names. */
  readonly by?: string;
  readonly note?: string;
  /** Pieces handed over by it. */
  readonly pieces?: number;
  readonly at: number;
}

/** One try of a procurement; written before the call goes out, never deleted. `reference` is unique per connection. */
export interface AttemptRecord extends Looks {
  readonly id: string;
  readonly procurementId: string;
  readonly connectionId: string;
  readonly reference: string;
  readonly version: number;
  readonly request: BuyRequest;
  readonly expectedCost: Money;
  readonly balanceBefore?: Money;
  readonly sentAt: number;
  /** The process that sent it, or looked into it last. */
  readonly worker?: string;
  /** Until then that process may still be waiting for the answer, unless it is dead. */
  readonly leaseUntil: number;
  /** Until then the platform may be at work on what it was sent, whoever sent it. Absent: as long as after the first sending. */
  readonly underWayUntil?: number;
  /** Since when the platform says that the accepted order is done, while cards of it are missing. */
  readonly shortSince?: number;
  /** By what means its outcome became known, and how sure that is; absent while it is not. */
  readonly settledBy?: Settlement;
  /** What else was seen of it when its answer could not be found. */
  readonly hints?: readonly Hint[];
  /** Why it was sent there and nowhere else. */
  readonly choice?: SourceChoice;
  /** What came of it; card texts are taken out and lie encrypted as cards. */
  readonly outcome?: PurchaseOutcome;
  /** Pieces of what was delivered that did not come, or were no acceptable cards. */
  readonly missing?: number;
  /** What the platform has paid back of it so far. */
  readonly refunded?: Money;
  readonly settledAt?: number;
}

export interface SourceChoice {
  readonly policy: RoutingPolicy;
  readonly passed: readonly PassedSource[];
}

/** An encrypted card. Only `sealed` holds the secret; `fingerprint` is a keyed hash that finds a card delivered twice. */
export interface CardRecord {
  readonly id: string;
  readonly orderId: string;
  readonly lineId: string;
  readonly procurementId: string;
  readonly position: number;
  readonly keyId: string;
  readonly sealed: string;
  readonly fingerprint: string;
  /** Everybody gets the same one, and the merchant says so. */
  readonly reusable?: true;
  readonly note?: string;
  readonly expiresAt?: number;
  readonly createdAt: number;
}

/** A card of the shop's own stock (自营), encrypted. Never deleted, also when it is sold. */
export interface OwnCardRecord {
  readonly id: string;
  readonly connectionId: string;
  readonly goodCode: string;
  readonly keyId: string;
  readonly sealed: string;
  /** The same keyed hash as a delivered card's: one card is in stock once. */
  readonly fingerprint: string;
  /** The import that brought it, and the line it stood in. */
  readonly importId: string;
  readonly line: number;
  readonly importedAt: number;
  /** Reference of the purchase that took it. A card that everybody gets is taken by nobody. */
  readonly soldBy?: string;
}

/** A purchase from own stock. The attempt with the same connection and reference tells the order line it was for. */
export interface OwnSaleRecord {
  readonly connectionId: string;
  readonly reference: string;
  readonly goodCode: string;
  readonly quantity: number;
  readonly charged: Money;
  /** In the order they were handed over. */
  readonly cardIds: readonly string[];
  readonly at: number;
}

/** How many cards of a good are in stock, and how many pieces were sold. */
export interface OwnStockCount {
  readonly goodCode: string;
  readonly unsold: number;
  readonly sold: number;
}

/** A fingerprint that the shop has seen: of a card in own stock, or of one that was delivered from anywhere. */
export interface KnownFingerprint {
  readonly fingerprint: string;
  readonly ownCard?: OwnCardRecord;
}

/** An after-sales case. A text may hold a key, so texts are encrypted. */
export interface TicketRecord {
  readonly id: string;
  readonly orderId: string;
  readonly version: number;
  /** The key it was opened under, and the hash of what was sent with it. Unique per order. */
  readonly intent: string;
  readonly requestHash: string;
  readonly reason: TicketReason;
  readonly keyIds: readonly string[];
  readonly progress: TicketProgress;
  readonly messages: readonly TicketMessageRecord[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface TicketMessageRecord {
  readonly id: string;
  readonly from: 'buyer' | 'shop';
  /** The key it was sent under, and the hash of what was sent with it. */
  readonly intent: string;
  readonly requestHash: string;
  readonly keyId: string;
  readonly sealed: string;
  readonly outcome?: TicketOutcome;
  readonly at: number;
}

/** A file attached to a ticket. Its encrypted bytes lie beside the record. */
export interface EvidenceRecord {
  readonly id: string;
  readonly ticketId: string;
  /** The key it was sent under, unique per ticket, and the hash of the file. */
  readonly intent: string;
  readonly contentHash: string;
  readonly mediaType: EvidenceType;
  /** Bytes before encryption. */
  readonly size: number;
  readonly keyId: string;
  readonly createdAt: number;
}

/** A row that holds something encrypted: what a rotation of the master key walks through. */
export type SealedRow =
  | {readonly kind: 'card'; readonly record: CardRecord}
  | {readonly kind: 'own_card'; readonly record: OwnCardRecord}
  | {readonly kind: 'attempt'; readonly record: AttemptRecord}
  | {readonly kind: 'ticket'; readonly record: TicketRecord}
  | {readonly kind: 'evidence'; readonly record: EvidenceRecord; readonly sealed: Bytes};

export type SealedKind = SealedRow['kind'];
