/**
 * An exact amount of one currency.
 *
 * `amount` is a decimal string in canonical form: an optional `-`, digits, and between the currency's minor digits and
 * four decimals (`"12.50"`, `"0.0150"` is written `"0.015"`). Selling prices carry minor units, upstream costs up to
 * four decimals. Arithmetic happens in integers of 1/10000; no float ever touches an amount. The same shape travels
 * over the wire, lies in the database and is shown through `Intl`.
 */
export interface Money {
  readonly currency: string;
  readonly amount: string;
}

/** How a calculated price is brought to the currency's minor unit (or a coarser step). */
export type Rounding = 'up' | 'nearest' | 'down';

const scaleDigits = 4;
const scale = 10_000n;
const decimalPattern = /^(-?)(\d{1,15})(?:\.(\d+))?$/;

/** ISO 4217 currencies whose minor unit is not two digits. */
const minorDigitsByCurrency: Readonly<Record<string, number>> = {
  BHD: 3,
  CLP: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  TND: 3,
  UGX: 0,
  VND: 0,
  XAF: 0,
  XOF: 0,
};

/** Thrown when a text is no exact decimal, has more than four decimals, or two currencies meet. */
export class MoneyError extends Error {
  override readonly name = 'MoneyError';
}

/** Digits after the point in the currency's minor unit (ISO 4217). */
export function minorDigits(currency: string): number {
  return minorDigitsByCurrency[currency] ?? 2;
}

/**
 * Reads an exact amount from a decimal text such as `"12.5"`.
 * @throws {MoneyError} when the text is not a plain decimal or carries more than four significant decimals.
 */
export function money(amount: string, currency: string): Money {
  return fromUnits(parseUnits(amount), currency);
}

/** Nothing, in a currency. */
export function zero(currency: string): Money {
  return fromUnits(0n, currency);
}

export function add(left: Money, right: Money): Money {
  return fromUnits(toUnits(left) + toUnits(sameCurrency(left, right)), left.currency);
}

export function subtract(left: Money, right: Money): Money {
  return fromUnits(toUnits(left) - toUnits(sameCurrency(left, right)), left.currency);
}

/** Sum of a list; an empty list is zero of `currency`. */
export function sum(amounts: Iterable<Money>, currency: string): Money {
  let total = zero(currency);
  for (const amount of amounts) total = add(total, amount);
  return total;
}

/** Multiplies by a whole number of pieces. */
export function multiply(value: Money, pieces: number): Money {
  if (!Number.isSafeInteger(pieces)) throw new MoneyError(`A whole number of pieces is needed, got ${pieces}.`);
  return fromUnits(toUnits(value) * BigInt(pieces), value.currency);
}

/** Divides a total into the price of one piece, rounded up at the fourth decimal so that `pieces` of it cover it. */
export function divide(value: Money, pieces: number): Money {
  if (!Number.isSafeInteger(pieces) || pieces < 1) throw new MoneyError(`At least one piece is needed, got ${pieces}.`);
  return fromUnits(divideRounded(toUnits(value), BigInt(pieces), 'up'), value.currency);
}

/** A percentage of an amount; `percent` is a decimal text (`"12.5"` is 12.5 %). Rounded at the fourth decimal. */
export function percentOf(value: Money, percent: string, rounding: Rounding = 'up'): Money {
  return fromUnits(divideRounded(toUnits(value) * parseUnits(percent), 100n * scale, rounding), value.currency);
}

/** An amount times a ratio of two decimal texts (`"5"` to `"95"`), rounded at the fourth decimal. */
export function proportion(value: Money, part: string, of: string, rounding: Rounding = 'nearest'): Money {
  return fromUnits(divideRounded(toUnits(value) * parseUnits(part), parseUnits(of), rounding), value.currency);
}

/**
 * Splits an amount in proportion to `weights`, each part in the currency's minor unit, all parts together exactly the
 * amount: what rounding leaves over goes, a unit each, to the parts that lost most by it (the method of the largest
 * remainder). No part exceeds its weight unless the amount exceeds all weights together.
 */
export function split(value: Money, weights: readonly Money[]): readonly Money[] {
  const minorUnit = 10n ** BigInt(scaleDigits - minorDigits(value.currency));
  const total = toUnits(value) / minorUnit;
  const shares = weights.map(weight => toUnits(sameCurrency(value, weight)));
  const whole = shares.reduce((left, right) => left + right, 0n);
  if (total * minorUnit !== toUnits(value) || total < 0n || shares.some(share => share < 0n) || whole <= 0n) {
    throw new MoneyError(
      `A whole number of ${value.currency} minor units and weights of which one is positive are needed, got ${value.amount} over ${weights.map(({amount}) => amount).join(', ')}.`,
    );
  }
  const parts = shares.map(share => (total * share) / whole);
  const left = total - parts.reduce((sum, part) => sum + part, 0n);
  const byLoss = shares
    .map((share, index) => ({index, loss: (total * share) % whole}))
    .sort((one, other) => (one.loss < other.loss ? 1 : one.loss > other.loss ? -1 : one.index - other.index));
  for (const {index} of byLoss.slice(0, Number(left))) parts[index] = parts[index]! + 1n;
  return parts.map(part => fromUnits(part * minorUnit, value.currency));
}

