const numberPattern = /^([+-]?)(?=\.?\d)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?$/;

/**
 * Brings the text of a number (`9`, `9.50`, `1.5e-3`, and PHP's `.5`, `5.`, `+5`) to a plain decimal (`9`, `9.50`, `0.0015`).
 * `undefined` when the text is no such number or has an exponent beyond two digits.
 */
export function plainDecimal(text: string): string | undefined {
  const match = numberPattern.exec(text.trim());
  if (!match) return undefined;
  const sign = match[1] === '-' ? '-' : '';
  const fraction = match[3] ?? '';
  const exponent = Number(match[4] ?? '0');
  const digits = match[2]! + fraction;
  const point = match[2]!.length + exponent;
  const padded = digits
    .padStart(digits.length + Math.max(0, 1 - point), '0')
    .padEnd(Math.max(point, digits.length), '0');
  const wholeLength = Math.max(1, point);
  const whole = padded.slice(0, wholeLength).replace(/^0+(?=\d)/, '');
  const rest = padded.slice(wholeLength);
  return `${sign}${whole}${rest ? `.${rest}` : ''}`;
}

/**
 * Rounds a plain decimal to at most four decimals, half away from zero. For amounts a platform reports (a balance, a
 * charge): a platform that reckons in floats may write `9889.759999999998`, and refusing to read that would hide money.
 */
export function atMostFourDecimals(decimal: string): string {
  const [whole = '', fraction = ''] = decimal.replace('-', '').split('.');
  if (fraction.length <= 4) return decimal;
  const units = BigInt(whole + fraction.slice(0, 4)) + (fraction[4]! >= '5' ? 1n : 0n);
  const digits = units.toString().padStart(5, '0');
  return `${decimal.startsWith('-') ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}
