import type {CaseReason} from '../../contract/case.ts';
import type {DeliveryKind} from '../../domain/product.ts';
import type {AttemptRecord, ProcurementRecord} from '../persistence/records.ts';
import {isFollowedOn} from '../persistence/waits-for-person.ts';
import type {ServerPorts} from '../ports.ts';

const hourMs = 60 * 60_000;
/** How long an accepted order may take before a person is called: of a good that comes at once, and of one that a person sends. */
export const overdueAfterMs: Readonly<Record<DeliveryKind, number>> = {automatic: hourMs, manual: 24 * hourMs};
/** How long it is followed all the same. */
export const followPatienceMs: Readonly<Record<DeliveryKind, number>> = {
  automatic: 72 * hourMs,
  manual: 7 * 24 * hourMs,
};

/**
 * A platform may answer "being delivered" for ever: a reselling one never hears of its own platform's goods again. A
 * person is called who can ask there, and until the order has been followed long enough, the buyer is served all the
 * same if the goods arrive by themselves. Tells whether to look again.
 */
export async function mayStillCome(
  {store, clock, log}: ServerPorts,
  {procurementId, request: {delivery, reference}, sentAt}: AttemptRecord,
  orderId: string,
  what: string,
): Promise<boolean> {
  const now = clock.now();
  return store.transaction(async tx => {
    const named = await tx.procurement(procurementId);
    // Everybody locks the order first.
    const order = named && (await tx.order(named.orderId));
    const procurement = await tx.procurement(procurementId);
    const isWaiting = procurement?.state === 'accepted' || procurement?.state === 'processing';
    if (!order || !isWaiting) return false;
    const {followUntil = sentAt + followPatienceMs[delivery], ...abandoned} = procurement;
    const isFollowed = now < followUntil;
    const isLate = now >= followUntil - followPatienceMs[delivery] + overdueAfterMs[delivery];
    if (isFollowed && (procurement.attention || !isLate)) return true;
    const hours = Math.floor((now - sentAt) / hourMs);
    // The text it was accepted with is not repeated here: it may be a card.
    const evidence = `The platform took order ${orderId} ${hours} h ago and ${what}. Reference ${reference}. It is ${isFollowed ? 'asked further on' : 'not asked any more'}.`;
    const {since} = procurement.attention ?? {since: now};
    await tx.saveProcurement({
      ...(isFollowed ? procurement : abandoned),
      updatedAt: now,
      attention: {reason: 'overdue', since, evidence},
    });
    log.warn('a person has to look', {procurementId, orderId: order.id, reason: 'overdue'});
    return isFollowed;
  });
}

/**
 * Whoever was called because an answer was overdue or not to be had, or only a part of the money came back, need not look
 * any more: here it is.
 */
export function answered(procurement: ProcurementRecord): ProcurementRecord {
  const {attention, ...rest} = procurement;
  return attention && (isFollowedOn(attention) || withoutAnswer.has(attention.reason)) ? rest : procurement;
}

const withoutAnswer: ReadonlySet<CaseReason> = new Set<CaseReason>(['unresolved', 'bought_unreadable']);
