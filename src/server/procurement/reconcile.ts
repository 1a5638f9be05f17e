import {beginLook, endLook, isLookedAtInVain, nextLookAt, type Looks} from '../../domain/looks.ts';
import {compare} from '../../domain/money.ts';
import {isUpstreamError, type BuyOutcome, type Upstream, type UpstreamError} from '../../upstreams/port.ts';
import type {ConnectionGuards} from '../connection-guards.ts';
import type {AttemptRecord, ProcurementRecord} from '../persistence/records.ts';
import type {Connection, ServerPorts} from '../ports.ts';
import {buyPatienceMs, isHeld, leaseMs, notSentFromHere, type Claim} from './claim.ts';
import {gatherHints} from './gather-hints.ts';
import {lookAgain} from './look-again.ts';
import {recordOutcome} from './record-outcome.ts';
import {openRequest} from './sealed-attempt.ts';

const readPatienceMs = 10_000;
/** How long a lost answer waits for a silent platform before the looks are counted, and a person is called at last. */
const silencePatienceMs = 60 * 60_000;

/** Finds out what became of a lost answer, by the means that the connection's protocol has. */
export async function reconcile(
  ports: ServerPorts,
  guards: ConnectionGuards,
  {config, upstream}: Connection,
  procurement: ProcurementRecord,
): Promise<void> {
  if (!repeats(upstream)) return look(ports, upstream, procurement, undefined);
  // Where the only way to ask is to repeat the purchase, the repeat may be what buys: the ceiling holds for it, too, and the
  // number of purchases at one time.
  const check = await checkCost(upstream, procurement);
  const isYoung = ports.clock.now() - procurement.createdAt < silencePatienceMs;
  if (check.kind === 'silent' && isYoung) return lookAgain(ports, procurement, check.error.message);
  const done = await guards.purchase(config.id, () => look(ports, upstream, procurement, check));
  if (done === 'busy') await lookAgain(ports, procurement, `${config.id} has too many purchases waiting`);
}

async function look(
  ports: ServerPorts,
  upstream: Upstream,
  procurement: ProcurementRecord,
  check: CostCheck | undefined,
): Promise<void> {
  const watch = ports.presence.watch();
  if (!watch) return lookAgain(ports, procurement, 'the other processes cannot see this one');
  const claim = await claimReconciliation(ports, upstream, procurement.id);
  if (!claim) return;
  if (!(await watch.isUnbroken())) {
    await letGo(ports, claim);
    return lookAgain(ports, procurement, notSentFromHere.text);
  }
  const found = believed(ports, upstream, claim, await lookInto(ports, upstream, claim, check));
  if (found.kind !== 'unknown') return recordOutcome(ports, procurement.id, found, {claim});
  const now = ports.clock.now();
  const looks = endLook(claim.attempt, claim.before, found.absent ?? false, now);
  const look = {looks, nextAt: nextLookAt(looks, now, upstream.capabilities.absentAfterMs)};
  if (look.nextAt !== undefined) return recordOutcome(ports, procurement.id, found, {claim, look});
  const hints = await gatherHints(ports, upstream, claim.attempt);
  const seen = hints.map(({text}) => `. ${text}`).join('');
  await recordOutcome(ports, procurement.id, {...found, text: `${found.text}${seen}`}, {claim, look, hints});
}

/** Leaves a look that was not made to whoever comes next, unless somebody has it already. */
async function letGo({store, clock}: ServerPorts, claim: LookClaim): Promise<void> {
  const {procurementId} = claim.attempt;
  await store.transaction(async tx => {
    const current = (await tx.attempts(procurementId)).at(-1);
    if (!current || !isHeld(claim, current)) return;
    const {absentSince} = claim.before;
    await tx.saveAttempt({
      ...current,
      leaseUntil: clock.now(),
      underWayUntil: claim.underWayBefore,
      ...(absentSince !== undefined && {absentSince}),
    });
  });
}

function repeats({capabilities}: Upstream): boolean {
  return !capabilities.queryByReference;
}

