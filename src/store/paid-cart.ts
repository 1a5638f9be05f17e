import {array, object, string, type InferOutput} from 'valibot';
import type {LineRequest} from '../domain/quote.ts';

/** What a cart holds. The cart is another one, with another id, after its goods were paid for. */
export interface CartContents {
  readonly id: string;
  readonly lines: readonly LineRequest[];
  /** A code the buyer wants to use. */
  readonly coupon?: string | undefined;
}

export const paidCartSchema = object({cart: string(), skuIds: array(string())});

/** A cart that was paid for, and which goods of it. */
export type PaidCart = InferOutput<typeof paidCartSchema>;

/** A tab that still shows one of these has slept through as many purchases. */
const rememberedAtMost = 20;

export function rememberPaid(known: readonly PaidCart[], paid: PaidCart): readonly PaidCart[] {
  return [...known.filter(({cart}) => cart !== paid.cart), paid].slice(-rememberedAtMost);
}

export function isPaid(known: readonly PaidCart[], cart: string): boolean {
  return known.some(paid => paid.cart === cart);
}
