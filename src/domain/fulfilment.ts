import {readSecret, type CardSecret} from './card-secret.ts';

/** What came back from a platform for one purchase, checked before anybody is told it was delivered. */
export type Fulfilment =
  | {readonly kind: 'complete'; readonly cards: readonly CardSecret[]}
  | {readonly kind: 'short'; readonly cards: readonly CardSecret[]; readonly missing: number}
  | {readonly kind: 'placeholder'}
  | {readonly kind: 'empty'};

/**
 * Texts that platforms put where a card should be: an apology for an oversold good, or "being delivered, please wait".
 * A short Chinese sentence that ends in a full stop, or that names customer service or waiting, is prose, not a card.
 * Source: acg-faka 3.6.0 (trade), and the field's other platforms.
 */
export function isPlaceholder(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.length > longestPlaceholder || !/\p{Script=Han}/u.test(trimmed)) return false;
  return /联系客服|发货中|请稍|请耐心等待|抢走了/.test(trimmed) || /^[\p{Script=Han}\p{P}\s]+。$/u.test(trimmed);
}

const longestPlaceholder = 120;

/**
 * Checks a delivery of `ordered` pieces that came as one text with cards joined by line breaks.
 * A card may hold a line break itself: more lines than pieces are handed over as one text that holds all of them, so
 * that nothing is lost and nothing is cut in the wrong place. Otherwise every line is a card, or prose in a card's place.
 */
export function checkDelivery(text: string, ordered: number): Fulfilment {
  const trimmed = text.trim();
  if (trimmed === '') return {kind: 'empty'};
  if (ordered === 1) {
    return isPlaceholder(trimmed) ? {kind: 'placeholder'} : {kind: 'complete', cards: [readSecret(text)]};
  }
  const lines = trimmed.split(/\r\n|\r|\n/).filter(line => line.trim() !== '');
  const texts = lines.filter(line => !isPlaceholder(line));
  if (texts.length === 0 || isBrokenProse(trimmed, lines)) return {kind: 'placeholder'};
  if (lines.length > ordered) return {kind: 'complete', cards: [{kind: 'text', text}]};
  const cards = texts.map(readSecret);
  return cards.length === ordered ? {kind: 'complete', cards} : {kind: 'short', cards, missing: ordered - cards.length};
}

/** One apology over several lines: some of them show only together what they are. */
function isBrokenProse(text: string, lines: readonly string[]): boolean {
  return isPlaceholder(text) && lines.every(line => /^[\p{Script=Han}\p{P}\s]+$/u.test(line));
}
