import {can, type PlatformEvent, type WebhookAnswer, type WebhookNotice} from '../../upstreams/optional-calls.ts';
import {noteChangedGoods} from '../catalogue/look-at-good.ts';
import type {AttemptRecord} from '../persistence/records.ts';
import {connectionOf, type ServerPorts} from '../ports.ts';
import {hashText, isId} from '../security/ids.ts';

/** More than any platform tells of at once. */
const mostEvents = 100;

/**
 * Takes a notice that claims to come from a connection's platform. What is verified is only a hint: an order of this
 * connection that it is about is read again at the platform, as it would have been anyway, only sooner; so is a good. Nothing in the
 * notice becomes true by being said.
 * @returns what to answer the platform; nothing where the connection takes no notices
 */
export async function takeNotice(
  ports: ServerPorts,
  connectionId: string,
  notice: WebhookNotice,
): Promise<WebhookAnswer | undefined> {
  const {upstream} = connectionOf(ports, connectionId);
  if (!can(upstream, 'webhook')) return undefined;
  const reading = upstream.webhook(notice);
  if (reading.kind === 'refused') {
    ports.log.warn('notice refused', {connectionId, reason: reading.reason, text: reading.text});
    return reading.answer;
  }
  for (const event of reading.events.slice(0, mostEvents)) await takeEvent(ports, connectionId, event);
  await noteChangedGoods(ports, connectionId, reading.goods ?? []);
  return reading.answer;
}

async function takeEvent(ports: ServerPorts, connectionId: string, event: PlatformEvent): Promise<void> {
  const {reference, orderId, id, status} = event;
  const outcome = await ports.store.transaction(async tx => {
    const attempt =
      reference !== undefined && isId(reference) ? await tx.attemptByReference(connectionId, reference) : undefined;
    if (!attempt || !isAbout(attempt, orderId)) return 'not ours';
    // An id may be any text; its hash is one that every database takes.
    if (!(await tx.recordPlatformEvent(connectionId, hashText(id), ports.clock.now()))) return 'repeated';
    await tx.enqueue({type: 'procure', procurementId: attempt.procurementId});
    return 'taken';
  });
  const facts = {connectionId, orderId: orderId.slice(0, 100), status: status.slice(0, 100)};
  if (outcome === 'not ours') ports.log.warn('notice about no order of this connection', facts);
  else ports.log.info(`notice ${outcome}`, facts);
}

/**
 * Connection and reference have found the attempt; the platform's own id must be the one it answered with. Until its
 * answer is known there is none to compare, and then it is looked into by the means that hold for a lost answer.
 */
function isAbout({outcome}: AttemptRecord, orderId: string): boolean {
  if (!outcome || outcome.kind === 'unknown') return true;
  return 'orderId' in outcome && outcome.orderId === orderId;
}
