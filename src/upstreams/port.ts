import type {Money} from '../domain/money.ts';
import type {FormField} from '../domain/form-field.ts';
import type {ContactKind, DeliveryKind, OptionGroup, PriceTier} from '../domain/product.ts';
import type {ResaleChannels} from '../domain/resale-channels.ts';
import type {Stock} from '../domain/stock.ts';
import type {PagedCatalogue} from './catalogue-pages.ts';
import type {OptionalCalls, OptionalCapabilities} from './optional-calls.ts';

/**
 * What every platform adapter is to the shop server: one account on one platform.
 *
 * Reads throw {@link UpstreamError}. `buy` and `reconcile` never throw for what a platform or a network does: their
 * outcome says it, because what an exception would hide there is whether money was spent. Every call takes a signal;
 * an aborted `buy` resolves to `unknown`.
 */
export interface UpstreamCore {
  /** Protocol name, as in the configuration: `acg-faka`. */
  readonly protocol: string;
  readonly capabilities: Capabilities;
  connect(signal: AbortSignal): Promise<Account>;
  catalogue(signal: AbortSignal): Promise<Catalogue>;
  good(code: string, signal: AbortSignal): Promise<Good>;
  stock(offer: OfferKey, signal: AbortSignal): Promise<Stock>;
  /** A page of the cards of an offer that a buyer may choose from; where the protocol has it, see `pickCard`. */
  cards?(offer: OfferKey, page: CardsAsked, signal: AbortSignal): Promise<CardPage>;
  /** One of those cards; nothing when it is not to be had any more. */
  card?(offer: OfferKey, cardId: string, signal: AbortSignal): Promise<PickableCard | undefined>;
  /**
   * What `quantity` pieces would cost this account now, in total, from a fresh question; with a chosen card refused once
   * it is gone. Where the protocol has no such question (`capabilities.quote`), it is reckoned from the good's price as
   * it is now.
   */
  quote(offer: OfferKey, quantity: number, signal: AbortSignal): Promise<Money>;
  /** Sends one purchase. The caller has written `request` durably before. */
  buy(request: BuyRequest, signal: AbortSignal): Promise<BuyOutcome>;
  /**
   * Finds out what became of a purchase whose answer was lost, by the means the protocol has. Never a new purchase:
   * if the protocol can only repeat the same reference, and that repeat is what buys, the outcome says `delivered`.
   * @param isLongAbsent whether the platform has been saying for `capabilities.absentAfterMs` that it has no such order, and
   * nothing was sent to it meanwhile
   */
  reconcile(request: BuyRequest, signal: AbortSignal, isLongAbsent?: boolean): Promise<BuyOutcome>;
  /** Reads an order that was accepted and not delivered at once. `placeholder` is the text it was accepted with. */
  follow(order: FollowRequest, signal: AbortSignal): Promise<FollowOutcome>;
  /**
   * Fetches a picture of the catalogue; only addresses the catalogue itself named are asked for, be it relative to the
   * platform's origin in a description.
   */
  picture(url: string, signal: AbortSignal): Promise<Picture>;
}

/**
 * A platform as the server holds it. Which of the optional calls it has, its capabilities say: ask with `can`, never by
 * the protocol's name.
 */
export type Upstream = UpstreamCore & {
  readonly [Call in keyof OptionalCalls]?: OptionalCalls[Call] | undefined;
} & Partial<PagedCatalogue> & {
    /** Which of its protocol's younger endpoints the platform has, as far as it has been asked. */
    readonly endpoints?: () => readonly EndpointState[];
  };

/** `missing`: the platform is older; `instead` is asked in its place. */
export interface EndpointState {
  readonly name: string;
  readonly state: 'present' | 'missing' | 'not_asked';
  readonly instead?: string;
}

/**
 * What a protocol can do, as its adapter declares it once. Everything that differs between platforms is decided by this
 * table; the conformance suite holds every line of it against the protocol's skin.
 */
