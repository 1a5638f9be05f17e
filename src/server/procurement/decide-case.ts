import type {CaseChoice, CaseDecisionRequest} from '../../contract/case.ts';
import {readSecret} from '../../domain/card-secret.ts';
import {reduceProcurement, type ProcurementState} from '../../domain/procurement.ts';
import {settledBy} from '../../domain/reconciliation.ts';
import {tellOfChange} from '../delivery/outbox.ts';
import {recordEarnings} from '../earnings/record-earnings.ts';
import type {CaseDecisionRecord, OrderRecord, ProcurementRecord} from '../persistence/records.ts';
import type {Transaction} from '../persistence/store.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {oweBack} from '../refunds/owe.ts';
import {hashText} from '../security/ids.ts';
import {followPatienceMs} from './overdue.ts';
import {behindOthers, settleLine} from './record-outcome.ts';
import {acceptCards, sealCard, type SealedCard} from './seal-delivery.ts';

/*
 * A case is a procurement that a person has to look at. Where the buyer still waits, the person ends the wait; where the
 * buyer has been given their goods or their money, all that is left is what the platform owes the shop.
 */

const whileWaiting: readonly CaseChoice[] = ['mark_delivered', 'retry', 'refund'];
const waitingStates: ReadonlySet<ProcurementState> = new Set(['unknown', 'unpaid', 'accepted', 'processing']);

/** What can be decided of a procurement now. */
export function choicesOf({state, attention}: Pick<ProcurementRecord, 'state' | 'attention'>): readonly CaseChoice[] {
  if (!attention) return [];
  return waitingStates.has(state) ? whileWaiting : ['give_up'];
}

/**
 * Does what a person decided, once per intent, and keeps who saw what and chose what.
 * @throws {ProblemError} `not_found`, `decision_not_possible`, `idempotency_key_reused`, `validation_failed`
 */
export async function decideCase(
  ports: ServerPorts,
  caseId: string,
  intent: string,
  request: CaseDecisionRequest,
  by: string,
): Promise<ProcurementRecord> {
  const {choice, cards: texts = [], note} = request;
  const requestHash = hashText(JSON.stringify([choice, texts, note ?? null]));
  const named = await ports.store.procurement(caseId);
  if (!named) throw caseNotFound();
  if ((choice === 'mark_delivered') !== texts.length > 0) {
    throw new ProblemError('validation_failed', 'Cards belong to "mark_delivered", and to nothing else.', {
      errors: [{path: 'cards', message: 'one text per card, with "mark_delivered" only'}],
    });
  }
  const sealed = await Promise.all(texts.map(text => sealCard(ports, named, readSecret(text))));
  return ports.store.transaction(async tx => {
    // Everybody locks the order first.
    const order = (await tx.order(named.orderId))!;
    const current = (await tx.procurement(caseId))!;
    const earlier = current.decisions?.find(decision => decision.intent === intent);
    if (earlier) return repeated(current, earlier, requestHash);
    if (!current.attention || !choicesOf(current).includes(choice)) {
      throw new ProblemError(
        'decision_not_possible',
        `The case is "${current.state}"${current.attention ? '' : ' and closed'}. Read it again.`,
      );
    }
    const now = ports.clock.now();
    const decision: CaseDecisionRecord = {
      ...current.attention,
      intent,
      requestHash,
      choice,
      by,
      ...(note !== undefined && {note}),
      ...(choice === 'mark_delivered' && {pieces: texts.length}),
      at: now,
    };
    const {attention: _, ...rest} = current;
    const decided = {...rest, decisions: [...(current.decisions ?? []), decision], updatedAt: now};
    const changed = await carryOut(ports, tx, decided, choice, sealed);
    await tx.saveProcurement(changed);
    const settled = (await tx.order(named.orderId))!;
    await recordEarnings(ports.config, tx, settled);
    await tellOfChange(ports, tx, order, settled);
    ports.log.info('case decided', {procurementId: caseId, orderId: current.orderId, choice});
    return {...changed, version: changed.version + 1};
  });
}

async function carryOut(
  ports: ServerPorts,
  tx: Transaction,
  procurement: ProcurementRecord,
  choice: CaseChoice,
  sealed: readonly SealedCard[],
): Promise<ProcurementRecord> {
  const {id, orderId, lineId, state, quantity} = procurement;
  const now = ports.clock.now();
  const order = (await tx.order(orderId))!;
  const line = order.lines.find(each => each.id === lineId)!;
  switch (choice) {
    case 'mark_delivered': {
      await judge(tx, procurement);
      const {cards, missing} = await acceptCards(tx, {cards: sealed, piecesPerCard: 1}, quantity);
      if (cards.length < sealed.length || missing < 0) {
        throw new ProblemError(
          'validation_failed',
          'A card was delivered before, stands here twice, or is one more than was ordered.',
          {errors: [{path: 'cards', message: 'not acceptable'}]},
        );
      }
      await tx.insertCards(await behindOthers(tx, cards));
      await saveSettled(settleLine(order, lineId, {delivered: cards.length, failed: missing}));
      const event = missing === 0 ? ({type: 'delivered'} as const) : ({type: 'partly_delivered'} as const);
      return {...procurement, state: reduceProcurement(state, event)};
    }
    case 'retry': {
      const attempt = (await tx.attempts(id)).at(-1);
      if (attempt) {
        const {endedLooks: _, firstLookAt: __, ...rest} = attempt;
        await tx.saveAttempt({...rest, reconciliations: 0});
      }
      await tx.saveOrder(order);
      await tx.enqueue({type: 'procure', procurementId: id});
      const {lookAt: _, ...due} = procurement;
      return {...due, followUntil: now + followPatienceMs[line.delivery]};
    }
    case 'refund':
      await judge(tx, procurement);
      await saveSettled(settleLine(order, lineId, {delivered: 0, failed: quantity}));
      return {...procurement, state: reduceProcurement(state, {type: 'given_up'})};
    case 'give_up':
      return procurement;
  }

  async function saveSettled(settled: OrderRecord): Promise<void> {
    await tx.saveOrder(await oweBack(ports, tx, order, settled, {purpose: 'pieces'}));
  }
}

/** Where nothing else has settled the purchase, a person has. */
async function judge(tx: Transaction, {id, state}: ProcurementRecord): Promise<void> {
  const attempt = (await tx.attempts(id)).at(-1);
  if (attempt && state === 'unknown') await tx.saveAttempt({...attempt, settledBy: settledBy('person')});
}

function repeated(current: ProcurementRecord, earlier: CaseDecisionRecord, requestHash: string): ProcurementRecord {
  if (earlier.requestHash === requestHash) return current;
  throw new ProblemError('idempotency_key_reused', 'This key has decided something else about the case.');
}

export function caseNotFound(): ProblemError {
  return new ProblemError('not_found', 'There is no such case.');
}
