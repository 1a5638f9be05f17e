import {ExponentialBackoff, handleAll, retry} from 'cockatiel';
import {nextLookAt, type Looks} from '../../domain/looks.ts';
import {add, share, subtract} from '../../domain/money.ts';
import {reduceOrder} from '../../domain/order.ts';
import {reduceProcurement, restingProcurementStates, type ProcurementState} from '../../domain/procurement.ts';
import {settledBy, type Hint, type SettlementMeans} from '../../domain/reconciliation.ts';
import {isTransitionError} from '../../domain/transition.ts';
import type {RefusalReason} from '../../upstreams/port.ts';
import {tellOfChange} from '../delivery/outbox.ts';
import {recordEarnings} from '../earnings/record-earnings.ts';
import type {AttemptRecord, CardRecord, OrderRecord, ProcurementRecord} from '../persistence/records.ts';
import type {Transaction} from '../persistence/store.ts';
import {connectionOf, type ServerPorts} from '../ports.ts';
import {oweBack} from '../refunds/owe.ts';
import {isAnswered, isHeld, isLasting, type Claim} from './claim.ts';
import {hasFailed, sourcesOf, triedForLine} from './choose-source.ts';
import {consequenceOf, mendable, type Consequence} from './consequence.ts';
import {answered, followPatienceMs} from './overdue.ts';
import {paidFor} from './paid-for.ts';
import {buyRest} from './parts.ts';
import {unlessTakenBack, type PurchaseOutcome} from './purchase-outcome.ts';
import {acceptCards, sealDelivery} from './seal-delivery.ts';
import {sealOutcome} from './sealed-attempt.ts';

/**
 * Writes down what came of a purchase, with everything that follows from it, in one transaction: cards encrypted, the
 * procurement, the buyer's order, what is owed back. An answer that no longer fits, because another one settled the
 * purchase first, changes nothing and is logged.
 * @param circumstances.claim what the answer is to; absent: to a look that claims nothing
 * @param circumstances.look where the looks into a lost answer stand, when one more has not found it
 * @param circumstances.hints what else was seen of a purchase that nobody could find
 */
export async function recordOutcome(
  ports: ServerPorts,
  procurementId: string,
  outcome: PurchaseOutcome,
  circumstances: Pick<Circumstances, 'claim' | 'look' | 'hints'> = {},
): Promise<void> {
  await insistence.execute(async () => {
    const procurement = (await ports.store.procurement(procurementId))!;
    await record(ports, procurement, outcome, {isMeant: () => true, mayGoOn: true, ...circumstances});
  });
}

/** A platform gives a card once: a database that refuses it now is offered it again for about a minute. */
const insistence = retry(handleAll, {
  maxAttempts: 12,
  backoff: new ExponentialBackoff({initialDelay: 100, maxDelay: 10_000}),
});

/** Writes down that a purchase was not sent and no source is left, unless somebody else has sent one since `draft` was read. */
export async function recordNotSent(
  ports: ServerPorts,
  draft: ProcurementRecord,
  reason: RefusalReason,
  text: string,
): Promise<void> {
  const outcome: PurchaseOutcome = {kind: 'refused', reason, text: `Not sent: ${text}`};
  await record(ports, draft, outcome, {isMeant: ({version}) => version === draft.version, mayGoOn: false});
}

interface Circumstances {
  readonly isMeant: (current: ProcurementRecord) => boolean;
  /** Whether another source may be asked. */
  readonly mayGoOn: boolean;
  readonly claim?: Claim | undefined;
  readonly look?: {readonly looks: Looks; readonly nextAt: number | undefined} | undefined;
  readonly hints?: readonly Hint[] | undefined;
}

