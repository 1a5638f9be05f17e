import {readSecret, secretText} from '../../domain/card-secret.ts';
import type {OwnCardRecord} from '../persistence/records.ts';
import {newId} from '../security/ids.ts';
import type {KeyRing} from '../security/key-ring.ts';

/** The fingerprints of a card under every key of the ring: those that it will have when it is delivered. */
export function ownFingerprints(keys: KeyRing, text: string): Promise<readonly [string, ...string[]]> {
  return keys.hashes('card-fingerprint', secretText(readSecret(text)).trim());
}

/** Encrypts a card that is put into stock. */
export async function sealOwnCard(
  keys: KeyRing,
  text: string,
  card: Omit<OwnCardRecord, 'id' | 'keyId' | 'sealed'>,
): Promise<OwnCardRecord> {
  const id = newId('own');
  return {id, ...card, ...(await keys.seal('own-card', text, contextOf(id, card)))};
}

/** @throws {OwnCardError} when the card was sealed by a key that is not in the ring, or was tampered with. */
export async function openOwnCard(keys: KeyRing, card: OwnCardRecord): Promise<string> {
  const text = await keys.open('own-card', card.keyId, card.sealed, contextOf(card.id, card));
  if (text === undefined) throw new OwnCardError(card);
  return text;
}

/** The same card under the active key; nothing where it lies under it already. */
export async function resealOwnCard(keys: KeyRing, card: OwnCardRecord): Promise<OwnCardRecord | undefined> {
  if (card.keyId === keys.activeKeyId) return undefined;
  const text = await openOwnCard(keys, card);
  const [fingerprint] = await ownFingerprints(keys, text);
  return {...card, ...(await keys.seal('own-card', text, contextOf(card.id, card))), fingerprint};
}

export class OwnCardError extends Error {
  override readonly name = 'OwnCardError';

  constructor({id, keyId}: OwnCardRecord) {
    super(`Own card ${id} cannot be opened with key "${keyId}"; put that master key back into the ring.`);
  }
}

function contextOf(id: string, {connectionId, goodCode}: Pick<OwnCardRecord, 'connectionId' | 'goodCode'>): string {
  return `own card ${id} of ${connectionId} ${goodCode}`;
}
