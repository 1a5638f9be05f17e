import type {Money} from '../../domain/money.ts';

/** That a person saw money come in: all that had come for the payment by then. */
export interface ConfirmationRecord {
  readonly intent: string;
  readonly requestHash: string;
  readonly amount: Money;
  /** Name of the token. */
  readonly by: string;
  readonly note?: string;
  readonly at: number;
}
