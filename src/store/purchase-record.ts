import {array, fallback, literal, object, optional, safeParse} from 'valibot';
import {paidCartSchema, type PaidCart} from './paid-cart.ts';
import {purchaseSchema, type Purchase} from './purchase.ts';

/** What a device holds of one shop: the purchase in hand, and the carts that were paid for, oldest first. */
export interface PurchaseRecord {
  readonly purchase?: Purchase | undefined;
  readonly paid: readonly PaidCart[];
}

export const emptyRecord: PurchaseRecord = {paid: []};

/** A purchase of a wrong or newer shape is none, and takes nothing else along. */
const storedSchema = object({
  version: literal(1),
  purchase: fallback(optional(purchaseSchema), undefined),
  paid: fallback(array(paidCartSchema), []),
});

export function readRecord(value: unknown): PurchaseRecord {
  const stored = safeParse(storedSchema, value);
  return stored.success ? {purchase: stored.output.purchase, paid: stored.output.paid} : emptyRecord;
}

export function storedRecord({purchase, paid}: PurchaseRecord): unknown {
  return {version: 1, ...(purchase && {purchase}), paid};
}