export interface Capabilities extends OptionalCapabilities {
  /** Whether what a notice says is signed. Otherwise a secret that comes along says who sent it, and nothing more. */
  readonly webhookSigned: boolean;
  /** Whether the catalogue comes in pages, so that a change between two of them can be missed. */
  readonly pages: boolean;
  /** Whether the platform says how many pieces there are. Otherwise what it lists counts as there. */
  readonly countsStock: boolean;
  /** Whether the platform says which goods a person delivers. Otherwise all look automatic, and some come later. */
  readonly deliveryKinds: boolean;
  /** Whether a purchase can be found by our reference, without repeating it. */
  readonly queryByReference: boolean;
  /** What a platform does with a reference it has seen: answers the first answer again, refuses, or buys again. */
  readonly idempotency: 'replay' | 'reject' | 'none';
  /**
   * Whether that holds also for a repeat that meets the first while the platform is at work on it. Otherwise nothing is
   * repeated before the first has come to its end.
   */
  readonly claimsReference: boolean;
  /**
   * For how long an order must have been missing before `reconcile` sends its purchase again, in milliseconds: longer than
   * the platform can take to write one down. Absent: `reconcile` does not wait for that, or sends nothing.
   */
  readonly absentAfterMs?: number;
  /** Whether the platform itself says what a quantity costs; otherwise it is reckoned from the listed price. */
  readonly quote: boolean;
  /** Whether `BuyRequest.costCeiling` is sent along and the platform refuses a purchase above it. */
  readonly costCeiling: boolean;
  /**
   * Whether a refusal says why in a form that can be relied on. Otherwise the platform only has words for people: a
   * refused purchase reads as `other`, and a refused read as `refused`.
   */
  readonly refusalReasons: boolean;
  /** Whether `follow` tells what a platform paid back. */
  readonly refundStatus: boolean;
  /** Whether an order may be paid back in part. */
  readonly refundsInPart: boolean;
  /**
   * Whether cards that were delivered are still good once a part of their order was paid back, so that `follow` tells
   * them. Of an order that was paid back as a whole, no card is handed over either way.
   */
  readonly cardsOutliveRefund: boolean;
  readonly pickCard: boolean;
  readonly maximumReferenceLength: number;
  /** Purchases per account that may be in flight at once. */
  readonly parallelPurchases: number;
  /** How far our clock may be off, in seconds; `null` where requests carry no time, or nobody knows what is tolerated. */
  readonly clockSkewSeconds: number | null;
}

export interface Account {
  readonly name: string;
  /** Money that was paid in there; absent where nothing is. */
  readonly balance?: Money;
}

export interface Catalogue {
  readonly categories: readonly UpstreamCategory[];
  readonly goods: readonly Good[];
  /**
   * Records that could not be read, with the reason; the others are unaffected. A good of which only some combinations
   * had to be left out stands here and among `goods`. `code` is empty or `id …` where the record does not tell it.
   */
  readonly rejected: readonly {readonly code: string; readonly reason: string}[];
}

export interface UpstreamCategory {
  readonly id: string;
  readonly name: string;
  readonly parentId?: string;
}

/** One good of a platform with all its offers. */
export interface Good {
  readonly code: string;
  readonly title: string;
  readonly categoryId: string;
  /** As the platform sends it: may be HTML, may be hostile. */
  readonly description: string;
  /** Absolute address, already resolved against the platform's origin. */
  readonly cover?: string;
  readonly delivery: DeliveryKind;
  readonly contact: ContactKind;
  readonly minimum: number;
  readonly maximum?: number;
  /** Words the platform pins to the good, such as 热卖. */
  readonly tags?: readonly string[];
  readonly fields: readonly FormField[];
  readonly options: readonly OptionGroup[];
  readonly offers: readonly UpstreamOffer[];
  /** Absent: it may be resold anywhere. */
  readonly resale?: ResaleChannels;
  /** The platform itself resells another platform's good: longer risk, and some of its refusals are not final. */
  readonly nested: boolean;
  /**
   * Buyers may choose their card (预选卡密), one piece at a time. `premium` is what that adds to the cost of the piece
   * where the card has no premium of its own.
   */
  readonly cards?: {readonly premium: Money};
}

/** Names one buyable SKU on a platform. */
export interface OfferKey {
  readonly code: string;
  /** Chosen value per option group of the good; empty when the good has none. */
  readonly choices: Readonly<Record<string, string>>;
  /** See {@link Good.nested}. */
  readonly nested: boolean;
  /** See {@link UpstreamOffer.sku}. */
  readonly sku?: string;
  /** The one card that was chosen: the quantity is 1 then, and no other card may be bought in its place. */
  readonly cardId?: string;
}

export interface CardsAsked {
  /** From 1. */
  readonly page: number;
  readonly limit: number;
}

export interface CardPage {
  readonly total: number;
  readonly cards: readonly PickableCard[];
}

/** A card before it is bought, as anybody may see it. Its secret is not here. */
export interface PickableCard {
  /** Letters, digits, `-` and `_`, at most 32. */
  readonly id: string;
  /** What its seller shows of it (尾号8888); absent where they show nothing. */
  readonly label?: string;
  /** What it costs on top; where absent, the good's general premium applies. */
  readonly premium?: Money;
}

export interface UpstreamOffer {
  /** The platform's own id of the combination, where it has one: names may be changed, ids are not. */
  readonly sku?: string;
  readonly choices: Readonly<Record<string, string>>;
  /** Cost of one piece for this account, by quantity, up to four decimals. */
  readonly costs: readonly PriceTier[];
  readonly stock: Stock;
  /** What the platform wants one piece to be resold for at least, in a shop such as this; absent: it does not care. */
  readonly resaleFloor?: Money;
}

