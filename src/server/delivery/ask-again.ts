import type {DeliveryOccasion, DeliveryRequest} from '../../contract/delivery.ts';
import type {DeliveryRecord} from '../persistence/delivery-record.ts';
import type {OrderRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {hashText} from '../security/ids.ts';
import {longestWindowMs, useScarcely} from '../security/scarce-uses.ts';
import {putDown} from './outbox.ts';

/** Whoever gets the messages did not ask for a flood of them. */
const mostPerHour = 10;

/**
 * Sends again what there is to tell of an order, once per intent: by those of the channels that reach the buyer. Who asked
 * for it stays with the message.
 * @throws {ProblemError} `not_found`, `delivery_not_possible`, `idempotency_key_reused`, `too_many_attempts`
 */
export async function deliverAgain(
  ports: ServerPorts,
  orderId: string,
  intent: string,
  {channels: wanted}: DeliveryRequest,
): Promise<readonly DeliveryRecord[]> {
  const {store, log} = ports;
  const requestHash = hashText(JSON.stringify(wanted.toSorted()));
  if (!(await store.order(orderId))) throw orderNotFound();
  const known = await store.deliveries(orderId);
  if (isRepeated(known, intent, requestHash)) return known;
  await useScarcely(ports, [
    {kind: 'messages asked for again', value: orderId, most: mostPerHour, windowMs: longestWindowMs},
  ]);
  const answer = await store.transaction(async tx => {
    const order = (await tx.order(orderId))!;
    const earlier = await tx.deliveries(orderId);
    if (isRepeated(earlier, intent, requestHash)) return earlier;
    const occasion = occasionNow(order);
    const channels = (ports.delivery ?? []).filter(
      ({name, addressOf}) => wanted.includes(name) && addressOf(order) !== undefined,
    );
    if (!occasion || channels.length === 0) {
      const why = occasion
        ? 'None of these channels is configured and reaches this contact.'
        : 'There is nothing to tell yet.';
      throw new ProblemError('delivery_not_possible', why);
    }
    for (const channel of channels) {
      await putDown(ports, tx, {order, occasion, channel, earlier, request: {intent, requestHash}});
    }
    return tx.deliveries(orderId);
  });
  log.info('message asked for again', {orderId, channels: wanted.join(' ')});
  return answer;
}

/** What there is to tell of an order as it stands. */
function occasionNow({progress: {state, lines}, refunds}: OrderRecord): DeliveryOccasion | undefined {
  const pieces = Object.values(lines);
  if (pieces.some(({delivered}) => delivered > 0)) {
    return pieces.every(({delivered, quantity}) => delivered === quantity) ? 'keys_delivered' : 'keys_partly_delivered';
  }
  if (state === 'refund_pending') return 'refund_due';
  return refunds && refunds.length > 0 ? 'refunded' : undefined;
}

function isRepeated(known: readonly DeliveryRecord[], intent: string, requestHash: string): boolean {
  const earlier = known.find(({request}) => request?.intent === intent);
  if (!earlier) return false;
  if (earlier.request?.requestHash === requestHash) return true;
  throw new ProblemError('idempotency_key_reused', 'This key has asked for another message.');
}

export function orderNotFound(): ProblemError {
  return new ProblemError('not_found', 'There is no such order.');
}
