/** A card as platforms send it: a number and a password, either of which may be missing. */
export interface NumberedCard {
  readonly number: string;
  readonly password: string;
}

/**
 * Cards as one text, one to a line, a pair with the labels by which it is read again. Cards with nothing in them are left
 * out, so that the count shows that they are missing. `undefined` when nothing is left.
 */
export function cardLines(cards: readonly NumberedCard[]): string | undefined {
  const lines = cards
    .map(({number, password}) => [number.trim(), password.trim()] as const)
    .filter(([number, password]) => number !== '' || password !== '')
    .map(([number, password]) =>
      number !== '' && password !== '' ? `卡号：${number} 密码：${password}` : number + password,
    );
  return lines.length === 0 ? undefined : lines.join('\n');
}
