import type {ReconciliationRequest} from '../../contract/reconciliation.ts';
import type {ReconciliationRecord} from '../persistence/reconciliation-record.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {hashText} from '../security/ids.ts';
import {longestWindowMs, useScarcely} from '../security/scarce-uses.ts';
import {reconcilePayments} from './reconcile-payments.ts';

const day = 24 * 3_600_000;
const defaultDays = 3;
/** Whoever asked is waiting. What was found until then is written down. */
const patienceMs = 60_000;
/** Providers count questions. */
const mostPerHour = 10;

/**
 * Compares with a provider at once, because a person wants to know; once per intent.
 * @throws {ProblemError} `validation_failed`, `idempotency_key_reused`, `too_many_attempts`
 */
export async function compareNow(
  ports: ServerPorts,
  intent: string,
  {provider: providerId, days = defaultDays}: ReconciliationRequest,
  by: string,
): Promise<ReconciliationRecord> {
  const provider = ports.payments.find(({id}) => id === providerId);
  if (!provider || provider.byHand) {
    const why = provider ? 'Only a person knows of its payments.' : 'The shop has no such payment provider.';
    throw new ProblemError('validation_failed', why, {errors: [{path: 'provider', message: 'cannot be asked'}]});
  }
  const id = `rec_${hashText(`reconciliation ${intent}`).slice(0, 24)}`;
  const earlier = await ports.store.reconciliation(id);
  if (earlier) {
    if (earlier.provider === providerId && earlier.days === days) return earlier;
    throw new ProblemError('idempotency_key_reused', 'This key has asked for another comparison.');
  }
  await useScarcely(ports, [
    {kind: 'comparisons with', value: providerId, most: mostPerHour, windowMs: longestWindowMs},
  ]);
  const until = ports.clock.now();
  const signal = AbortSignal.timeout(patienceMs);
  return reconcilePayments(ports, provider, {from: until - days * day, until, id, by, days}, signal);
}