/**
 * What `pieces` of `of` cost together when `value` is the price of all: rounded down to the minor unit, so that what is
 * paid back piece by piece, each as the difference of two such shares, comes to exactly the whole.
 */
export function share(value: Money, pieces: number, of: number): Money {
  const exact = toUnits(value) * BigInt(pieces);
  const minorUnit = 10n ** BigInt(scaleDigits - minorDigits(value.currency));
  return fromUnits(pieces === of ? toUnits(value) : (exact / BigInt(of) / minorUnit) * minorUnit, value.currency);
}

/** How many whole ones of `of` equal pieces, which cost `value` together, `part` is the price of; never more than all. */
export function piecesWorth(part: Money, value: Money, of: number): number {
  const [paid, whole] = [toUnits(sameCurrency(value, part)), toUnits(value)];
  if (paid >= whole) return of;
  return paid <= 0n ? 0 : Number((paid * BigInt(of)) / whole);
}

/** What one unit of a currency costs in another. */
export interface ExchangeRate {
  readonly from: string;
  readonly to: string;
  /** Positive decimal text, such as `"7.8512"`; at most ten decimals. */
  readonly rate: string;
}

/**
 * The same worth in the other currency of a rate, reckoned exactly and then rounded at the fourth decimal.
 * @throws {MoneyError} when the amount is in neither of the two, or the rate is none.
 */
export function exchange(value: Money, {from, to, rate}: ExchangeRate, rounding: Rounding): Money {
  const [, whole, fraction = ''] = /^(\d{1,9})(?:\.(\d{1,10}))?$/.exec(rate) ?? [];
  const multiplier = whole === undefined ? 0n : BigInt(whole + fraction);
  if (multiplier === 0n) throw new MoneyError(`A positive rate is needed, got ${JSON.stringify(rate)}.`);
  const divisor = 10n ** BigInt(fraction.length);
  if (value.currency === from) return fromUnits(divideRounded(toUnits(value) * multiplier, divisor, rounding), to);
  if (value.currency === to) return fromUnits(divideRounded(toUnits(value) * divisor, multiplier, rounding), from);
  throw new MoneyError(`${value.currency} is neither ${from} nor ${to}.`);
}

/** Negative, zero or positive, as `left` is less than, equal to or more than `right`. */
export function compare(left: Money, right: Money): number {
  const difference = toUnits(left) - toUnits(sameCurrency(left, right));
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The amount, or zero where it is negative. */
export function atLeastNothing(value: Money): Money {
  return toUnits(value) < 0n ? zero(value.currency) : value;
}

export function isZero(value: Money): boolean {
  return toUnits(value) === 0n;
}

export function isPositive(value: Money): boolean {
  return toUnits(value) > 0n;
}

/** Brings an amount to the currency's minor unit, or to a coarser `step` such as `"0.10"` or `"1"`. */
export function round(value: Money, rounding: Rounding, step?: string): Money {
  const minorUnit = 10n ** BigInt(scaleDigits - minorDigits(value.currency));
  const stepUnits = step === undefined ? minorUnit : parseUnits(step);
  if (stepUnits <= 0n || stepUnits % minorUnit !== 0n) {
    throw new MoneyError(
      `A rounding step must be a positive multiple of the ${value.currency} minor unit, got ${step}.`,
    );
  }
  return fromUnits(divideRounded(toUnits(value), stepUnits, rounding) * stepUnits, value.currency);
}

function parseUnits(text: string): bigint {
  const match = decimalPattern.exec(text);
  const fraction = match?.[3] ?? '';
  if (!match || (fraction.length > scaleDigits && /[^0]/.test(fraction.slice(scaleDigits)))) {
    throw new MoneyError(
      `An exact decimal with at most ${scaleDigits} decimals is needed, got ${JSON.stringify(text)}.`,
    );
  }
  const units = BigInt(match[2]! + fraction.slice(0, scaleDigits).padEnd(scaleDigits, '0'));
  return match[1] ? -units : units;
}

function toUnits(value: Money): bigint {
  return parseUnits(value.amount);
}

function fromUnits(units: bigint, currency: string): Money {
  const digits = (units < 0n ? -units : units).toString().padStart(scaleDigits + 1, '0');
  const whole = digits.slice(0, -scaleDigits);
  const fraction = digits.slice(-scaleDigits).replace(/0+$/, '').padEnd(minorDigits(currency), '0');
  return {currency, amount: `${units < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`};
}

function divideRounded(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  const quotient = dividend / divisor;
  const remainder = dividend % divisor;
  if (remainder === 0n) return quotient;
  const floor = remainder < 0n ? quotient - 1n : quotient;
  if (rounding === 'down') return floor;
  if (rounding === 'up') return floor + 1n;
  return (dividend - floor * divisor) * 2n >= divisor ? floor + 1n : floor;
}

function sameCurrency(left: Money, right: Money): Money {
  if (left.currency !== right.currency) {
    throw new MoneyError(`${right.currency} cannot be reckoned against ${left.currency}; convert it first.`);
  }
  return right;
}
