import type {Money} from '../../domain/money.ts';
import type {Stock} from '../../domain/stock.ts';
import type {CardPage, CardsAsked, OfferKey, PickableCard} from '../../upstreams/port.ts';
import {isRefusal, type ConnectionGuards} from '../connection-guards.ts';
import {connectionOf, type ServerPorts} from '../ports.ts';

/**
 * Asks platforms about single offers while a buyer waits. Answers within `patience` or not at all; a platform that keeps failing is left alone for a while, so that it slows nobody down. Nothing here is stored.
 */
export interface LiveOffers {
  /** How many can be had now; `unknown` when the platform does not say in time. */
  stock(connectionId: string, offer: OfferKey): Promise<Stock>;
  /** What `quantity` would cost in total now. */
  cost(connectionId: string, offer: OfferKey, quantity: number): Promise<LiveCost>;
  /** Cards that may be chosen now: none where the platform lets nobody choose; `unknown` when it does not say in time. */
  cards(connectionId: string, offer: OfferKey, page: CardsAsked): Promise<CardPage | 'unknown'>;
  /** One of them: `gone` when it is not among them any more. */
  card(connectionId: string, offer: OfferKey, cardId: string): Promise<PickableCard | 'gone' | 'unknown'>;
}

/** `refused`: the platform says that it does not sell that; `unknown`: it did not say anything in time. */
export type LiveCost =
  | {readonly kind: 'known'; readonly cost: Money}
  | {readonly kind: 'refused'}
  | {readonly kind: 'unknown'}
  | {readonly kind: 'not_quoted'};

const patienceMs = 4000;

type Answer<T> = {readonly kind: 'answered'; readonly value: T} | {readonly kind: 'refused' | 'unknown'};

export function createLiveOffers(ports: ServerPorts, guards: ConnectionGuards): LiveOffers {
  return {
    async stock(connectionId, offer) {
      const {upstream} = connectionOf(ports, connectionId);
      const answer = await ask(connectionId, 'stock', signal => upstream.stock(offer, signal));
      return answer.kind === 'answered' ? answer.value : {kind: 'unknown'};
    },
    async cost(connectionId, offer, quantity) {
      const {upstream} = connectionOf(ports, connectionId);
      if (!upstream.capabilities.quote) return {kind: 'not_quoted'};
      const answer = await ask(connectionId, 'quote', signal => upstream.quote(offer, quantity, signal));
      return answer.kind === 'answered' ? {kind: 'known', cost: answer.value} : answer;
    },
    async cards(connectionId, offer, page) {
      const {upstream} = connectionOf(ports, connectionId);
      const none = {total: 0, cards: []};
      const answer = await ask(connectionId, 'cards', async signal => upstream.cards?.(offer, page, signal) ?? none);
      if (answer.kind === 'answered') return answer.value;
      return answer.kind === 'refused' ? none : 'unknown';
    },
    async card(connectionId, offer, cardId) {
      const {upstream} = connectionOf(ports, connectionId);
      const answer = await ask(connectionId, 'card', async signal => upstream.card?.(offer, cardId, signal));
      if (answer.kind === 'answered') return answer.value ?? 'gone';
      return answer.kind === 'refused' ? 'gone' : 'unknown';
    },
  };

  async function ask<T>(
    connectionId: string,
    question: string,
    answer: (signal: AbortSignal) => Promise<T>,
  ): Promise<Answer<T>> {
    try {
      return {kind: 'answered', value: await guards.ask(connectionId, patienceMs, answer)};
    } catch (error) {
      ports.log.warn('platform did not answer', {
        connectionId,
        question,
        error: error instanceof Error ? error.message : undefined,
      });
      return {kind: isRefusal(error) ? 'refused' : 'unknown'};
    }
  }
}
