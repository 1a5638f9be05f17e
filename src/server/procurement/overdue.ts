import type {DeliveryKind} from '../../domain/product.ts';
import type {AttemptRecord} from '../persistence/records.ts';
import {overdue} from '../persistence/waits-for-person.ts';
import type {ServerPorts} from '../ports.ts';

/** How long an accepted order may take before a person is called: of a good that comes at once, and of one that a person sends. */
const overdueAfterMs: Readonly<Record<DeliveryKind, number>> = {automatic: 60 * 60_000, manual: 24 * 60 * 60_000};

/**
 * A platform may answer "being delivered" for ever: a reselling one never hears of its own platform's goods again. A
 * person can ask there, and the buyer is served all the same if the goods arrive by themselves.
 */
export async function callWhenOverdue(
  ports: ServerPorts,
  {procurementId, request: {delivery, reference}, sentAt}: AttemptRecord,
  orderId: string,
  what: string,
): Promise<void> {
  const now = ports.clock.now();
  if (now - sentAt < overdueAfterMs[delivery]) return;
  await ports.store.transaction(async tx => {
    const named = await tx.procurement(procurementId);
    const order = named && (await tx.order(named.orderId));
    const procurement = await tx.procurement(procurementId);
    const isWaiting = procurement?.state === 'accepted' || procurement?.state === 'processing';
    if (!order || !isWaiting || procurement.attention) return;
    const hours = Math.floor((now - sentAt) / 3_600_000);
    // The text it was accepted with is not repeated here: it may be a card.
    const evidence = `The platform took order ${orderId} ${hours} h ago and ${what}. Reference ${reference}. It is asked further on.`;
    await tx.saveProcurement({...procurement, updatedAt: now, attention: {reason: overdue, since: now, evidence}});
    ports.log.warn('a person has to look', {procurementId, orderId: order.id, reason: overdue});
  });
}