/** That a repeat is refused says nothing of what was sent before, as long as the platform may be at work on that. */
function believed({clock}: ServerPorts, upstream: Upstream, {underWayBefore}: Claim, found: BuyOutcome): BuyOutcome {
  if (found.kind !== 'refused' || !repeats(upstream) || underWayBefore <= clock.now()) return found;
  return {
    ...found,
    kind: 'unknown',
    reason: 'ambiguous_refusal',
    text: `${found.text}. An earlier one may be under way`,
  };
}

type CostCheck =
  | {readonly kind: 'affordable'}
  | {readonly kind: 'too_much'; readonly text: string}
  | {readonly kind: 'silent'; readonly error: UpstreamError};

/** A purchase above the ceiling is not repeated; few platforms let us say what it may cost at most. */
async function checkCost(upstream: Upstream, {offer, quantity, costCeiling}: ProcurementRecord): Promise<CostCheck> {
  if (!upstream.capabilities.quote) return {kind: 'affordable'};
  const signal = AbortSignal.timeout(readPatienceMs);
  try {
    const [cost] = await Promise.all([upstream.quote(offer, quantity, signal), upstream.connect(signal)]);
    return compare(cost, costCeiling) > 0
      ? {kind: 'too_much', text: `It costs ${cost.amount} now and may cost ${costCeiling.amount}.`}
      : {kind: 'affordable'};
  } catch (error) {
    if (!isUpstreamError(error)) throw error;
    return error.reason === 'refused' || error.reason === 'absent'
      ? {kind: 'too_much', text: error.message}
      : {kind: 'silent', error};
  }
}

async function lookInto(
  ports: ServerPorts,
  upstream: Upstream,
  {attempt, before, isLongAbsent}: LookClaim,
  check: CostCheck | undefined,
): Promise<BuyOutcome> {
  if (isLookedAtInVain(before, ports.clock.now())) {
    return {
      kind: 'unknown',
      reason: 'connection',
      text: 'It was looked into again and again, and no look came to an end',
    };
  }
  if (check?.kind === 'silent')
    return {kind: 'unknown', reason: 'timeout', text: `Not repeated: ${check.error.message}`};
  if (check?.kind === 'too_much') {
    return {kind: 'unknown', reason: 'ambiguous_refusal', text: `Not repeated: ${check.text}`};
  }
  const request = await openRequest(ports.keys, attempt);
  return upstream.reconcile(request, AbortSignal.timeout(buyPatienceMs), isLongAbsent);
}

interface LookClaim extends Claim {
  /** The looks before this one. */
  readonly before: Looks;
  /** Whether the order has been missing for so long that its purchase may be sent again. */
  readonly isLongAbsent: boolean;
}

async function claimReconciliation(
  {store, clock, presence}: ServerPorts,
  upstream: Upstream,
  procurementId: string,
): Promise<LookClaim | undefined> {
  return store.transaction(async tx => {
    const procurement = await tx.procurement(procurementId);
    const attempt = (await tx.attempts(procurementId)).at(-1);
    if (procurement?.state !== 'unknown' || !attempt) return undefined;
    const now = clock.now();
    const underWayBefore = attempt.underWayUntil ?? attempt.sentAt + leaseMs;
    // Two at once may both buy, where the platform looks for a reference first and writes it down after.
    const isApart = !repeats(upstream) || upstream.capabilities.claimsReference;
    const freeAt = Math.max(attempt.leaseUntil, isApart ? 0 : underWayBefore);
    if (freeAt > now) {
      await tx.enqueue({type: 'procure', procurementId}, {startAt: freeAt});
      return undefined;
    }
    const {absentSince: _, ...rest} = attempt;
    const {looks, isLongAbsent} = beginLook(attempt, now, upstream.capabilities.absentAfterMs);
    const claimed: AttemptRecord = {
      ...rest,
      ...looks,
      worker: presence.worker,
      leaseUntil: now + leaseMs,
      ...(repeats(upstream) && {underWayUntil: now + leaseMs}),
    };
    await tx.saveAttempt(claimed);
    await tx.enqueue({type: 'procure', procurementId}, {startAt: claimed.leaseUntil});
    return {attempt: claimed, underWayBefore, before: attempt, isLongAbsent};
  });
}
