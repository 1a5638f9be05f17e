import {createRandom} from '../random.ts';
import type {CardForm, Choice} from './good.ts';

/** One card of the stock. It is sold at most once. */
export interface Card {
  readonly id: number;
  readonly goodId: number;
  readonly race?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly secret: string;
  /** What a buyer who picks sees of it, such as its last digits. */
  readonly teaser?: string;
  /** Decimal text on top of the price when picked. */
  readonly premium?: string;
  /** What the operator paid on top, decimal text. */
  readonly cost: string;
  /** `void`: sold, and replaced or paid back since. */
  readonly state: 'unsold' | 'locked' | 'sold' | 'void';
  readonly tradeNo?: string;
}

/** Whether a card is of the chosen kind. A chosen option the card does not have excludes it. */
export function isOfChoice(card: Card, choice: Choice): boolean {
  if (choice.race && card.race !== choice.race) return false;
  return Object.entries(choice.options ?? {}).every(([group, option]) => card.options?.[group] === option);
}

/** Letters and digits that cannot be taken for each other. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const digits = '0123456789';

/** A believable secret; the same platform seed and card id always give the same, and no two ids the same. */
export function mintSecret(form: CardForm, seed: string, cardId: number): string {
  const random = createRandom(`${seed}/card/${cardId}`);
  const serial = cardId.toString().padStart(8, '0');
  const block = (length: number): string => random.text(alphabet, length);
  const codedSerial = [...serial].map(digit => alphabet[Number(digit) * 3 + random.integer(0, 2)]).join('');
  switch (form) {
    case 'code':
      return [block(4), codedSerial.slice(0, 4), codedSerial.slice(4), block(4)].join('-');
    case 'key':
      return [block(5), block(5), block(1) + codedSerial.slice(0, 4), codedSerial.slice(4) + block(1), block(5)].join(
        '-',
      );
    case 'digits':
      return random.text(digits, 8) + serial;
    case 'number_and_password':
      return `卡号: 86${random.text(digits, 6)}${serial} 密码: ${random.text(digits, 8)}`;
    case 'link':
      return `https://redeem.example/r/${block(6).toLowerCase()}${codedSerial.toLowerCase()}`;
    case 'token':
      return `${random.text('0123456789abcdef', 24)}${cardId.toString(16).padStart(8, '0')}`;
  }
}
