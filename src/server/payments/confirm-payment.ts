import type {ConfirmationRequest} from '../../contract/confirmation.ts';
import {compare, isPositive, money, round, zero, type Money} from '../../domain/money.ts';
import type {ConfirmationRecord} from '../persistence/confirmation-record.ts';
import type {PaymentRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {hashText} from '../security/ids.ts';
import {applyStatus} from './settle-payment.ts';

/** The payments that a line of a bank statement names. */
export async function findByReference(
  {payments: providers, store}: ServerPorts,
  line: string,
): Promise<readonly PaymentRecord[]> {
  const found = await Promise.all(
    providers.flatMap(({id, byHand}) =>
      [...new Set(byHand?.readReferences(line))].map(reference => store.paymentByReference(id, reference)),
    ),
  );
  return found.filter(payment => payment !== undefined);
}

/**
 * Takes in what a person saw come in, once per intent, by the rules for what a provider says: see settle-payment.ts.
 * @throws {ProblemError} `not_found`, `decision_not_possible`, `idempotency_key_reused`, `validation_failed`
 */
export async function confirmPayment(
  ports: ServerPorts,
  paymentId: string,
  intent: string,
  {currency, amount: text, note}: ConfirmationRequest,
  by: string,
): Promise<PaymentRecord> {
  const named = await ports.store.payment(paymentId);
  if (!named) throw paymentNotFound();
  if (!ports.payments.find(({id}) => id === named.provider)?.byHand) {
    throw notPossible('Its provider says itself whether it was paid.');
  }
  const amount = amountOf(text, currency, named);
  const requestHash = hashText(JSON.stringify([amount, note ?? null]));
  return ports.store.transaction(async tx => {
    // Everybody locks the order first.
    const order = (await tx.order(named.orderId))!;
    const current = (await tx.payment(paymentId))!;
    const earlier = current.confirmations?.find(confirmation => confirmation.intent === intent);
    if (earlier) return repeated(current, earlier, requestHash);
    if (current.state === 'paid') throw notPossible('It is paid already.');
    if (compare(amount, current.received ?? zero(currency)) <= 0) {
      throw notPossible(`${current.received!.amount} ${currency} was confirmed before; say how much it is in all.`);
    }
    const now = ports.clock.now();
    const confirmation = {intent, requestHash, amount, by, ...(note !== undefined && {note}), at: now};
    await tx.savePayment({...current, confirmations: [...(current.confirmations ?? []), confirmation]});
    const {providerReference} = current;
    await applyStatus(ports, tx, order, (await tx.payment(paymentId))!, {
      state: 'paid',
      amount,
      paidAt: now,
      ...(providerReference !== undefined && {providerReference}),
    });
    ports.log.info('payment confirmed by a person', {paymentId, orderId: order.id});
    return (await tx.payment(paymentId))!;
  });
}

function amountOf(text: string, currency: string, payment: PaymentRecord): Money {
  if (currency !== payment.amount.currency) {
    throw new ProblemError('validation_failed', `The payment is in ${payment.amount.currency}.`, {
      errors: [{path: 'currency', message: `must be ${payment.amount.currency}`}],
    });
  }
  const amount = money(text, currency);
  if (isPositive(amount) && compare(round(amount, 'down'), amount) === 0) return amount;
  throw new ProblemError('validation_failed', 'This is no amount that could have come.', {
    errors: [{path: 'amount', message: `must be more than nothing, with no more digits than ${currency} has`}],
  });
}

function repeated(payment: PaymentRecord, earlier: ConfirmationRecord, requestHash: string): PaymentRecord {
  if (earlier.requestHash === requestHash) return payment;
  throw new ProblemError('idempotency_key_reused', 'The Idempotency-Key was used for another confirmation.');
}

function notPossible(why: string): ProblemError {
  return new ProblemError('decision_not_possible', `The payment cannot be confirmed. ${why}`);
}

export function paymentNotFound(): ProblemError {
  return new ProblemError('not_found', 'The shop has no such payment.');
}
