import {
  bulkhead,
  circuitBreaker,
  ConsecutiveBreaker,
  handleWhen,
  timeout,
  TimeoutStrategy,
  wrap,
  type IPolicy,
} from 'cockatiel';
import type {Money} from '../../domain/money.ts';
import type {Stock} from '../../domain/stock.ts';
import {isUpstreamError, type OfferKey} from '../../upstreams/port.ts';
import {connectionOf, type ServerPorts} from '../ports.ts';

/**
 * Asks platforms about single offers while a buyer waits. Answers within `patience` or not at all; a platform that keeps failing is left alone for a while, so that it slows nobody down. Nothing here is stored.
 */
export interface LiveOffers {
  /** How many can be had now; `unknown` when the platform does not say in time. */
  stock(connectionId: string, offer: OfferKey): Promise<Stock>;
  /** What `quantity` would cost in total now; nothing when the platform does not say in time or cannot quote. */
  cost(connectionId: string, offer: OfferKey, quantity: number): Promise<Money | undefined>;
}

const patienceMs = 4000;
const pauseMs = 10_000;
const failuresBeforePause = 3;
const parallelQuestions = 8;
const waitingQuestions = 500;

/** A platform that says no is well; one that does not answer is not. */
function isSilence(error: unknown): boolean {
  return !(isUpstreamError(error) && (error.reason === 'refused' || error.reason === 'absent'));
}

export function createLiveOffers(ports: ServerPorts): LiveOffers {
  const policies = new Map<string, IPolicy>();
  return {
    async stock(connectionId, offer) {
      const {upstream} = connectionOf(ports, connectionId);
      const stock = await ask(connectionId, 'stock', signal => upstream.stock(offer, signal));
      return stock ?? {kind: 'unknown'};
    },
    async cost(connectionId, offer, quantity) {
      const {upstream} = connectionOf(ports, connectionId);
      if (!upstream.capabilities.quote) return undefined;
      return ask(connectionId, 'quote', signal => upstream.quote(offer, quantity, signal));
    },
  };

  async function ask<T>(
    connectionId: string,
    question: string,
    answer: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await policyOf(connectionId).execute(({signal}) => answer(signal));
    } catch (error) {
      ports.log.warn('platform did not answer', {
        connectionId,
        question,
        error: error instanceof Error ? error.message : undefined,
      });
      return undefined;
    }
  }

  function policyOf(connectionId: string): IPolicy {
    let policy = policies.get(connectionId);
    if (!policy) {
      policy = wrap(
        bulkhead(parallelQuestions, waitingQuestions),
        circuitBreaker(handleWhen(isSilence), {
          halfOpenAfter: pauseMs,
          breaker: new ConsecutiveBreaker(failuresBeforePause),
        }),
        timeout(patienceMs, TimeoutStrategy.Aggressive),
      );
      policies.set(connectionId, policy);
    }
    return policy;
  }
}
