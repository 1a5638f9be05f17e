import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex} from '@noble/hashes/utils.js';
import {evidenceType, maximumEvidenceBytes, maximumEvidenceCount} from '../../domain/evidence.ts';
import type {EvidenceRecord, SealedRow} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import type {Bytes} from '../security/encoding.ts';
import {newId} from '../security/ids.ts';
import {ticketClosed} from './write-message.ts';

/**
 * Attaches a file, once per intent. What it is, its first bytes say. It is stored encrypted.
 * @throws {ProblemError} `evidence_type_unsupported`, `payload_too_large`, `evidence_limit_reached`, `ticket_closed`,
 * `idempotency_key_reused`
 */
export async function attachEvidence(
  ports: ServerPorts,
  ticketId: string,
  intent: string,
  bytes: Bytes,
): Promise<EvidenceRecord> {
  const mediaType = evidenceType(bytes);
  if (bytes.length > maximumEvidenceBytes) {
    throw new ProblemError('payload_too_large', `A file may have ${maximumEvidenceBytes} bytes.`);
  }
  if (!mediaType) {
    throw new ProblemError('evidence_type_unsupported', 'Send a PNG, JPEG or WebP picture, or a PDF.');
  }
  const id = newId('evd');
  const {keyId, sealed} = await ports.keys.sealBytes('evidence', bytes, contextOf(id, ticketId));
  const evidence: EvidenceRecord = {
    id,
    ticketId,
    intent,
    contentHash: bytesToHex(sha256(bytes)),
    mediaType,
    size: bytes.length,
    keyId,
    createdAt: ports.clock.now(),
  };
  return ports.store.transaction(async tx => {
    const ticket = (await tx.ticket(ticketId))!;
    const attached = await tx.evidence(ticketId);
    const earlier = attached.find(each => each.intent === intent);
    if (earlier) {
      if (earlier.contentHash === evidence.contentHash) return earlier;
      throw new ProblemError('idempotency_key_reused', 'This key has attached another file.');
    }
    if (ticket.progress.state === 'closed') throw ticketClosed();
    if (attached.length >= maximumEvidenceCount) {
      throw new ProblemError('evidence_limit_reached', `A ticket can have ${maximumEvidenceCount} files.`);
    }
    await tx.insertEvidence(evidence, sealed);
    return evidence;
  });
}

/** @throws {Error} when the file was sealed by a key that is not in the ring, or was tampered with. */
export async function readEvidence(
  {store, keys}: Pick<ServerPorts, 'store' | 'keys'>,
  record: EvidenceRecord,
): Promise<Bytes> {
  const sealed = await store.evidenceBytes(record.id);
  const context = contextOf(record.id, record.ticketId);
  const bytes = sealed && (await keys.openBytes('evidence', record.keyId, sealed, context));
  if (!bytes) throw unopenable(record);
  return bytes;
}

/** The same file under the active key; nothing where it lies under it already. */
export async function resealEvidence(
  {keys}: Pick<ServerPorts, 'keys'>,
  {record, sealed: before}: Pick<Extract<SealedRow, {kind: 'evidence'}>, 'record' | 'sealed'>,
): Promise<{readonly record: EvidenceRecord; readonly sealed: Bytes} | undefined> {
  if (record.keyId === keys.activeKeyId) return undefined;
  const context = contextOf(record.id, record.ticketId);
  const bytes = await keys.openBytes('evidence', record.keyId, before, context);
  if (!bytes) throw unopenable(record);
  const {keyId, sealed} = await keys.sealBytes('evidence', bytes, context);
  return {record: {...record, keyId}, sealed};
}

function unopenable({id, keyId}: EvidenceRecord): Error {
  return new Error(`File ${id} cannot be opened with key "${keyId}"; put that master key back into the ring.`);
}

function contextOf(id: string, ticketId: string): string {
  return `evidence ${id} of ${ticketId}`;
}
