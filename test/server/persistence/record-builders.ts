import {randomUUID} from 'node:crypto';
import {money} from '../../../src/domain/money.ts';
import {placeOrder} from '../../../src/domain/order.ts';
import type {DeliveryRecord} from '../../../src/server/persistence/delivery-record.ts';
import type {
  AttemptRecord,
  CardRecord,
  CategoryRecord,
  EvidenceRecord,
  ListingRecord,
  OrderRecord,
  OwnCardRecord,
  PaymentRecord,
  ProcurementRecord,
  TicketRecord,
} from '../../../src/server/persistence/records.ts';
import type {RefundRecord} from '../../../src/server/persistence/refund-record.ts';

/* Believable records with ids of their own, so that tests share one database and never meet. */

const offer = {code: 'G-1', choices: {区服: '电信一区'}, nested: false};

export function anOrder(overrides: Partial<OrderRecord> = {}): OrderRecord {
  const id = randomUUID();
  const price = money('12.50', 'CNY');
  return {
    id,
    number: `N${id}`,
    version: 1,
    progress: placeOrder({[`${id}-1`]: 1}),
    currency: 'CNY',
    total: price,
    refundDue: money('0', 'CNY'),
    contact: 'buyer@example.org',
    lang: 'zh-CN',
    lines: [
      {
        id: `${id}-1`,
        skuId: 'sku-1',
        productId: 'product-1',
        title: '月卡 30 天',
        choices: {},
        quantity: 1,
        unitPrice: price,
        total: price,
        delivery: 'automatic',
        fields: {},
        source: {connectionId: 'main', offer, costCeiling: money('10.0150', 'CNY')},
      },
    ],
    createdAt: 1_767_225_600_000,
    expiresAt: 1_767_226_500_000,
    ...overrides,
  };
}

export function aPayment(order: OrderRecord, overrides: Partial<PaymentRecord> = {}): PaymentRecord {
  return {
    id: randomUUID(),
    orderId: order.id,
    version: 1,
    provider: 'sandbox',
    method: 'sandbox-pay',
    amount: order.total,
    state: 'opening',
    createdAt: order.createdAt,
    expiresAt: order.expiresAt,
    ...overrides,
  };
}

export function aProcurement(order: OrderRecord, overrides: Partial<ProcurementRecord> = {}): ProcurementRecord {
  return {
    id: randomUUID(),
    orderId: order.id,
    lineId: order.lines[0]!.id,
    connectionId: 'main',
    version: 1,
    state: 'draft',
    quantity: 1,
    offer,
    costCeiling: money('10.0150', 'CNY'),
    createdAt: order.createdAt,
    updatedAt: order.createdAt,
    ...overrides,
  };
}

export function anAttempt(procurement: ProcurementRecord, overrides: Partial<AttemptRecord> = {}): AttemptRecord {
  const id = randomUUID();
  const reference = overrides.reference ?? id.slice(0, 19);
  return {
    id,
    procurementId: procurement.id,
    connectionId: procurement.connectionId,
    reference,
    version: 1,
    request: {
      reference,
      offer: procurement.offer,
      quantity: procurement.quantity,
      fields: {账号: '12345'},
      contact: '10001',
      password: 'look-up',
      delivery: 'automatic',
    },
    expectedCost: money('9.5', 'CNY'),
    sentAt: procurement.createdAt,
    leaseUntil: procurement.createdAt + 60_000,
    reconciliations: 0,
    ...overrides,
  };
}

export function aCard(procurement: ProcurementRecord, overrides: Partial<CardRecord> = {}): CardRecord {
  const id = randomUUID();
  return {
    id,
    orderId: procurement.orderId,
    lineId: procurement.lineId,
    procurementId: procurement.id,
    position: 0,
    keyId: 'k1',
    sealed: 'c2VhbGVk',
    fingerprint: `print-${id}`,
    createdAt: procurement.createdAt,
    ...overrides,
  };
}

export function aDelivery(orderId: string, overrides: Partial<DeliveryRecord> = {}): DeliveryRecord {
  return {
    id: randomUUID(),
    orderId,
    version: 1,
    channel: 'email',
    occasion: 'keys_delivered',
    turn: 1,
    state: 'pending',
    tries: 0,
    notBefore: 10,
    createdAt: 10,
    updatedAt: 10,
    ...overrides,
  };
}

export function aRefund(
  {order, payment}: {readonly order: OrderRecord; readonly payment: PaymentRecord},
  overrides: Partial<RefundRecord> = {},
): RefundRecord {
  return {
    id: randomUUID(),
    orderId: order.id,
    paymentId: payment.id,
    provider: payment.provider,
    version: 1,
    purpose: 'pieces 1',
    amount: money('5', 'CNY'),
    state: 'asked',
    turn: 1,
    tries: 0,
    notBefore: 10,
    createdAt: 10,
    updatedAt: 10,
    ...overrides,
  };
}

export function aTicket(order: OrderRecord, overrides: Partial<TicketRecord> = {}): TicketRecord {
  const id = randomUUID();
  return {
    id,
    orderId: order.id,
    version: 1,
    intent: id,
    requestHash: 'hash',
    reason: 'key_invalid',
    keyIds: [],
    progress: {state: 'open', deadline: order.createdAt + 86_400_000},
    messages: [{id, from: 'buyer', intent: id, requestHash: 'hash', keyId: 'k1', sealed: 'c2VhbGVk', at: 1}],
    createdAt: order.createdAt,
    updatedAt: order.createdAt,
    ...overrides,
  };
}

export function anEvidence(ticket: TicketRecord, overrides: Partial<EvidenceRecord> = {}): EvidenceRecord {
  const id = randomUUID();
  return {
    id,
    ticketId: ticket.id,
    intent: id,
    contentHash: 'hash',
    mediaType: 'image/png',
    size: 3,
    keyId: 'k1',
    createdAt: ticket.createdAt,
    ...overrides,
  };
}

export function aCategory(connectionId: string, overrides: Partial<CategoryRecord> = {}): CategoryRecord {
  return {
    id: `${connectionId}-games`,
    connectionId,
    name: '游戏点卡',
    names: {en: 'Game cards'},
    position: 1,
    ...overrides,
  };
}

export function aListing(connectionId: string, code: string, overrides: Partial<ListingRecord> = {}): ListingRecord {
  const id = `${connectionId}-${code}`;
  const categoryId = overrides.categoryId ?? `${connectionId}-games`;
  const title = overrides.title ?? `点卡 ${code}`;
  const price = overrides.price ?? money('9.90', 'CNY');
  return {
    id,
    connectionId,
    goodCode: code,
    categoryId,
    title,
    titles: {},
    position: 1,
    price,
    priceVaries: false,
    product: {
      id,
      title,
      categoryId,
      description: [],
      delivery: 'automatic',
      contact: 'any',
      minimum: 1,
      fields: [],
      options: [],
      skus: [{id: `${id}-sku`, choices: {}, prices: [{from: 1, price}], stock: {kind: 'counted', count: 3, at: 1}}],
    },
    offers: [{skuId: `${id}-sku`, offer, costs: [{from: 1, price}]}],
    updatedAt: 1,
    ...overrides,
  };
}

export function anOwnCard(overrides: Partial<OwnCardRecord> = {}): OwnCardRecord {
  const id = randomUUID();
  return {
    id,
    connectionId: 'own',
    goodCode: 'G-1',
    keyId: 'k1',
    sealed: 'c2VhbGVk',
    fingerprint: `print-${id}`,
    importId: 'import',
    line: 1,
    importedAt: 1,
    ...overrides,
  };
}
