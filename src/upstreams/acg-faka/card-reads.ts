import {isPositive, zero, type Money} from '../../domain/money.ts';
import type {CardPage, CardsAsked, Good, OfferKey, PickableCard} from '../port.ts';
import {currency, draftCards, type GoodRecord} from './answers.ts';
import type {Read} from './reader.ts';
import {isCardId, offerFields} from './trade-form.ts';
import type {CallBounds} from '../exchange.ts';

/** The cards that buyers may choose from (预选卡密). */
export interface CardReads {
  /** Newest first; cards that are sold or held are not there. @throws {UpstreamError} also when nobody may choose. */
  page(offer: OfferKey, page: CardsAsked, bounds: CallBounds): Promise<CardPage>;
  find(offer: OfferKey, cardId: string, bounds: CallBounds): Promise<PickableCard | undefined>;
}

export function createCardReads(read: Read): CardReads {
  return {page, find};

  async function page(offer: OfferKey, {page: number, limit}: CardsAsked, bounds: CallBounds): Promise<CardPage> {
    const paging = [['page', String(number)] as const, ['limit', String(limit)] as const];
    const {list, total} = await read('commodity/draftCard', [...offerFields(offer), ...paging], draftCards, bounds);
    return {
      total,
      cards: list.map(({id, draft, draft_premium}) => {
        const premium = ownPremium(draft_premium);
        return {id, ...(draft.trim() !== '' && {label: draft}), ...(premium && {premium})};
      }),
    };
  }

  /** The list is ordered by number, highest first: halving it finds one card among thousands in a few looks. */
  async function find(offer: OfferKey, cardId: string, bounds: CallBounds): Promise<PickableCard | undefined> {
    if (!isCardId(cardId)) return undefined;
    const wanted = BigInt(cardId);
    let [first, last, number] = [1, 1, 1];
    while (first <= last) {
      const {cards, total} = await page(offer, {page: number, limit: cardsPerLook}, bounds);
      const found = cards.find(({id}) => id === cardId);
      if (found) return found;
      const [highest, lowest] = [cards[0], cards.at(-1)];
      if (number === 1) last = Math.ceil(total / cardsPerLook);
      if (!highest || !lowest || wanted > BigInt(highest.id)) last = number - 1;
      else if (wanted < BigInt(lowest.id)) first = number + 1;
      else return undefined;
      number = Math.floor((first + last) / 2);
    }
    return undefined;
  }
}

const cardsPerLook = 100;

/** A premium that counts: none, or nothing positive, leaves the good's general one in force. */
export function ownPremium(premium: Money | null | undefined): Money | undefined {
  return premium && isPositive(premium) ? premium : undefined;
}

/**
 * Whether buyers of a good may choose their card. One that is sold from two pieces on cannot be offered so: the platform
 * takes the quantity for its lower limit, and sells one piece.
 */
export function cardsOf({draft_status, draft_premium}: GoodRecord, minimum: number): Pick<Good, 'cards'> {
  return draft_status && minimum === 1 ? {cards: {premium: ownPremium(draft_premium) ?? zero(currency)}} : {};
}
