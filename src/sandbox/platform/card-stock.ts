import {isOfChoice, mintSecret, type Card} from './card.ts';
import type {Choice, Good} from './good.ts';

/** Unsold cards of one kind: the same good, race and options. By id, which is oldest first. */
type Pile = Map<number, Card>;

/**
 * Every card of every good. Cards leave it by being sold, once, or by an operator taking unsold ones away. Unsold ones
 * lie in piles by kind, so that neither counting nor taking depends on how many cards there are.
 */
export class CardStock {
  readonly #seed: string;
  readonly #cards = new Map<number, Card>();
  readonly #piles = new Map<number, Map<string, Pile>>();
  /** Every secret there ever was; made when somebody first asks. */
  #secrets: Set<string> | undefined;
  #nextId: number;

  /** @param seed feeds the secrets of cards that are minted later. */
  constructor(cards: readonly Card[], nextId: number, seed: string) {
    this.#seed = seed;
    this.#nextId = nextId;
    for (const card of [...cards].sort((one, other) => one.id - other.id)) this.#put(card);
  }

  get nextId(): number {
    return this.#nextId;
  }

  all(): readonly Card[] {
    return [...this.#cards.values()];
  }

  find(id: number): Card | undefined {
    return this.#cards.get(id);
  }

  /** Unsold cards of a choice, oldest first. */
  unsold(goodId: number, choice: Choice = {}): readonly Card[] {
    return this.oldest(goodId, choice, Infinity);
  }

  /** The oldest unsold cards of a choice, `count` of them or as many as there are. */
  oldest(goodId: number, choice: Choice, count: number): readonly Card[] {
    const piles = this.#pilesOf(goodId, choice);
    const tops = piles.flatMap(pile => firstOf(pile, count));
    return piles.length < 2 ? tops : tops.sort((one, other) => one.id - other.id).slice(0, count);
  }

  /** How many unsold cards of a choice there are. */
  count(goodId: number, choice: Choice = {}): number {
    return this.#pilesOf(goodId, choice).reduce((sum, pile) => sum + pile.size, 0);
  }

  /** Whether some card of the platform, sold or not, has this secret. */
  knows(secret: string): boolean {
    this.#secrets ??= new Set(this.all().map(card => card.secret));
    return this.#secrets.has(secret);
  }

  /** Without a number: to somebody who is no merchant of the platform. */
  markSold(cards: readonly Card[], tradeNo?: string): void {
    for (const card of cards) this.#put({...card, state: 'sold', ...(tradeNo !== undefined && {tradeNo})});
  }

  /** Takes sold cards back as worthless: they were replaced or paid back. */
  markVoid(ids: readonly number[]): void {
    for (const id of ids) {
      const card = this.#cards.get(id);
      if (card) this.#put({...card, state: 'void'});
    }
  }

  secretsOf(ids: readonly number[]): readonly string[] {
    return ids.map(id => this.#cards.get(id)?.secret ?? '');
  }

  /** Leaves exactly `count` unsold cards of a choice: mints what is missing, takes the newest of what is too much. */
  setCount(good: Good, choice: Choice, count: number): void {
    const cards = this.unsold(good.id, choice);
    for (const card of cards.slice(count)) this.#remove(card);
    for (let missing = count - cards.length; missing > 0; missing -= 1) {
      const id = this.#takeId();
      const secret = mintSecret(good.cardForm, this.#seed, id);
      this.#put({id, goodId: good.id, ...choice, secret, cost: '0.00', state: 'unsold'});
    }
  }

  /** Takes in secrets that somebody brought; the caller has made sure that they are new. */
  add(good: Good, choice: Choice, secrets: Iterable<string>): readonly Card[] {
    const cards: Card[] = [];
    for (const secret of secrets) {
      const card: Card = {id: this.#takeId(), goodId: good.id, ...choice, secret, cost: '0.00', state: 'unsold'};
      this.#put(card);
      cards.push(card);
    }
    return cards;
  }

  /** Secrets in the good's form that never were in stock, for what a person hands over. */
  makeSecrets(good: Good, count: number): readonly string[] {
    return Array.from({length: count}, () => mintSecret(good.cardForm, this.#seed, this.#takeId()));
  }

  #pilesOf(goodId: number, choice: Choice): readonly Pile[] {
    const piles = [...(this.#piles.get(goodId)?.values() ?? [])];
    return piles.filter(pile => {
      const [top] = pile.values();
      return top !== undefined && isOfChoice(top, choice);
    });
  }

  #put(card: Card): void {
    this.#cards.set(card.id, card);
    this.#secrets?.add(card.secret);
    if (card.state !== 'unsold') this.#pile(card).delete(card.id);
    else this.#pile(card).set(card.id, card);
  }

  #remove(card: Card): void {
    this.#cards.delete(card.id);
    this.#secrets?.delete(card.secret);
    this.#pile(card).delete(card.id);
  }

  #pile({goodId, race, options}: Card): Pile {
    const kind = JSON.stringify([race, Object.entries(options ?? {}).sort(([one], [other]) => (one < other ? -1 : 1))]);
    const piles = this.#piles.get(goodId) ?? new Map<string, Pile>();
    this.#piles.set(goodId, piles);
    const pile = piles.get(kind) ?? new Map<number, Card>();
    piles.set(kind, pile);
    return pile;
  }

  #takeId(): number {
    const id = this.#nextId;
    this.#nextId += 1;
    return id;
  }
}

function firstOf(pile: Pile, count: number): readonly Card[] {
  const cards: Card[] = [];
  for (const card of pile.values()) {
    if (cards.length >= count) break;
    cards.push(card);
  }
  return cards;
}
