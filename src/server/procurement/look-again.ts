import {restingProcurementStates} from '../../domain/procurement.ts';
import type {ProcurementRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';

const longestPauseMs = 5 * 60_000;

/** The same look later: soon at first, then less and less often. Nothing has been bought by looking. */
export async function lookAgain(
  ports: ServerPorts,
  {id, orderId, createdAt}: ProcurementRecord,
  because?: string,
): Promise<void> {
  if (because !== undefined) ports.log.warn('purchase has to wait', {procurementId: id, orderId, because});
  const now = ports.clock.now();
  const pause = Math.min(Math.max(2000, (now - createdAt) / 4), longestPauseMs);
  const lookAt = now + Math.round(pause);
  await ports.store.transaction(async tx => {
    // Everybody locks the order first.
    await tx.order(orderId);
    const procurement = await tx.procurement(id);
    if (!procurement || restingProcurementStates.has(procurement.state)) return;
    await tx.saveProcurement({...procurement, lookAt});
    await tx.enqueue({type: 'procure', procurementId: id}, {startAt: lookAt});
  });
}
