import type {ConsolePayment} from '../../contract/confirmation.ts';
import type {PaymentRecord} from '../persistence/records.ts';
import type {Queries} from '../persistence/store.ts';

/** Reads a payment as the people who run the shop see it. */
export async function readPaymentView(queries: Queries, payment: PaymentRecord): Promise<ConsolePayment> {
  const {id, orderId, provider, method, state, amount, providerReference, received, surplus, paidAt} = payment;
  const {number, progress} = (await queries.order(orderId))!;
  return {
    id,
    orderId,
    orderNumber: number,
    orderState: progress.state,
    provider,
    method,
    state,
    amount,
    ...(providerReference !== undefined && {reference: providerReference}),
    ...(received && {received}),
    ...(surplus && {surplus}),
    createdAt: instant(payment.createdAt),
    expiresAt: instant(payment.expiresAt),
    ...(paidAt !== undefined && {paidAt: instant(paidAt)}),
    confirmations: (payment.confirmations ?? []).map(({amount: confirmed, by, note, at}) => ({
      amount: confirmed,
      by,
      ...(note !== undefined && {note}),
      at: instant(at),
    })),
  };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
