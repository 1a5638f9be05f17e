import {piecesWorth, type Money} from '../../domain/money.ts';
import type {ProcurementEvent} from '../../domain/procurement.ts';
import type {RefusalReason} from '../../upstreams/port.ts';
import type {AttemptRecord, Attention, ProcurementRecord} from '../persistence/records.ts';
import type {PurchaseOutcome} from './purchase-outcome.ts';

/** What an outcome means: for the procurement, for the buyer's line, and for what happens next. */
export interface Consequence {
  readonly event: ProcurementEvent;
  /** Pieces handed over by this outcome. */
  readonly delivered: number;
  /** Pieces that will not come. */
  readonly failed: number;
  /** Pieces that this source did not give, and another one is asked for. */
  readonly elsewhere: number;
  /** Pieces among `failed` or `elsewhere` that the procurement is not about any more, while it goes on for the others. */
  readonly withdrawn?: number;
  readonly attention?: Omit<Attention, 'since'>;
  /** When to look at the procurement again; absent when it is settled or waits for a person. */
  readonly lookAgainAt?: number;
}

/** Refusals that are the shop's own doing and pass once somebody mends them: the buyer's order waits a while for that. */
export const mendable: ReadonlySet<RefusalReason> = new Set<RefusalReason>([
  'insufficient_balance',
  'account_blocked',
  'credentials',
  'clock',
]);
export const mendingPatienceMs = 30 * 60_000;
export const mendingPauseMs = 30_000;
const firstFollowMs = 5000;

/**
 * @param missing pieces of a delivery that did not come or were no acceptable cards
 * @param othersLeft whether there is another source that has not refused the line for good
 * @param lookAt when an answer that is lost is looked into; absent: that is left to a person
 */
export function consequenceOf(
  now: number,
  procurement: Pick<ProcurementRecord, 'state' | 'quantity' | 'createdAt'>,
  attempt: Pick<AttemptRecord, 'reference' | 'request' | 'expectedCost' | 'balanceBefore'> | undefined,
  outcome: PurchaseOutcome,
  missing: number,
  othersLeft: boolean,
  lookAt: number | undefined,
): Consequence {
  const {quantity, state} = procurement;
  const isAccepted = state === 'accepted' || state === 'processing';
  const nothing = {delivered: 0, failed: 0, elsewhere: 0};
  switch (outcome.kind) {
    case 'delivered':
      if (missing === 0) return {event: {type: 'delivered'}, ...nothing, delivered: quantity};
      // What the platform has paid back of it is not owed by the platform.
      if (outcome.refunded && paidBack(outcome.charged, outcome.refunded) >= missing) {
        const whole = missing === quantity;
        return {event: {type: 'refunded', whole}, delivered: quantity - missing, ...notGiven(missing)};
      }
      return missing < quantity
        ? {
            event: {type: 'partly_delivered'},
            delivered: quantity - missing,
            ...notGiven(missing),
            attention: attention(
              'short_delivery',
              `${missing} of ${quantity} pieces were missing or no acceptable cards`,
            ),
          }
        : chargedWithoutGoods('the delivery held no acceptable card');
    case 'charged_without_goods':
      // The text is not repeated here: what looks like an apology might be a card all the same.
      return chargedWithoutGoods(`the platform put prose in place of the goods; read its order ${outcome.orderId}`);
    case 'accepted':
      return {event: {type: 'accepted'}, ...nothing, lookAgainAt: now + firstFollowMs};
    case 'refused':
      if (othersLeft) return {event: {type: 'refused', exhausted: false}, ...nothing, lookAgainAt: now};
      return mendable.has(outcome.reason) && now - procurement.createdAt < mendingPatienceMs
        ? {event: {type: 'refused', exhausted: false}, ...nothing, lookAgainAt: now + mendingPauseMs}
        : {event: {type: 'refused', exhausted: true}, ...nothing, failed: quantity};
    case 'refunded': {
      const pieces = paidBack(outcome.charged, outcome.refunded);
      if (pieces === quantity) {
        return {
          event: {type: 'refunded', whole: true},
          delivered: 0,
          ...notGiven(quantity),
          ...(outcome.cardsCame && {
            attention: attention(
              'taken_back',
              `The platform delivered its order ${outcome.orderId} and paid ${outcome.refunded.amount} of ${outcome.charged.amount} ${outcome.charged.currency} back. Its cards may be void, and were handed to nobody: ask the platform whether it wants them back`,
            ),
          }),
        };
      }
      return {
        event: {type: 'processing'},
        delivered: 0,
        ...notGiven(pieces),
        withdrawn: pieces,
        attention: attention(
          'refunded_in_part',
          `The platform paid ${outcome.refunded.amount} of ${outcome.charged.amount} ${outcome.charged.currency} back and has delivered nothing: ${outcome.text} Its order ${outcome.orderId} is asked further on for the other pieces`,
        ),
        lookAgainAt: now + firstFollowMs,
      };
    }
    case 'bought_unreadable':
      return {
        // An order that was accepted is not in doubt: it is known to be bought.
        event: {type: isAccepted ? 'processing' : 'answer_lost'},
        ...nothing,
        attention: attention('bought_unreadable', outcome.text),
      };
    case 'unknown':
      return lookAt === undefined
        ? {
            event: {type: 'answer_lost'},
            ...nothing,
            attention: attention('unresolved', `${outcome.reason}: ${outcome.text}`),
          }
        : {event: {type: 'answer_lost'}, ...nothing, lookAgainAt: lookAt};
  }

  function chargedWithoutGoods(text: string): Consequence {
    return {
      event: {type: 'charged_without_goods'},
      delivered: 0,
      ...notGiven(quantity),
      attention: attention('charged_without_goods', text),
    };
  }

  /** Pieces still waited for that the platform has paid back in full: they certainly do not come. */
  function paidBack(charged: Money, refunded: Money): number {
    if (charged.currency !== refunded.currency) return 0;
    const sent = attempt?.request.quantity ?? quantity;
    return Math.max(0, piecesWorth(refunded, charged, sent) - (sent - quantity));
  }

  /** What a source was paid for and did not give is claimed from it by a person; the buyer does not wait for that. */
  function notGiven(pieces: number): {failed: number; elsewhere: number} {
    return othersLeft ? {failed: 0, elsewhere: pieces} : {failed: pieces, elsewhere: 0};
  }

  function attention(reason: Attention['reason'], text: string): Omit<Attention, 'since'> {
    const sent = attempt
      ? ` Reference ${attempt.reference}, expected cost ${attempt.expectedCost.amount} ${attempt.expectedCost.currency}, balance before ${attempt.balanceBefore?.amount ?? 'unknown'}.`
      : '';
    return {reason, evidence: `${text}.${sent}`};
  }
}
