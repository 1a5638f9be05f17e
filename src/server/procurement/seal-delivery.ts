import {secretText, type CardSecret} from '../../domain/card-secret.ts';
import {checkDelivery, saysDone} from '../../domain/fulfilment.ts';
import type {BuyOutcome} from '../../upstreams/port.ts';
import type {PurchaseOutcome} from './purchase-outcome.ts';
import type {CardRecord, ProcurementRecord} from '../persistence/records.ts';
import type {Queries} from '../persistence/store.ts';
import type {ServerPorts} from '../ports.ts';
import {newId} from '../security/ids.ts';
import type {KeyRing} from '../security/key-ring.ts';

export interface SealedCard {
  readonly record: CardRecord;
  /** The card's fingerprints under every key of the ring. */
  readonly fingerprints: readonly string[];
}

/** The cards of a delivery, encrypted. Whether each is acceptable shows when it is written down: see {@link acceptCards}. */
export interface SealedDelivery {
  readonly cards: readonly SealedCard[];
  /** One text may hold all the pieces; it then stands or falls as a whole. */
  readonly piecesPerCard: number;
}

/** Checks what a platform delivered and encrypts it. */
export async function sealDelivery(
  ports: ServerPorts,
  procurement: ProcurementRecord,
  outcome: PurchaseOutcome,
): Promise<SealedDelivery> {
  const {quantity} = procurement;
  const fulfilment = outcome.kind === 'delivered' ? checkDelivery(outcome.secret, quantity) : undefined;
  if (outcome.kind !== 'delivered' || !fulfilment || !('cards' in fulfilment)) return {cards: [], piecesPerCard: 1};
  const cards = await Promise.all(fulfilment.cards.map(secret => sealCard(ports, procurement, secret, outcome)));
  const isOneText = fulfilment.kind === 'complete' && cards.length === 1;
  return {cards, piecesPerCard: isOneText ? quantity : 1};
}

/** Encrypts one card that belongs to a procurement's line. */
export async function sealCard(
  {keys, clock}: ServerPorts,
  {id: procurementId, orderId, lineId}: ProcurementRecord,
  secret: CardSecret,
  {
    note,
    expiresAt,
    reusable,
  }: Partial<Pick<Extract<BuyOutcome, {kind: 'delivered'}>, 'note' | 'expiresAt' | 'reusable'>> = {},
): Promise<SealedCard> {
  const id = newId('crd');
  const fingerprints = await fingerprintsOf(keys, {id, reusable}, secret);
  const record: CardRecord = {
    id,
    orderId,
    lineId,
    procurementId,
    position: 0,
    ...(await keys.seal('card', JSON.stringify(secret), cardContext(id, orderId))),
    fingerprint: fingerprints[0],
    ...(reusable && {reusable}),
    ...(note !== undefined && {note}),
    ...(expiresAt !== undefined && {expiresAt}),
    createdAt: clock.now(),
  };
  return {record, fingerprints};
}

/**
 * The cards that may be handed over, and how many of `quantity` pieces are missing. A card that was delivered before, to
 * anybody, is not accepted: it is already somebody's. Asked in the transaction that writes the cards, since the same one
 * may be coming in for two orders at once.
 */
export async function acceptCards(
  tx: Queries,
  {cards, piecesPerCard}: SealedDelivery,
  quantity: number,
): Promise<{readonly cards: readonly CardRecord[]; readonly missing: number}> {
  const accepted: CardRecord[] = [];
  for (const {record, fingerprints} of cards) {
    if (await isKnown(fingerprints)) continue;
    accepted.push({...record, position: accepted.length});
  }
  return {cards: accepted, missing: quantity - accepted.length * piecesPerCard};

  async function isKnown(fingerprints: readonly string[]): Promise<boolean> {
    if (accepted.some(({fingerprint}) => fingerprints.includes(fingerprint))) return true;
    return tx.hasFingerprint(...fingerprints);
  }
}

/** @throws {Error} when the card was sealed by a key that is not in the ring, or was tampered with. */
export async function openCard(ports: Pick<ServerPorts, 'keys'>, card: CardRecord): Promise<CardSecret> {
  const text = await ports.keys.open('card', card.keyId, card.sealed, cardContext(card.id, card.orderId));
  if (text === undefined) {
    throw new Error(
      `Card ${card.id} cannot be opened with key "${card.keyId}"; put that master key back into the ring.`,
    );
  }
  return JSON.parse(text) as CardSecret;
}

/** The same card under the active key; nothing where it lies under it already. */
export async function resealCard(ports: Pick<ServerPorts, 'keys'>, card: CardRecord): Promise<CardRecord | undefined> {
  const {keys} = ports;
  if (card.keyId === keys.activeKeyId) return undefined;
  const secret = await openCard(ports, card);
  const [fingerprint] = await fingerprintsOf(keys, card, secret);
  return {
    ...card,
    ...(await keys.seal('card', JSON.stringify(secret), cardContext(card.id, card.orderId))),
    fingerprint,
  };
}

function fingerprintsOf(
  keys: KeyRing,
  {id, reusable}: {readonly id: string; readonly reusable?: true | undefined},
  secret: CardSecret,
): Promise<readonly [string, ...string[]]> {
  const text = secretText(secret).trim();
  // A sentence that says a top-up is done is nobody's card: the next order may say the same. A card that everybody gets
  // is everybody's.
  return keys.hashes('card-fingerprint', reusable || saysDone(text) ? `${id} ${text}` : text);
}

function cardContext(cardId: string, orderId: string): string {
  return `card ${cardId} of ${orderId}`;
}
