import type {LineEarnings} from '../../domain/earnings.ts';
import {restingProcurementStates, underWayStates} from '../../domain/procurement.ts';
import type {AuditOutcomeRecord, AuditRecord, ConsoleSessionRecord, ConsoleTokenRecord} from './console-records.ts';
import {MemoryTable} from './memory-table.ts';
import type {DeliveryRecord} from './delivery-record.ts';
import type {ReconciliationRecord} from './reconciliation-record.ts';
import type {RefundRecord} from './refund-record.ts';
import type {
  AttemptRecord,
  CardRecord,
  CatalogueSyncRecord,
  CategoryRecord,
  CouponUseRecord,
  EvidenceRecord,
  IntentRecord,
  ListingRecord,
  OrderRecord,
  OwnCardRecord,
  OwnSaleRecord,
  OwnStockCount,
  PaymentRecord,
  ProcurementRecord,
  TicketRecord,
} from './records.ts';
import {waitsForPerson} from './waits-for-person.ts';

/** Everything a shop keeps, in memory. */
export type MemoryTables = ReturnType<typeof createMemoryTables>;

export function ownKey(connectionId: string, name: string): string {
  return JSON.stringify([connectionId, name]);
}

interface OfOrder {
  readonly orderId: string;
}

interface OfConnection {
  readonly connectionId: string;
}

const ofConnection = ({connectionId}: OfConnection) => [connectionId];
const ofOrder = ({orderId}: OfOrder) => [orderId];
const when = (holds: boolean, value: string) => (holds ? [value] : []);

export function createMemoryTables() {
  return {
    categories: new MemoryTable<CategoryRecord>({}),
    listings: new MemoryTable<ListingRecord, 'sku' | 'connection'>({
      sku: ({product}) => product.skus.map(({id}) => id),
      connection: ofConnection,
    }),
    catalogue: new MemoryTable<{readonly version: number}>({}),
    /** By connection. */
    syncs: new MemoryTable<CatalogueSyncRecord>({}),
    /** What the run of a connection has seen, batch by batch. */
    seen: new MemoryTable<OfConnection & {readonly runId: string; readonly ids: readonly string[]}, 'connection'>({
      connection: ofConnection,
    }),
    /** By listing. */
    watched: new MemoryTable<OfConnection & {readonly until: number}>({}),
    platformEvents: new MemoryTable<{readonly at: number}>({}),
    intents: new MemoryTable<IntentRecord>({}),
    orders: new MemoryTable<OrderRecord, 'number' | 'standing'>({
      number: ({number}) => [number],
      standing: ({progress: {state}}) => when(state === 'pending_payment', state),
    }),
    payments: new MemoryTable<PaymentRecord, 'order' | 'standing' | 'reference'>({
      order: ofOrder,
      standing: ({state}) => when(state === 'opening' || state === 'pending', 'open'),
      reference: ({provider, providerReference = ''}) =>
        when(providerReference !== '', `${provider} ${providerReference}`),
    }),
    paymentEvents: new MemoryTable<{readonly at: number}>({}),
    procurements: new MemoryTable<ProcurementRecord, 'order' | 'standing' | 'under way at'>({
      order: ofOrder,
      standing: procurement => [
        ...when(procurement.attention !== undefined, 'case'),
        ...when(!waitsForPerson(procurement) && !restingProcurementStates.has(procurement.state), 'open'),
      ],
      'under way at': ({state, connectionId}) => when(underWayStates.has(state), connectionId),
    }),
    attempts: new MemoryTable<AttemptRecord, 'procurement' | 'connection' | 'reference'>({
      connection: ({connectionId}) => [connectionId],
      procurement: ({procurementId}) => [procurementId],
      reference: ({connectionId, reference}) => [`${connectionId} ${reference}`],
    }),
    cards: new MemoryTable<CardRecord, 'order' | 'fingerprint'>({
      order: ofOrder,
      fingerprint: ({fingerprint}) => [fingerprint],
    }),
    earnings: new MemoryTable<LineEarnings, 'order'>({order: ofOrder}),
    ownCards: new MemoryTable<OwnCardRecord, 'fingerprint'>({fingerprint: ({fingerprint}) => [fingerprint]}),
    /** By {@link ownKey} of connection and reference. */
    ownSales: new MemoryTable<OwnSaleRecord>({}),
    /** By {@link ownKey} of connection and good. */
    ownGoods: new MemoryTable<OwnStockCount & {readonly connectionId: string}>({}),
    reveals: new MemoryTable<{readonly times: readonly number[]}>({}),
    /** By order. */
    couponUses: new MemoryTable<CouponUseRecord & {readonly returned: boolean}, 'used'>({
      used: ({code, returned}) => when(!returned, code),
    }),
    tickets: new MemoryTable<TicketRecord, 'order'>({order: ofOrder}),
    evidence: new MemoryTable<EvidenceRecord, 'ticket'>({ticket: ({ticketId}) => [ticketId]}),
    /** base64url, by the evidence's id. */
    evidenceBytes: new MemoryTable<{readonly sealed: string}>({}),
    deliveries: new MemoryTable<DeliveryRecord, 'order' | 'standing'>({
      order: ofOrder,
      standing: ({state}) => when(state === 'pending', state),
    }),
    refunds: new MemoryTable<RefundRecord, 'order' | 'payment' | 'state'>({
      order: ofOrder,
      payment: ({paymentId}) => [paymentId],
      state: ({state}) => [state],
    }),
    reconciliations: new MemoryTable<ReconciliationRecord>({}),
    consoleTokens: new MemoryTable<ConsoleTokenRecord, 'hash'>({hash: ({hash}) => [hash]}),
    /** By hash. */
    consoleSessions: new MemoryTable<ConsoleSessionRecord>({}),
    audit: new MemoryTable<AuditRecord>({}),
    /** By action. */
    auditOutcomes: new MemoryTable<AuditOutcomeRecord>({}),
    uses: new MemoryTable<{readonly since: number; readonly count: number}>({}),
  };
}
