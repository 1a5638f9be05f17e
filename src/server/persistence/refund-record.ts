import type {RefundChoice, RefundHelpReason} from '../../contract/refund.ts';
import type {Money} from '../../domain/money.ts';
import type {RefundState} from '../../domain/refund.ts';

/**
 * Money that goes back to a buyer (退款), from the moment it is owed: written down before a provider is told. All that is
 * promised of one payment, what was dropped left out, is never more than what came in by it.
 */
export interface RefundRecord {
  readonly id: string;
  readonly orderId: string;
  readonly paymentId: string;
  /** Of the payment. */
  readonly provider: string;
  readonly version: number;
  /** What it is for. One refund per payment and purpose, ever. */
  readonly purpose: string;
  readonly amount: Money;
  readonly state: RefundState;
  /** Counts how often the provider is told anew, after it has refused, from 1: part of our reference. */
  readonly turn: number;
  /** Questions to the provider in this turn. */
  readonly tries: number;
  /** The next question is not asked before. While one is under way, that is when its process counts as gone. */
  readonly notBefore: number;
  /** A question is under way, unless its process is gone. */
  readonly underWay?: true;
  /** When the provider was told first in this turn. */
  readonly sentAt?: number;
  /** The provider's own id, or what a person names who sent the money. */
  readonly reference?: string;
  readonly help?: RefundHelp;
  /** A person asked for it, under this key. */
  readonly request?: {
    readonly intent: string;
    readonly requestHash: string;
    readonly by: string;
    readonly note?: string;
  };
  /** What persons decided about it, oldest first; never changed. */
  readonly decisions?: readonly RefundDecisionRecord[];
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly refundedAt?: number;
}

/** Why a person has to act, and since when. */
export interface RefundHelp {
  readonly reason: RefundHelpReason;
  readonly evidence: string;
  readonly since: number;
}

export interface RefundDecisionRecord extends RefundHelp {
  readonly intent: string;
  readonly requestHash: string;
  readonly choice: RefundChoice;
  readonly by: string;
  readonly reference?: string;
  readonly note?: string;
  readonly at: number;
}

/** Refunds that wait for a person for the same reason. */
export interface RefundsWaiting {
  readonly reason: RefundHelpReason;
  readonly count: number;
  /** Since when the first of them waits. */
  readonly since: number;
}

export interface RefundQueries {
  /** Refunds of an order, oldest first. */
  refunds(orderId: string): Promise<readonly RefundRecord[]>;
  refund(id: string): Promise<RefundRecord | undefined>;
  /** Refunds in a state, oldest first. */
  refundsIn(
    state: RefundState,
    page: {readonly offset: number; readonly limit: number},
  ): Promise<readonly RefundRecord[]>;
  /** What needs a person now, by reason; a reason that nothing waits for is left out. */
  refundsWaiting(): Promise<readonly RefundsWaiting[]>;
}

export interface RefundWrites {
  insertRefund(refund: RefundRecord): Promise<void>;
  saveRefund(refund: RefundRecord): Promise<void>;
}
