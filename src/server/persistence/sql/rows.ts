import type {Insertable} from 'kysely';
import type {LineEarnings} from '../../../domain/earnings.ts';
import {isInStock, searchText, titleKey} from '../listing-search.ts';
import type {
  AttemptRecord,
  CardRecord,
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
import {waitsForPerson} from '../waits-for-person.ts';
import type {
  AttemptTable,
  CardTable,
  CategoryTable,
  EarningsTable,
  EvidenceTable,
  IntentTable,
  ListingTable,
  OrderTable,
  OwnCardTable,
  OwnSaleTable,
  PaymentTable,
  ProcurementTable,
  TicketTable,
} from './tables.ts';

/* Each record as its row: the document, and the columns derived from it. */

export function categoryRow(category: CategoryRecord): Insertable<CategoryTable> {
  const {id, connectionId, position} = category;
  return {id, connection_id: connectionId, position, record: JSON.stringify(category)};
}

/** The columns of a listing, with their types. */
export const listingColumns = {
  id: 'text',
  connection_id: 'text',
  good_code: 'text',
  category_id: 'text',
  position: 'integer',
  price_currency: 'text',
  price_amount: 'numeric',
  title_key: 'text',
  search: 'text',
  sku_ids: 'text[]',
  paused_for: 'text',
  updated_at: 'bigint',
  spelling: 'text',
  delivery: 'text',
  in_stock: 'boolean',
  content_hash: 'text',
  record: 'json',
} as const satisfies Readonly<Record<Exclude<keyof Insertable<ListingTable>, 'revision'>, string>>;

/** What stands beside a listing's document, as a member of the JSON text by which many are written at once. */
export function listingRow(
  listing: ListingRecord,
): Readonly<Record<Exclude<keyof typeof listingColumns, 'record'>, unknown>> {
  return {
    id: listing.id,
    connection_id: listing.connectionId,
    good_code: listing.goodCode,
    category_id: listing.categoryId,
    position: listing.position,
    price_currency: listing.price.currency,
    price_amount: listing.price.amount,
    title_key: titleKey(listing),
    search: searchText(listing),
    sku_ids: listing.product.skus.map(({id}) => id),
    paused_for: listing.pausedFor ?? null,
    updated_at: listing.updatedAt,
    spelling: listing.spelling ?? null,
    delivery: listing.product.delivery,
    in_stock: isInStock(listing),
    content_hash: listing.contentHash ?? null,
  };
}

export function intentRow(intent: IntentRecord): Insertable<IntentTable> {
  return {
    intent: intent.intent,
    order_id: intent.orderId,
    claimed_at: intent.claimedAt,
    record: JSON.stringify(intent),
  };
}

export function orderRow(order: OrderRecord): Insertable<OrderTable> {
  return {
    id: order.id,
    number: order.number,
    version: order.version,
    state: order.progress.state,
    currency: order.currency,
    total: order.total.amount,
    refund_due: order.refundDue.amount,
    created_at: order.createdAt,
    expires_at: order.expiresAt,
    paid_at: order.paidAt ?? null,
    record: JSON.stringify(order),
  };
}

export function paymentRow(payment: PaymentRecord): Insertable<PaymentTable> {
  return {
    id: payment.id,
    order_id: payment.orderId,
    version: payment.version,
    provider: payment.provider,
    provider_reference: payment.providerReference ?? null,
    state: payment.state,
    currency: payment.amount.currency,
    amount: payment.amount.amount,
    created_at: payment.createdAt,
    record: JSON.stringify(payment),
  };
}

export function procurementRow(procurement: ProcurementRecord): Insertable<ProcurementTable> {
  return {
    id: procurement.id,
    order_id: procurement.orderId,
    line_id: procurement.lineId,
    part: procurement.part ?? 1,
    connection_id: procurement.connectionId,
    version: procurement.version,
    state: procurement.state,
    needs_attention: waitsForPerson(procurement),
    look_at: procurement.lookAt ?? null,
    created_at: procurement.createdAt,
    record: JSON.stringify(procurement),
  };
}

export function earningsRow(earnings: LineEarnings): Insertable<EarningsTable> {
  const {orderId, lineId, margin} = earnings;
  return {
    order_id: orderId,
    line_id: lineId,
    currency: margin.currency,
    margin: margin.amount,
    record: JSON.stringify(earnings),
  };
}

export function attemptRow(attempt: AttemptRecord): Insertable<AttemptTable> {
  return {
    id: attempt.id,
    procurement_id: attempt.procurementId,
    connection_id: attempt.connectionId,
    reference: attempt.reference,
    version: attempt.version,
    sent_at: attempt.sentAt,
    record: JSON.stringify(attempt),
  };
}

export function cardRow(card: CardRecord): Insertable<CardTable> {
  return {
    id: card.id,
    order_id: card.orderId,
    line_id: card.lineId,
    procurement_id: card.procurementId,
    position: card.position,
    key_id: card.keyId,
    fingerprint: card.fingerprint,
    record: JSON.stringify(card),
  };
}

export function ownCardRow(card: OwnCardRecord): Insertable<OwnCardTable> {
  return {
    id: card.id,
    connection_id: card.connectionId,
    good_code: card.goodCode,
    fingerprint: card.fingerprint,
    sold_by: card.soldBy ?? null,
    record: JSON.stringify(card),
  };
}

export function ownSaleRow(sale: OwnSaleRecord): Insertable<OwnSaleTable> {
  return {
    connection_id: sale.connectionId,
    reference: sale.reference,
    good_code: sale.goodCode,
    at: sale.at,
    record: JSON.stringify(sale),
  };
}

export function ticketRow(ticket: TicketRecord): Insertable<TicketTable> {
  return {
    id: ticket.id,
    order_id: ticket.orderId,
    intent: ticket.intent,
    version: ticket.version,
    state: ticket.progress.state,
    deadline: ticket.progress.deadline ?? null,
    created_at: ticket.createdAt,
    record: JSON.stringify(ticket),
  };
}

export function evidenceRow(evidence: EvidenceRecord, sealed: Uint8Array): Insertable<EvidenceTable> {
  return {
    id: evidence.id,
    ticket_id: evidence.ticketId,
    intent: evidence.intent,
    created_at: evidence.createdAt,
    record: JSON.stringify(evidence),
    sealed,
  };
}
