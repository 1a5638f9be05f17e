import {subtract, sum, zero, type Money} from '../../domain/money.ts';
import type {OrderRecord, PaymentRecord} from '../persistence/records.ts';
import type {Transaction} from '../persistence/store.ts';
import {refundedOf} from './refunded.ts';

/** What the shop has of the buyer's money. */
export async function keptOf(tx: Transaction, order: OrderRecord): Promise<Money> {
  const payments = await tx.payments(order.id);
  return subtract(sum(payments.map(cameIn), order.currency), refundedOf(order));
}

/** What came in by a payment. */
export function cameIn({state, amount, received}: PaymentRecord): Money {
  if (state === 'paid') return amount;
  return received ?? zero(amount.currency);
}
