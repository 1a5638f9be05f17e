/** What somebody has typed into the form of a card. */
export interface Card {
  readonly number: string;
  readonly expiry: string;
  readonly code: string;
}

/** In groups of four, as it stands on the card. */
export function groupedNumber(text: string): string {
  return text
    .replace(/\D/g, '')
    .slice(0, 19)
    .replace(/(\d{4})(?=\d)/g, '$1 ');
}

/** `1230` and `12/30` are `12 / 30`; so is what is left when the last digit of a whole one goes. */
export function groupedExpiry(text: string): string {
  const digits = text.replace(/\D/g, '').slice(0, 4);
  return digits.length > 2 ? `${digits.slice(0, 2)} / ${digits.slice(2)}` : digits;
}

/** The first field that no card could say. */
export function cardProblem({number, expiry, code}: Card, now: Date): keyof Card | undefined {
  const digits = number.replaceAll(' ', '');
  if (digits.length < 13 || !passesCheck(digits)) return 'number';
  const [, month = '', year = ''] = /^(\d\d) \/ (\d\d)$/.exec(expiry) ?? [];
  // A card is good to the end of its month.
  const isOver = new Date(2000 + Number(year), Number(month)) <= now;
  if (Number(month) < 1 || Number(month) > 12 || isOver) return 'expiry';
  return code.length < 3 ? 'code' : undefined;
}

/** The check digit of ISO/IEC 7812: every second digit from the right counts twice. */
function passesCheck(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, digit, place) => {
    const counted = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (counted > 9 ? counted - 9 : counted);
  }, 0);
  return sum % 10 === 0;
}
