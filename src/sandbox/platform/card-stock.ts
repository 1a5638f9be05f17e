import {isOfChoice, mintSecret, type Card} from './card.ts';
import type {Choice, Good} from './good.ts';

/** Every card of every good. Cards leave it by being sold, once, or by an operator taking unsold ones away. */
export class CardStock {
  readonly #seed: string;
  readonly #cards = new Map<number, Map<number, Card>>();
  #nextId: number;

  /** @param seed feeds the secrets of cards that are minted later. */
  constructor(cards: readonly Card[], nextId: number, seed: string) {
    this.#seed = seed;
    this.#nextId = nextId;
    for (const card of cards) this.#put(card);
  }

  get nextId(): number {
    return this.#nextId;
  }

  all(): readonly Card[] {
    return [...this.#cards.values()].flatMap(cards => [...cards.values()]);
  }

  find(id: number): Card | undefined {
    for (const cards of this.#cards.values()) {
      const card = cards.get(id);
      if (card) return card;
    }
    return undefined;
  }

  /** Unsold cards of a choice, oldest first. */
  unsold(goodId: number, choice: Choice = {}): readonly Card[] {
    const cards = [...(this.#cards.get(goodId)?.values() ?? [])];
    return cards.filter(card => card.state === 'unsold' && isOfChoice(card, choice)).sort((a, b) => a.id - b.id);
  }

  markSold(cards: readonly Card[], tradeNo: string): void {
    for (const card of cards) this.#put({...card, state: 'sold', tradeNo});
  }

  secretsOf(goodId: number, ids: readonly number[]): readonly string[] {
    return ids.map(id => this.#cards.get(goodId)?.get(id)?.secret ?? '');
  }

  /** Leaves exactly `count` unsold cards of a choice: mints what is missing, takes the newest of what is too much. */
  setCount(good: Good, choice: Choice, count: number): void {
    const cards = this.unsold(good.id, choice);
    for (const card of cards.slice(count)) this.#cards.get(good.id)?.delete(card.id);
    for (let missing = count - cards.length; missing > 0; missing -= 1) {
      const id = this.#takeId();
      const secret = mintSecret(good.cardForm, this.#seed, id);
      this.#put({id, goodId: good.id, ...choice, secret, cost: '0.00', state: 'unsold'});
    }
  }

  /** Secrets in the good's form that never were in stock, for what a person hands over. */
  makeSecrets(good: Good, count: number): readonly string[] {
    return Array.from({length: count}, () => mintSecret(good.cardForm, this.#seed, this.#takeId()));
  }

  #put(card: Card): void {
    const cards = this.#cards.get(card.goodId) ?? new Map<number, Card>();
    this.#cards.set(card.goodId, cards.set(card.id, card));
  }

  #takeId(): number {
    const id = this.#nextId;
    this.#nextId += 1;
    return id;
  }
}
