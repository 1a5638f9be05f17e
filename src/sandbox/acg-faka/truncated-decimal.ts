import {Crash} from './refusal.ts';

/**
 * Decimal texts reckoned like PHP's bcmath, which the platform uses: exact inside, and what exceeds the scale is cut
 * off, never rounded.
 */
export function addTruncated(left: string, right: string, scale = 2): string {
  const [a, b] = [parse(left), parse(right)];
  const common = Math.max(a.scale, b.scale);
  return write(rescale(a, common) + rescale(b, common), common, scale);
}

export function multiplyTruncated(left: string, right: string, scale = 2): string {
  const [a, b] = [parse(left), parse(right)];
  return write(a.digits * b.digits, a.scale + b.scale, scale);
}

/** Cuts a decimal text to `scale` decimals. */
export function truncate(value: string, scale = 2): string {
  return addTruncated(value, '0', scale);
}

/** A hundredth of a percentage, cut to three decimals and then to two: 95.5 becomes 0.95. */
export function percentFactor(percent: string): string {
  return truncate(multiplyTruncated(percent, '0.01', 3), 2);
}

export function isLess(left: string, right: string): boolean {
  const [a, b] = [parse(left), parse(right)];
  const common = Math.max(a.scale, b.scale);
  return rescale(a, common) < rescale(b, common);
}

/** PHP's `is_numeric($text) && $text > 0`. */
export function isPositiveNumber(text: string): boolean {
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text) && Number(text) > 0;
}

interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

function parse(text: string): Decimal {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  // bcmath refuses a text that is no number, and nobody in the shop catches that.
  if (!match) throw new Crash(`"${text}" is not a well-formed number.`);
  const fraction = match[3] ?? '';
  const digits = BigInt(`${match[2] ?? ''}${fraction}` || '0');
  return {digits: match[1] === '-' ? -digits : digits, scale: fraction.length};
}

function rescale(value: Decimal, scale: number): bigint {
  return value.digits * 10n ** BigInt(scale - value.scale);
}

/** BigInt division cuts towards zero, which is what is wanted. */
function write(digits: bigint, from: number, to: number): string {
  const cut = from > to ? digits / 10n ** BigInt(from - to) : digits * 10n ** BigInt(to - from);
  const text = (cut < 0n ? -cut : cut).toString().padStart(to + 1, '0');
  const whole = to === 0 ? text : `${text.slice(0, -to)}.${text.slice(-to)}`;
  return cut < 0n ? `-${whole}` : whole;
}
