import type {DifferenceKind} from '../../contract/reconciliation.ts';
import type {Money} from '../../domain/money.ts';
import type {PaymentRecord} from './records.ts';

/** A comparison of what a payment provider has with what the shop has (对账). Written once, when it has ended. */
export interface ReconciliationRecord {
  readonly id: string;
  readonly provider: string;
  /** Payments that began in this time were compared; the end is not part of it. */
  readonly from: number;
  readonly until: number;
  /** Who asked for it; absent: the schedule. */
  readonly by?: string;
  /** How many days a person asked for. */
  readonly days?: number;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Payments that were looked at, ours and the provider's together. */
  readonly compared: number;
  /** The first of them. */
  readonly differences: readonly PaymentDifference[];
  /** How many there are in all. */
  readonly differenceCount: number;
  /** Why it came to no end: what was found until then is there all the same. */
  readonly failure?: string;
}

export interface PaymentDifference {
  readonly kind: DifferenceKind;
  /** Ours, where there is one. */
  readonly paymentId?: string;
  readonly orderId?: string;
  /** The provider's own number, where it named one. */
  readonly reference?: string;
  /** What we have, and what the provider has. */
  readonly ours?: Money;
  readonly theirs?: Money;
  /** The provider was asked about it, and the shop has it now. */
  readonly settled?: true;
}

export interface ReconciliationQueries {
  /** Payments opened with a provider in a time (its end is not part of it), oldest first. */
  paymentsOpened(
    provider: string,
    time: {readonly from: number; readonly until: number},
    page: {readonly offset: number; readonly limit: number},
  ): Promise<readonly PaymentRecord[]>;
  reconciliation(id: string): Promise<ReconciliationRecord | undefined>;
  /** The newest first; of one provider or of all, and with `scheduled` those alone that nobody asked for. */
  reconciliations(page: {
    readonly provider?: string;
    readonly scheduled?: boolean;
    readonly offset: number;
    readonly limit: number;
  }): Promise<readonly ReconciliationRecord[]>;
}

export interface ReconciliationWrites {
  /** Keeps a record, once per id; answers the one that is kept. */
  claimReconciliation(record: ReconciliationRecord): Promise<ReconciliationRecord>;
}
