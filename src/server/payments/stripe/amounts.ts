import {money, MoneyError, type Money} from '../../../domain/money.ts';

/*
 * Stripe's amounts are whole numbers of what it takes for a currency's smallest unit, which is not always what ISO 4217
 * does. Source: docs.stripe.com/currencies, "Zero-decimal currencies", "Three-decimal currencies", "Special cases".
 */

const zeroDecimal = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
const threeDecimal = new Set('BHD JOD KWD OMR TND'.split(' '));
/**
 * Without decimals, yet written with two of them that are always 00, UGX although it stands in the list of those without
 * as well: Stripe refuses a UGX amount that is not divisible by 100. (HUF and TWD are so in payouts only.)
 */
const wholeWithTwoDecimals = new Set(['ISK', 'UGX']);

/**
 * An amount in Stripe's units.
 * @throws {MoneyError} when Stripe cannot take exactly this amount.
 */
export function toStripeAmount({amount, currency}: Money): number {
  const decimals = decimalsOf(currency);
  const match = /^(\d+)(?:\.(\d+))?$/.exec(amount);
  const fraction = match?.[2]?.replace(/0+$/, '') ?? '';
  const units = match && fraction.length <= decimals ? Number(match[1] + fraction.padEnd(decimals, '0')) : NaN;
  // The last digit of three has to be 0.
  const step = wholeWithTwoDecimals.has(currency) ? 100 : threeDecimal.has(currency) ? 10 : 1;
  if (!Number.isSafeInteger(units) || units % step !== 0)
    throw new MoneyError(`Stripe takes no payment of exactly ${currency} ${amount}.`);
  return units;
}

/**
 * What Stripe says it took; its currencies are in lower case.
 * @throws {MoneyError} when it is no amount.
 */
export function fromStripeAmount(units: number, stripeCurrency: string): Money {
  const currency = stripeCurrency.toUpperCase();
  if (!Number.isSafeInteger(units) || units < 0) throw new MoneyError(`${units} is no amount of Stripe.`);
  const decimals = decimalsOf(currency);
  const digits = String(units).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  return money(decimals === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`, currency);
}

function decimalsOf(currency: string): number {
  if (zeroDecimal.has(currency)) return 0;
  return threeDecimal.has(currency) ? 3 : 2;
}
