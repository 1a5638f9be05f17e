import {sum, type Money} from '../../domain/money.ts';
import type {OrderRecord} from '../persistence/records.ts';

/** What was paid back so far. */
export function refundedOf({refunds = [], currency}: Pick<OrderRecord, 'refunds' | 'currency'>): Money {
  return sum(
    refunds.map(({amount}) => amount),
    currency,
  );
}