/** Everything one purchase says. Equal requests are byte-equal on the wire, so that a repeat is the same purchase. */
export interface BuyRequest {
  /** Ours, unique, within `capabilities.maximumReferenceLength`. */
  readonly reference: string;
  readonly offer: OfferKey;
  readonly quantity: number;
  /** By {@link FormField.name} of the good's own fields, and no others: a buyer never chooses a name. */
  readonly fields: Readonly<Record<string, string>>;
  /** Goes to the platform instead of the buyer's own contact, which no platform needs. */
  readonly contact: string;
  /** Protects the order on the platform's own look-up page where the protocol has such a thing. */
  readonly password: string;
  readonly delivery: DeliveryKind;
  /**
   * The most that all pieces together may cost. It goes to platforms that take it along; and where `reconcile` may send
   * the purchase again, it does not do so above it.
   */
  readonly costCeiling?: Money;
}

export type RefusalReason =
  | 'sold_out'
  | 'insufficient_balance'
  | 'account_blocked'
  | 'not_for_sale'
  | 'quantity_not_allowed'
  | 'choice_not_allowed'
  | 'field_not_accepted'
  | 'credentials'
  /** Our clock is further off than the platform tolerates. */
  | 'clock'
  /** It costs more than `BuyRequest.costCeiling`. */
  | 'price_too_high'
  | 'other';

/**
 * `text` fields are the platform's own words, bounded, without secrets: evidence for a person. `code` is the platform's
 * own error code as it was sent, where the protocol has codes.
 */
export type BuyOutcome =
  /** Charged, and a text that is not a placeholder came back. Count and shape are checked by the server. */
  | {
      readonly kind: 'delivered';
      readonly orderId: string;
      readonly charged: Money;
      readonly secret: string;
      readonly note?: string;
      /** When the cards end, in epoch milliseconds, where the platform says so. */
      readonly expiresAt?: number;
      /** Every buyer gets the same cards, and whoever sells them means it. */
      readonly reusable?: true;
    }
  /** Charged; the goods come later. Follow it. */
  | {
      readonly kind: 'accepted';
      readonly orderId: string;
      readonly charged: Money;
      readonly placeholder: string;
      readonly note?: string;
    }
  /**
   * Charged, and instead of goods an apology that will not change. The text is judged by its looks: keep it as
   * confidential as a card.
   */
  | {readonly kind: 'charged_without_goods'; readonly orderId: string; readonly charged: Money; readonly text: string}
  /** Certainly not bought, certainly not charged. */
  | {readonly kind: 'refused'; readonly reason: RefusalReason; readonly text: string; readonly code?: string}
  /** Certainly bought and charged, but the goods cannot be read back through this protocol: a person must. */
  | {readonly kind: 'bought_unreadable'; readonly text: string}
  | {
      readonly kind: 'unknown';
      readonly reason: UnknownReason;
      readonly text: string;
      readonly code?: string;
      /**
       * The platform says that it has no such order, and nothing was sent. Right after a lost answer that proves nothing: the
       * order may be on its way into its books.
       */
      readonly absent?: true;
    };

export type UnknownReason = 'timeout' | 'connection' | 'not_json' | 'unexpected_answer' | 'ambiguous_refusal';

export interface FollowRequest {
  readonly orderId: string;
  readonly placeholder: string;
  /** When it was first said to be done while cards were missing, in epoch milliseconds; absent: it never was. */
  readonly shortSince?: number;
}

export type FollowOutcome =
  /** `short`: the order is said to be done, and cards are missing that may be on their way. */
  | {readonly kind: 'pending'; readonly text: string; readonly short?: true}
  /**
   * `refunded`: what the platform has paid back so far, where it says so; it only grows. `charged`: what it took, where it
   * says so by now and may not have said when it accepted the order.
   */
  | {readonly kind: 'delivered'; readonly secret: string; readonly refunded?: Money; readonly charged?: Money}
  /** Nothing was delivered, and the platform gave the money back: all of it, if `refunded` is what was charged. */
  | {readonly kind: 'refunded'; readonly refunded: Money; readonly text: string; readonly charged?: Money}
  /** The order is not there, or is closed with nothing to read: a person must look. */
  | {readonly kind: 'absent'; readonly text: string};

export interface Picture {
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A platform could not be read: unreachable, unreadable, or it said no. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  /** `refused`: the platform answered and said no; everything else: no reliable answer. */
  readonly reason: UnknownReason | 'refused' | 'credentials' | 'clock' | 'absent' | 'too_large';
  /** The platform's own error code as it was sent. */
  readonly code?: string;
  /** It is asked too often: for so long nothing may be asked of it. */
  readonly retryAfterMs?: number;

  constructor(
    reason: UpstreamError['reason'],
    message: string,
    {
      code,
      retryAfterMs,
      ...options
    }: ErrorOptions & {readonly code?: string | undefined; readonly retryAfterMs?: number | undefined} = {},
  ) {
    super(message, options);
    this.reason = reason;
    if (code !== undefined) this.code = code;
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs;
  }
}

export function isUpstreamError(value: unknown): value is UpstreamError {
  return value instanceof UpstreamError;
}
