import type {Case} from '../../contract/case.ts';
import type {AttemptRecord, CaseDecisionRecord, ProcurementRecord} from '../persistence/records.ts';
import type {Queries} from '../persistence/store.ts';
import type {PurchaseOutcome} from '../procurement/purchase-outcome.ts';
import {choicesOf} from '../procurement/decide-case.ts';

/** Reads a case as the people of the shop see it: what was tried and what the platform said, and no card. */
export async function readCaseView(queries: Queries, procurement: ProcurementRecord): Promise<Case> {
  const {id, orderId, lineId, quantity, connectionId, attention, decisions = []} = procurement;
  const [order, attempts] = await Promise.all([queries.order(orderId), queries.attempts(id)]);
  const line = order!.lines.find(each => each.id === lineId)!;
  return {
    id,
    orderId,
    orderNumber: order!.number,
    lineId,
    title: line.title,
    quantity,
    connectionId,
    ...(attention && {reason: attention.reason, evidence: attention.evidence, since: instant(attention.since)}),
    choices: [...choicesOf(procurement)],
    attempts: attempts.map(attemptView),
    decisions: decisions.map(decisionView),
  };
}

const tellable: ReadonlySet<PurchaseOutcome['kind']> = new Set(['refused', 'unknown', 'refunded']);

function attemptView({
  connectionId,
  reference,
  sentAt,
  expectedCost,
  balanceBefore,
  refunded,
  settledBy,
  hints,
  outcome,
}: AttemptRecord): Case['attempts'][number] {
  // Of what was delivered or put in a card's place, nothing is told here: it might be a card.
  const text = outcome && tellable.has(outcome.kind) && 'text' in outcome ? outcome.text : undefined;
  return {
    connectionId,
    reference,
    sentAt: instant(sentAt),
    expectedCost,
    ...(balanceBefore && {balanceBefore}),
    ...(refunded && {refunded}),
    ...(outcome && {outcome: outcome.kind}),
    ...(settledBy && {settledBy}),
    ...(hints && {hints: [...hints]}),
    ...(text !== undefined && {text}),
  };
}

function decisionView({choice, by, reason, evidence, note, pieces, at}: CaseDecisionRecord): Case['decisions'][number] {
  return {
    choice,
    reason,
    evidence,
    ...(by !== undefined && {by}),
    ...(note !== undefined && {note}),
    ...(pieces !== undefined && {pieces}),
    at: instant(at),
  };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
