import {add, multiply} from '../../domain/money.ts';
import {reduceOrder} from '../../domain/order.ts';
import {reduceProcurement, settledProcurementStates} from '../../domain/procurement.ts';
import {isTransitionError} from '../../domain/transition.ts';
import type {BuyOutcome} from '../../upstreams/port.ts';
import type {OrderRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {consequenceOf, type Consequence} from './consequence.ts';
import {sealDelivery} from './seal-delivery.ts';

/**
 * Writes down what came of a purchase, with everything that follows from it, in one transaction: cards encrypted, the
 * procurement, the buyer's order, what is owed back. An answer that no longer fits, because another one settled the
 * purchase first, changes nothing and is logged.
 */
export async function recordOutcome(ports: ServerPorts, procurementId: string, outcome: BuyOutcome): Promise<void> {
  const procurement = (await ports.store.procurement(procurementId))!;
  const {cards, missing} = await sealDelivery(ports, procurement, outcome);
  await ports.store.transaction(async tx => {
    const order = await tx.order(procurement.orderId);
    const current = await tx.procurement(procurementId);
    const attempt = (await tx.attempts(procurementId)).at(-1);
    if (!order || !current) return;
    const now = ports.clock.now();
    const consequence = consequenceOf(now, current, attempt, outcome, missing);
    const state = settledProcurementStates.has(current.state) ? undefined : nextState(current.state, consequence);
    if (state === undefined) {
      ports.log.error('an answer came that does not fit', {procurementId, state: current.state, outcome: outcome.kind});
      return;
    }
    if (attempt) await tx.saveAttempt({...attempt, outcome: withoutSecret(outcome), settledAt: now, leaseUntil: now});
    if (cards.length > 0) await tx.insertCards(cards);
    const attention = consequence.attention && {...consequence.attention, since: now};
    await tx.saveProcurement({...current, state, updatedAt: now, ...(attention && {attention})});
    await tx.saveOrder(settleLine(order, current.lineId, consequence));
    if (consequence.lookAgainAt !== undefined) {
      await tx.enqueue({type: 'procure', procurementId}, {startAt: consequence.lookAgainAt});
    }
    if (attention) ports.log.warn('a person has to look', {procurementId, orderId: order.id, reason: attention.reason});
    ports.log.info('purchase answered', {procurementId, orderId: order.id, outcome: outcome.kind, state});
  });
}

function nextState(state: Parameters<typeof reduceProcurement>[0], {event}: Consequence) {
  try {
    return reduceProcurement(state, event);
  } catch (error) {
    if (isTransitionError(error)) return undefined;
    throw error;
  }
}

function settleLine(order: OrderRecord, lineId: string, {delivered, failed}: Consequence): OrderRecord {
  const line = order.lines.find(({id}) => id === lineId)!;
  let {progress} = order;
  // A purchase that was refused before it was sent has not started the order's fulfilment yet.
  if (delivered + failed > 0 && progress.state === 'paid')
    progress = reduceOrder(progress, {type: 'fulfilment_started'});
  if (delivered > 0) progress = reduceOrder(progress, {type: 'pieces_delivered', lineId, count: delivered});
  if (failed > 0) progress = reduceOrder(progress, {type: 'pieces_failed', lineId, count: failed});
  return {...order, progress, refundDue: add(order.refundDue, multiply(line.unitPrice, failed))};
}

function withoutSecret(outcome: BuyOutcome): BuyOutcome {
  if (outcome.kind === 'delivered') return {...outcome, secret: ''};
  return outcome.kind === 'charged_without_goods' ? {...outcome, text: ''} : outcome;
}
