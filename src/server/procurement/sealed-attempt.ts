import type {BuyRequest} from '../../upstreams/port.ts';
import type {AttemptRecord} from '../persistence/records.ts';
import type {KeyRing} from '../security/key-ring.ts';
import type {PurchaseOutcome} from './purchase-outcome.ts';

/*
 * What an attempt keeps lies encrypted where it could open an order or be a card: the password sent along, and the text
 * that an order was accepted with. Both are needed again to the letter, also after the master key was changed.
 */

export async function sealRequest(keys: KeyRing, request: BuyRequest): Promise<BuyRequest> {
  return {...request, password: await seal(keys, 'password', request.reference, request.password)};
}

/** The request as it goes out, byte for byte the same each time. */
export async function openRequest(keys: KeyRing, {request}: Pick<AttemptRecord, 'request'>): Promise<BuyRequest> {
  return {...request, password: await open(keys, 'password', request.reference, request.password)};
}

/** What an attempt may remember of its outcome. Texts that are cards, or might be, are taken out or sealed. */
export async function sealOutcome(
  keys: KeyRing,
  reference: string,
  outcome: PurchaseOutcome,
): Promise<PurchaseOutcome> {
  switch (outcome.kind) {
    case 'delivered':
      return {...outcome, secret: ''};
    case 'charged_without_goods':
      return {...outcome, text: ''};
    case 'accepted':
      return {...outcome, placeholder: await seal(keys, 'placeholder', reference, outcome.placeholder)};
    case 'refused':
    case 'refunded':
    case 'bought_unreadable':
    case 'unknown':
      return outcome;
  }
}

/** The text that an order was accepted with. */
export async function openPlaceholder(keys: KeyRing, reference: string, sealed: string): Promise<string> {
  return open(keys, 'placeholder', reference, sealed);
}

/** The same attempt under the active key; nothing where it lies under it already. */
export async function resealAttempt(
  {keys}: {readonly keys: KeyRing},
  attempt: AttemptRecord,
): Promise<AttemptRecord | undefined> {
  const {request, outcome} = attempt;
  const placeholder = outcome?.kind === 'accepted' ? outcome.placeholder : undefined;
  const isCurrent = (text: string) => text.startsWith(`${keys.activeKeyId}.`);
  if (isCurrent(request.password) && (placeholder === undefined || isCurrent(placeholder))) return undefined;
  return {
    ...attempt,
    request: await sealRequest(keys, await openRequest(keys, attempt)),
    ...(outcome?.kind === 'accepted' && {
      outcome: await sealOutcome(keys, request.reference, {
        ...outcome,
        placeholder: await openPlaceholder(keys, request.reference, outcome.placeholder),
      }),
    }),
  };
}

async function seal(keys: KeyRing, what: string, reference: string, text: string): Promise<string> {
  const {keyId, sealed} = await keys.seal('purchase', text, `${what} of ${reference}`);
  return `${keyId}.${sealed}`;
}

async function open(keys: KeyRing, what: string, reference: string, text: string): Promise<string> {
  const [keyId = '', sealed = ''] = text.split('.');
  const opened = await keys.open('purchase', keyId, sealed, `${what} of ${reference}`);
  if (opened === undefined) {
    throw new Error(
      `The ${what} of purchase ${reference} cannot be opened with key "${keyId}"; put that master key back into the ring.`,
    );
  }
  return opened;
}
