import {secretText, type CardSecret} from '../../domain/card-secret.ts';
import {checkDelivery} from '../../domain/fulfilment.ts';
import type {BuyOutcome} from '../../upstreams/port.ts';
import type {CardRecord, ProcurementRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {newId} from '../security/ids.ts';

/** The acceptable cards of a delivery, encrypted, and how many pieces are missing. */
export interface SealedDelivery {
  readonly cards: readonly CardRecord[];
  readonly missing: number;
}

/**
 * Checks what a platform delivered and encrypts it. A card that was delivered before, to anybody, is not accepted: it is
 * already somebody's.
 */
export async function sealDelivery(
  ports: ServerPorts,
  {id, orderId, lineId, quantity}: ProcurementRecord,
  outcome: BuyOutcome,
): Promise<SealedDelivery> {
  if (outcome.kind !== 'delivered') return {cards: [], missing: 0};
  const fulfilment = checkDelivery(outcome.secret, quantity);
  if (fulfilment.kind === 'empty' || fulfilment.kind === 'placeholder') return {cards: [], missing: quantity};
  const cards: CardRecord[] = [];
  for (const secret of fulfilment.cards) {
    const fingerprints = await ports.keys.hashes('card-fingerprint', secretText(secret).trim());
    if (await isKnown(fingerprints)) continue;
    const cardId = newId('crd');
    cards.push({
      id: cardId,
      orderId,
      lineId,
      procurementId: id,
      position: cards.length,
      ...(await ports.keys.seal('card', JSON.stringify(secret), cardContext(cardId, orderId))),
      fingerprint: fingerprints[0],
      ...(outcome.note !== undefined && {note: outcome.note}),
      createdAt: ports.clock.now(),
    });
  }
  // One text may hold all the pieces; it then stands or falls as a whole.
  const pieces = fulfilment.kind === 'complete' && fulfilment.cards.length === 1 ? quantity * cards.length : cards.length;
  return {cards, missing: quantity - pieces};

  async function isKnown(fingerprints: readonly string[]): Promise<boolean> {
    if (cards.some(({fingerprint}) => fingerprints.includes(fingerprint))) return true;
    for (const fingerprint of fingerprints) {
      if (await ports.store.hasFingerprint(fingerprint)) return true;
    }
    return false;
  }
}

/** @throws {Error} when the card was sealed by a key that is not in the ring, or was tampered with. */
export async function openCard(ports: ServerPorts, card: CardRecord): Promise<CardSecret> {
  const text = await ports.keys.open('card', card.keyId, card.sealed, cardContext(card.id, card.orderId));
  if (text === undefined) {
    throw new Error(`Card ${card.id} cannot be opened with key "${card.keyId}"; put that master key back into the ring.`);
  }
  return JSON.parse(text) as CardSecret;
}

function cardContext(cardId: string, orderId: string): string {
  return `card ${cardId} of ${orderId}`;
}
