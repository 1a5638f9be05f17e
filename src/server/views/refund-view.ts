import type {OrderRefund} from '../../contract/order-refund.ts';
import type {Refund} from '../../contract/refund.ts';
import type {RefundState} from '../../domain/refund.ts';
import type {RefundDecisionRecord, RefundRecord} from '../persistence/refund-record.ts';
import type {Queries} from '../persistence/store.ts';
import type {ServerPorts} from '../ports.ts';
import {choicesOf} from '../refunds/decide-refund.ts';

/** Reads a refund as the people who run the shop see it. */
export async function readRefundView(
  {store, payments}: Pick<ServerPorts, 'payments'> & {readonly store: Queries},
  refund: RefundRecord,
): Promise<Refund> {
  const {id, orderId, paymentId, provider, amount, state, reference, help, request, decisions = []} = refund;
  const [order, payment] = await Promise.all([store.order(orderId), store.payment(paymentId)]);
  const {by, note} = request ?? {};
  const {providerReference: paymentReference} = payment!;
  return {
    id,
    orderId,
    orderNumber: order!.number,
    paymentId,
    provider,
    ...(paymentReference !== undefined && {paymentReference}),
    amount,
    state,
    ...(reference !== undefined && {reference}),
    ...(help && {reason: help.reason, evidence: help.evidence, since: instant(help.since)}),
    ...(by !== undefined && {by}),
    ...(note !== undefined && {note}),
    choices: [...choicesOf({payments}, refund)],
    decisions: decisions.map(decisionView),
    createdAt: instant(refund.createdAt),
    ...(refund.sentAt !== undefined && {sentAt: instant(refund.sentAt)}),
    ...(refund.refundedAt !== undefined && {refundedAt: instant(refund.refundedAt)}),
  };
}

/** Refunds of an order as its buyer may see them. */
export function orderRefunds(refunds: readonly RefundRecord[]): OrderRefund[] {
  return refunds.flatMap(({amount, state, createdAt, refundedAt}) => {
    const shown = shownState[state];
    return shown === undefined ? [] : [{amount, state: shown, at: instant(refundedAt ?? createdAt)}];
  });
}

const shownState: Readonly<Record<RefundState, OrderRefund['state'] | undefined>> = {
  asked: 'asked',
  sent: 'under_way',
  refunded: 'done',
  needs_help: 'needs_help',
  dropped: undefined,
};

function decisionView({choice, reason, by, reference, note, at}: RefundDecisionRecord): Refund['decisions'][number] {
  return {
    choice,
    reason,
    by,
    ...(reference !== undefined && {reference}),
    ...(note !== undefined && {note}),
    at: instant(at),
  };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
