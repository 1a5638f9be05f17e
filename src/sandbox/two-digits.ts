/** A decimal text with at least two digits after the point, as shops print amounts. */
export function twoDigits(amount: string): string {
  const [whole, fraction = ''] = amount.split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}