async function record(
  ports: ServerPorts,
  procurement: ProcurementRecord,
  found: PurchaseOutcome,
  {isMeant, mayGoOn, claim, look, hints = []}: Circumstances,
): Promise<void> {
  const procurementId = procurement.id;
  const outcome = unlessTakenBack(found, connectionOf(ports, procurement.connectionId).upstream.capabilities);
  const delivery = await sealDelivery(ports, procurement, outcome);
  await ports.store.transaction(async tx => {
    const order = await tx.order(procurement.orderId);
    const current = await tx.procurement(procurementId);
    const attempt = (await tx.attempts(procurementId)).at(-1);
    if (!order || !current || !isMeant(current)) return;
    if (claim && attempt && !isHeld(claim, attempt) && !isLasting(outcome)) {
      ports.log.warn('an answer came after it was taken over', {procurementId, outcome: outcome.kind});
      return;
    }
    const now = ports.clock.now();
    const {cards, missing} = await acceptCards(tx, delivery, current.quantity);
    const othersLeft = mayGoOn && (await hasOtherSource(tx, order, current, outcome));
    const lookAt = look ? look.nextAt : nextLookAt(attempt ?? {reconciliations: 0}, now, undefined);
    const consequence = consequenceOf(now, current, attempt, outcome, missing, othersLeft, lookAt);
    const state = restingProcurementStates.has(current.state) ? undefined : nextState(current.state, consequence);
    if (state === undefined) {
      ports.log.error('an answer came that does not fit', {procurementId, state: current.state, outcome: outcome.kind});
      return;
    }
    // A draft has no attempt under way: its last one was settled by an answer of its own.
    if (attempt && current.state !== 'draft') {
      // What an order was accepted with is needed to follow it again, if a person wants that.
      const isUnread =
        (outcome.kind === 'bought_unreadable' || consequence.withdrawn !== undefined) &&
        attempt.outcome?.kind === 'accepted';
      const kept = isUnread ? attempt.outcome : await sealOutcome(ports.keys, attempt.reference, outcome);
      await tx.saveAttempt({
        ...attempt,
        ...look?.looks,
        outcome: kept,
        settledAt: now,
        leaseUntil: now,
        ...(claim && isAnswered(outcome) && {underWayUntil: claim.underWayBefore}),
        ...('refunded' in outcome && outcome.refunded && {refunded: outcome.refunded}),
        ...(outcome.kind !== 'unknown' && {settledBy: settledBy(meansOf(ports, attempt, current))}),
        ...(missing > 0 && outcome.kind === 'delivered' && {missing}),
        ...(hints.length > 0 && {hints}),
      });
    }
    if (cards.length > 0) await tx.insertCards(await behindOthers(tx, cards));
    const attention = consequence.attention && {...consequence.attention, since: now};
    const line = order.lines.find(({id}) => id === current.lineId)!;
    if (consequence.elsewhere > 0) await buyRest(tx, current, consequence.elsewhere, now);
    const {lookAt: _, ...left} = answered(current);
    await tx.saveProcurement({
      ...left,
      ...(consequence.withdrawn !== undefined && withdraw(current, consequence.withdrawn)),
      state,
      updatedAt: now,
      ...(consequence.lookAgainAt !== undefined && {lookAt: consequence.lookAgainAt}),
      ...(state === 'accepted' && {followUntil: now + followPatienceMs[line.delivery]}),
      ...(attention && {attention}),
    });
    const settled = await oweBack(ports, tx, order, settleLine(order, current.lineId, consequence), {
      purpose: 'pieces',
    });
    await tx.saveOrder(settled);
    await recordEarnings(ports.config, tx, settled);
    await tellOfChange(ports, tx, order, settled);
    if (consequence.lookAgainAt !== undefined) {
      await tx.enqueue({type: 'procure', procurementId}, {startAt: consequence.lookAgainAt});
    }
    if (attention) ports.log.warn('a person has to look', {procurementId, orderId: order.id, reason: attention.reason});
    ports.log.info('purchase answered', {procurementId, orderId: order.id, outcome: outcome.kind, state});
  });
}

/** Whether a source is left that has not refused the line for good, or been paid for nothing. */
async function hasOtherSource(
  tx: Transaction,
  order: OrderRecord,
  procurement: ProcurementRecord,
  outcome: PurchaseOutcome,
): Promise<boolean> {
  const {lineId, connectionId} = procurement;
  const sources = sourcesOf(order.lines.find(({id}) => id === lineId)!);
  if (sources.length < 2) return false;
  const tried = await triedForLine(tx, procurement);
  const isPassing = outcome.kind === 'refused' && mendable.has(outcome.reason);
  return sources.some(source =>
    source.connectionId === connectionId ? isPassing : !hasFailed(tried, source.connectionId),
  );
}

/** A line's cards stand one behind the other, whichever part they came with. */
export async function behindOthers(tx: Transaction, cards: readonly CardRecord[]): Promise<readonly CardRecord[]> {
  const [{orderId, lineId}] = cards as readonly [CardRecord];
  const first = Math.max(
    -1,
    ...(await tx.cards(orderId)).filter(card => card.lineId === lineId).map(card => card.position),
  );
  return cards.map((card, index) => ({...card, position: first + 1 + index}));
}

function nextState(state: ProcurementState, {event}: Consequence) {
  try {
    return reduceProcurement(state, event);
  } catch (error) {
    if (isTransitionError(error)) return undefined;
    throw error;
  }
}

/** The purchase of the pieces that are left when so many of them certainly do not come. */
function withdraw({quantity, costCeiling}: ProcurementRecord, pieces: number) {
  return {
    quantity: quantity - pieces,
    costCeiling: subtract(costCeiling, share(costCeiling, pieces, quantity)),
  };
}

/** How the outcome of a purchase in this state becomes known. */
function meansOf(ports: ServerPorts, {connectionId}: AttemptRecord, {state}: ProcurementRecord): SettlementMeans {
  if (state === 'accepted' || state === 'processing') return 'follow';
  if (state !== 'unknown') return 'answer';
  const {queryByReference, idempotency} = connectionOf(ports, connectionId).upstream.capabilities;
  if (queryByReference) return 'query';
  return idempotency === 'replay' ? 'replay' : 'repeat';
}

/** The order when so many more pieces of a line were handed over, or will not come. */
export function settleLine(
  order: OrderRecord,
  lineId: string,
  {delivered, failed}: Pick<Consequence, 'delivered' | 'failed'>,
): OrderRecord {
  const line = order.lines.find(({id}) => id === lineId)!;
  let {progress} = order;
  // A purchase that was refused before it was sent has not started the order's fulfilment yet.
  if (delivered + failed > 0 && progress.state === 'paid')
    progress = reduceOrder(progress, {type: 'fulfilment_started'});
  if (delivered > 0) progress = reduceOrder(progress, {type: 'pieces_delivered', lineId, count: delivered});
  if (failed > 0) progress = reduceOrder(progress, {type: 'pieces_failed', lineId, count: failed});
  return {
    ...order,
    progress,
    refundDue: add(order.refundDue, paidFor(line, order.progress.lines[lineId]!.failed, failed)),
  };
}
