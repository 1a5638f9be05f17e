import type {RefundChoice, RefundDecisionRequest} from '../../contract/refund.ts';
import {reduceRefund} from '../../domain/refund.ts';
import type {RefundDecisionRecord, RefundRecord} from '../persistence/refund-record.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {hashText} from '../security/ids.ts';
import {bookRefund} from './book.ts';
import {refundsOf} from './help-needed.ts';

/** What a person can do about a refund now. */
export function choicesOf(
  ports: Pick<ServerPorts, 'payments'>,
  {state, provider, help}: Pick<RefundRecord, 'state' | 'provider' | 'help'>,
): readonly RefundChoice[] {
  if (state !== 'needs_help' || !help) return [];
  return help.reason !== 'by_hand' && refundsOf(ports, provider) ? ['sent_back', 'retry'] : ['sent_back'];
}

/**
 * Does what a person decided about a refund that needs one, once per intent.
 * @throws {ProblemError} `not_found`, `decision_not_possible`, `idempotency_key_reused`, `validation_failed`
 */
export async function decideRefund(
  ports: ServerPorts,
  refundId: string,
  intent: string,
  {choice, reference, note}: RefundDecisionRequest,
  by: string,
): Promise<RefundRecord> {
  if ((choice === 'sent_back') !== (reference !== undefined)) {
    throw new ProblemError('validation_failed', 'A reference belongs to "sent_back", and to nothing else.', {
      errors: [{path: 'reference', message: 'by what the transfer is found again, with "sent_back" only'}],
    });
  }
  const requestHash = hashText(JSON.stringify([choice, reference ?? null, note ?? null]));
  const named = await ports.store.refund(refundId);
  if (!named) throw refundNotFound();
  return ports.store.transaction(async tx => {
    // Everybody locks the order first.
    const order = (await tx.order(named.orderId))!;
    const current = (await tx.refund(refundId))!;
    const earlier = current.decisions?.find(decision => decision.intent === intent);
    if (earlier) {
      if (earlier.requestHash === requestHash) return current;
      throw new ProblemError('idempotency_key_reused', 'This key has decided something else about the refund.');
    }
    const {help, ...refund} = current;
    if (!help || !choicesOf(ports, current).includes(choice)) {
      throw new ProblemError('decision_not_possible', `The refund is "${current.state}". Read it again.`);
    }
    const now = ports.clock.now();
    const decision: RefundDecisionRecord = {
      ...help,
      intent,
      requestHash,
      choice,
      by,
      ...(reference !== undefined && {reference}),
      ...(note !== undefined && {note}),
      at: now,
    };
    const decided = {...refund, decisions: [...(refund.decisions ?? []), decision], updatedAt: now};
    if (reference !== undefined) {
      const state = reduceRefund(decided.state, {type: 'sent_back'});
      await tx.saveRefund({...decided, state, reference, refundedAt: now});
      await bookRefund(ports, tx, order, decided.amount);
    } else {
      await tx.saveRefund({...anew(decided, help.reason === 'unanswered'), notBefore: now});
      await tx.enqueue({type: 'refund', refundId});
    }
    ports.log.info('refund decided', {refundId, orderId: order.id, choice});
    return (await tx.refund(refundId))!;
  });
}

/** The provider is asked first where it may have done what it was told; where it refused, it is told something new. */
function anew(refund: RefundRecord, isDoubtful: boolean): RefundRecord {
  const state = reduceRefund(refund.state, {type: 'asked_again', doubtful: isDoubtful});
  if (isDoubtful) return {...refund, state, tries: 0};
  const {sentAt, ...rest} = refund;
  return {...rest, state, tries: 0, turn: sentAt === undefined ? refund.turn : refund.turn + 1};
}

export function refundNotFound(): ProblemError {
  return new ProblemError('not_found', 'There is no such refund.');
}
