import type {AttemptRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';

/**
 * Frees what dead processes had claimed, so that it is looked into at once. Nothing is known thereby of what became of it:
 * a purchase that was under way is one whose answer was lost.
 */
export async function takeOverFromDead(ports: ServerPorts): Promise<void> {
  const workers = new Set((await claims(ports)).map(({worker}) => worker));
  for (const worker of workers) {
    await ports.presence.ifDead(worker, async () => {
      const abandoned = (await claims(ports)).filter(claim => claim.worker === worker);
      for (const claim of abandoned) await release(ports, claim);
      ports.log.warn('purchases of a dead process are looked into', {worker, purchases: abandoned.length});
    });
  }
}

/** Attempts that some process may be at work on. */
async function claims({config, store, clock}: ServerPorts): Promise<readonly AttemptRecord[]> {
  const open = await Promise.all(config.connections.map(({id}) => store.openAttempts(id)));
  return open.flat().filter(({leaseUntil}) => leaseUntil > clock.now());
}

async function release({store, clock}: ServerPorts, {id, procurementId, worker}: AttemptRecord): Promise<void> {
  await store.transaction(async tx => {
    const attempt = (await tx.attempts(procurementId)).at(-1);
    if (attempt?.id !== id || attempt.worker !== worker || attempt.leaseUntil <= clock.now()) return;
    await tx.saveAttempt({...attempt, leaseUntil: clock.now()});
    await tx.enqueue({type: 'procure', procurementId});
  });
}
