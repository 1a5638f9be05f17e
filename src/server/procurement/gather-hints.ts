import {readBalanceChange, readOrderList, type Hint} from '../../domain/reconciliation.ts';
import {can} from '../../upstreams/optional-calls.ts';
import {isUpstreamError, type Upstream} from '../../upstreams/port.ts';
import type {AttemptRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';

const readPatienceMs = 10_000;
/** The list of orders is asked from a while before: clocks differ. */
const slackMs = 10 * 60_000;
/** Further purchases at the platform that are looked at. */
const mostAttempts = 500;

/** Everything else there is to see of a purchase that nobody could find: evidence for a person, and no more. */
export async function gatherHints(
  {store}: Pick<ServerPorts, 'store'>,
  upstream: Upstream,
  attempt: AttemptRecord,
): Promise<readonly Hint[]> {
  const {connectionId, sentAt} = attempt;
  const since = sentAt - slackMs;
  const others = (await store.latestAttempts(connectionId, {since, limit: mostAttempts})).filter(
    ({id}) => id !== attempt.id,
  );
  const hints = await Promise.all([orderList(upstream, attempt, since, others), balance(upstream, attempt, others)]);
  return hints.filter(hint => hint !== undefined);
}

async function orderList(
  upstream: Upstream,
  {reference}: AttemptRecord,
  since: number,
  others: readonly AttemptRecord[],
): Promise<Hint | undefined> {
  if (!can(upstream, 'orders')) return undefined;
  try {
    const orders = await upstream.orders(since, AbortSignal.timeout(readPatienceMs));
    const references = new Set(others.map(other => other.reference));
    return readOrderList(orders, reference, other => references.has(other));
  } catch (error) {
    if (!isUpstreamError(error)) throw error;
    return undefined;
  }
}

async function balance(
  upstream: Upstream,
  {balanceBefore: before, expectedCost: expected, sentAt}: AttemptRecord,
  others: readonly AttemptRecord[],
): Promise<Hint | undefined> {
  if (!before) return undefined;
  try {
    const {balance: now} = await upstream.connect(AbortSignal.timeout(readPatienceMs));
    if (now?.currency !== before.currency) return undefined;
    const meanwhile = others.filter(({settledAt = Infinity}) => settledAt >= sentAt);
    const charges = meanwhile.flatMap(({outcome}) => (outcome && 'charged' in outcome ? [outcome.charged] : []));
    return readBalanceChange({
      before,
      now,
      expected,
      explained: charges.filter(({currency}) => currency === before.currency),
      isBlurred:
        meanwhile.some(({outcome, refunded}) => refunded !== undefined || !outcome || vague.has(outcome.kind)) ||
        charges.some(({currency}) => currency !== before.currency),
    });
  } catch (error) {
    if (!isUpstreamError(error)) throw error;
    return undefined;
  }
}

const vague: ReadonlySet<string> = new Set(['unknown', 'bought_unreadable']);
