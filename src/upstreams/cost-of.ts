import {multiply, type Money} from '../domain/money.ts';

/**
 * What so many pieces cost where a platform has neither a question for it nor tiers.
 * @throws {RangeError} for anything but a whole quantity from 1
 */
export function costOf(price: Money, quantity: number): Money {
  if (!Number.isSafeInteger(quantity) || quantity < 1) {
    throw new RangeError(`A whole quantity from 1 is needed, got ${quantity}.`);
  }
  return multiply(price, quantity);
}
