import {share, subtract} from '../../domain/money.ts';
import type {ProcurementRecord} from '../persistence/records.ts';
import type {Transaction} from '../persistence/store.ts';
import type {ServerPorts} from '../ports.ts';
import {newId} from '../security/ids.ts';

/** Has the rest of a line bought elsewhere: a further part, with its part of the ceiling. */
export async function buyRest(
  tx: Transaction,
  from: ProcurementRecord,
  quantity: number,
  now: number,
  costCeiling = share(from.costCeiling, quantity, from.quantity),
): Promise<void> {
  const parts = (await tx.procurements(from.orderId)).filter(({lineId}) => lineId === from.lineId);
  const {orderId, lineId, connectionId, offer} = from;
  const rest: ProcurementRecord = {
    id: newId('prc'),
    orderId,
    lineId,
    part: Math.max(...parts.map(({part = 1}) => part)) + 1,
    connectionId,
    version: 1,
    state: 'draft',
    quantity,
    offer,
    costCeiling,
    createdAt: now,
    updatedAt: now,
  };
  await tx.insertProcurement(rest);
  await tx.enqueue({type: 'procure', procurementId: rest.id});
}

/** Makes two purchases of one that no source can serve alone; all that was agreed holds for both together. */
export async function splitProcurement(
  {store, clock}: ServerPorts,
  draft: ProcurementRecord,
  quantity: number,
): Promise<void> {
  await store.transaction(async tx => {
    // Everybody locks the order first.
    await tx.order(draft.orderId);
    const current = await tx.procurement(draft.id);
    if (current?.version !== draft.version) return;
    const now = clock.now();
    const costCeiling = share(current.costCeiling, quantity, current.quantity);
    const rest = subtract(current.costCeiling, costCeiling);
    await tx.saveProcurement({...current, quantity, costCeiling, updatedAt: now});
    await tx.enqueue({type: 'procure', procurementId: current.id});
    await buyRest(tx, current, current.quantity - quantity, now, rest);
  });
}
