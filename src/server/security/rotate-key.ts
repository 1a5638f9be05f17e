import {resealEvidence} from '../aftersales/attach-evidence.ts';
import {resealTicket} from '../aftersales/ticket-texts.ts';
import type {SealedKind, SealedRow} from '../persistence/records.ts';
import type {Store} from '../persistence/store.ts';
import {resealOwnCard} from '../own-stock/seal-own-card.ts';
import {resealCard} from '../procurement/seal-delivery.ts';
import {resealAttempt} from '../procurement/sealed-attempt.ts';
import type {KeyRing} from './key-ring.ts';

export const sealedKinds: readonly SealedKind[] = ['card', 'own_card', 'attempt', 'ticket', 'evidence'];

/** Rows per transaction. Files are large, and while a row is held its buyer waits. */
const batchSize: Readonly<Record<SealedKind, number>> = {card: 50, own_card: 200, attempt: 50, ticket: 20, evidence: 2};

export interface Rotation {
  /** Rows that were put under the active key. */
  readonly changed: number;
  /** Rows whose key is not in the ring, or that were tampered with. They are as they were. */
  readonly unopened: readonly {readonly kind: SealedKind; readonly id: string; readonly reason: string}[];
}

export interface RotationOptions {
  /** Called after every committed batch with how many rows were looked at, and how many of them changed, by now. */
  readonly onProgress?: (seen: number, changed: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Puts everything that lies under an older key of the ring under the active one. Servers may run meanwhile, and it may be
 * stopped at any moment: every batch is a transaction, what it has done is done, and a second run finds the rest. It walks
 * until a whole round finds nothing, because a server that does not know the new key yet writes under the old one.
 */
export async function rotateKey(
  {store, keys}: {readonly store: Store; readonly keys: KeyRing},
  {onProgress, signal}: RotationOptions = {},
): Promise<Rotation> {
  let [seen, changed] = [0, 0];
  for (;;) {
    const unopened: Rotation['unopened'][number][] = [];
    let changedNow = 0;
    for (const kind of sealedKinds) {
      let after = '';
      for (;;) {
        signal?.throwIfAborted();
        const batch = await rotateBatch(store, keys, kind, after);
        if (batch.last === undefined) break;
        after = batch.last;
        seen += batch.seen;
        changedNow += batch.changed;
        unopened.push(...batch.unopened);
        onProgress?.(seen, changed + changedNow);
      }
    }
    changed += changedNow;
    if (changedNow === 0) return {changed, unopened};
  }
}

async function rotateBatch(store: Store, keys: KeyRing, kind: SealedKind, after: string) {
  return store.transaction(async tx => {
    const rows = await tx.sealedRows(kind, after, batchSize[kind]);
    const unopened: Rotation['unopened'][number][] = [];
    let changed = 0;
    for (const row of rows) {
      const resealed = await reseal(keys, row).catch((error: Error) => {
        unopened.push({kind, id: row.record.id, reason: error.message});
        return undefined;
      });
      if (!resealed) continue;
      await tx.replaceSealed(resealed);
      changed++;
    }
    return {last: rows.at(-1)?.record.id, seen: rows.length, changed, unopened};
  });
}

/** The row under the active key; nothing where it lies under it already. */
async function reseal(keys: KeyRing, row: SealedRow): Promise<SealedRow | undefined> {
  switch (row.kind) {
    case 'card': {
      const record = await resealCard({keys}, row.record);
      return record && {kind: 'card', record};
    }
    case 'own_card': {
      const record = await resealOwnCard(keys, row.record);
      return record && {kind: 'own_card', record};
    }
    case 'attempt': {
      const record = await resealAttempt({keys}, row.record);
      return record && {kind: 'attempt', record};
    }
    case 'ticket': {
      const record = await resealTicket({keys}, row.record);
      return record && {kind: 'ticket', record};
    }
    case 'evidence': {
      const resealed = await resealEvidence({keys}, row);
      return resealed && {kind: 'evidence', ...resealed};
    }
  }
}

/** Whether the ring has the key a row lies under, and the row was not tampered with. */
export async function isOpenable(keys: KeyRing, row: SealedRow): Promise<boolean> {
  // Under a key that is never the active one, resealing has to open.
  const reading: KeyRing = {...keys, activeKeyId: ''};
  return reseal(reading, row).then(
    () => true,
    () => false,
  );
}

/** How many rows lie under which key: which master keys this database needs. */
export async function keysInUse(store: Store): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const kind of sealedKinds) {
    let after = '';
    for (;;) {
      const rows = await store.sealedRows(kind, after, batchSize[kind]);
      if (rows.length === 0) break;
      for (const row of rows) {
        for (const keyId of keyIdsOf(row)) counts.set(keyId, (counts.get(keyId) ?? 0) + 1);
      }
      after = rows.at(-1)!.record.id;
    }
  }
  return counts;
}

export function keyIdsOf(row: SealedRow): ReadonlySet<string> {
  switch (row.kind) {
    case 'card':
    case 'own_card':
    case 'evidence':
      return new Set([row.record.keyId]);
    case 'attempt': {
      const {request, outcome} = row.record;
      const texts = [request.password, ...(outcome?.kind === 'accepted' ? [outcome.placeholder] : [])];
      return new Set(texts.map(text => text.split('.')[0]!));
    }
    case 'ticket':
      return new Set(row.record.messages.map(({keyId}) => keyId));
  }
}
