import {scorecardOf, type Scorecard, type TrialResult} from '../../domain/scorecard.ts';
import type {AttemptRecord} from '../persistence/records.ts';
import {connectionOf, type ServerPorts} from '../ports.ts';
import {overdueAfterMs} from './overdue.ts';

/** A platform is judged by its last purchases: of a new one those are its first. */
const mostPurchases = 50;
const usualTrialPurchases = 10;

/** How a platform has done in its last purchases for the shop. */
export async function readScorecard(ports: ServerPorts, connectionId: string): Promise<Scorecard> {
  const {config} = connectionOf(ports, connectionId);
  const now = ports.clock.now();
  const attempts = await ports.store.latestAttempts(connectionId, {limit: mostPurchases});
  const results = attempts.map(attempt => resultOf(attempt, now)).filter(result => result !== undefined);
  return scorecardOf(results, config.trust, config.trial?.purchases ?? usualTrialPurchases);
}

/** Nothing where nothing was bought, or it is too early to say. */
export function resultOf(
  {outcome, missing, refunded, sentAt, settledAt = sentAt, leaseUntil, request}: AttemptRecord,
  now: number,
): TrialResult | undefined {
  const isSlow = (until: number) => until - sentAt > overdueAfterMs[request.delivery];
  switch (outcome?.kind) {
    case 'refused':
      return undefined;
    case 'delivered':
      if (missing !== undefined) return refunded ? 'refunded' : 'short';
      return isSlow(settledAt) ? 'slow' : 'right';
    case 'accepted':
      return isSlow(now) ? 'slow' : undefined;
    case 'charged_without_goods':
      return 'wrong';
    case 'bought_unreadable':
      return 'unreadable';
    case 'refunded':
      return 'refunded';
    case 'unknown':
      return 'unknown';
    case undefined:
      return leaseUntil < now ? 'unknown' : undefined;
  }
}
