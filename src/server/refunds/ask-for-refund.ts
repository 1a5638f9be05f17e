import type {RefundRequest} from '../../contract/refund.ts';
import {add, atLeastNothing, compare, isPositive, money, round, subtract, type Money} from '../../domain/money.ts';
import {outstandingOf} from '../../domain/refund.ts';
import {recordEarnings} from '../earnings/record-earnings.ts';
import type {OrderRecord} from '../persistence/records.ts';
import type {RefundRecord} from '../persistence/refund-record.ts';
import type {Transaction} from '../persistence/store.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {hashText} from '../security/ids.ts';
import {keptOf} from './kept.ts';
import {oweBack, putDownRefunds} from './owe.ts';

/**
 * Owes the buyer an amount, within what they paid, and has it sent back.
 * @throws {ProblemError} `validation_failed`
 */
export async function oweRefund(ports: ServerPorts, tx: Transaction, orderId: string, amount: Money): Promise<void> {
  const order = await existingOrder(tx, orderId);
  checkAmount(amount, subtract(await keptOf(tx, order), order.refundDue));
  const raised = {...order, refundDue: add(order.refundDue, amount)};
  const owing = await oweBack(ports, tx, order, raised, {purpose: 'ticket'});
  await tx.saveOrder(owing);
  await recordEarnings(ports.config, tx, owing);
}

/**
 * A person wants money to go back to the buyer, once per intent. What the order owes already and nobody sends is part of
 * it; the rest is owed from now on. Together never more than what the buyer paid and the shop still has.
 * @throws {ProblemError} `order_not_found`, `validation_failed`, `idempotency_key_reused`
 */
export async function askForRefund(
  ports: ServerPorts,
  orderId: string,
  intent: string,
  {amount: text, currency, note}: RefundRequest,
  by: string,
): Promise<readonly RefundRecord[]> {
  const requestHash = hashText(JSON.stringify([text, currency, note ?? null]));
  return ports.store.transaction(async tx => {
    const order = await existingOrder(tx, orderId);
    const refunds = await tx.refunds(orderId);
    const earlier = refunds.find(({request}) => request?.intent === intent);
    if (earlier) {
      if (earlier.request?.requestHash === requestHash) return refunds;
      throw new ProblemError('idempotency_key_reused', 'This key has asked for another refund.');
    }
    const amount = amountOf(text, currency, order);
    const outstanding = outstandingOf(refunds, order.currency);
    checkAmount(amount, subtract(await keptOf(tx, order), outstanding));
    const isOwedBefore = atLeastNothing(subtract(order.refundDue, outstanding));
    const more = atLeastNothing(subtract(amount, isOwedBefore));
    const request = {intent, requestHash, by, ...(note !== undefined && {note})};
    const missing = await putDownRefunds(ports, tx, order, amount, {purpose: 'console', request});
    // What came beside the order's payments, as a wrong amount does, has a refund of its own.
    if (isPositive(missing)) throw outOfRange(subtract(amount, missing));
    const owing = {...order, refundDue: add(order.refundDue, more)};
    await tx.saveOrder(owing);
    await recordEarnings(ports.config, tx, owing);
    ports.log.info('refund asked for by a person', {orderId});
    return tx.refunds(orderId);
  });
}

async function existingOrder(tx: Transaction, orderId: string): Promise<OrderRecord> {
  const order = await tx.order(orderId);
  if (!order) throw orderNotFound();
  return order;
}

export function orderNotFound(): ProblemError {
  return new ProblemError('order_not_found', 'There is no such order.');
}

function amountOf(text: string, currency: string, order: OrderRecord): Money {
  if (currency !== order.currency) {
    throw new ProblemError('validation_failed', `The order is in ${order.currency}.`, {
      errors: [{path: 'currency', message: `must be ${order.currency}`}],
    });
  }
  const amount = money(text, currency);
  if (compare(round(amount, 'down'), amount) === 0) return amount;
  throw new ProblemError('validation_failed', 'This is no amount that could go back.', {
    errors: [{path: 'amount', message: `must have no more digits than ${currency} has`}],
  });
}

function checkAmount(amount: Money, most: Money): void {
  const fits = amount.currency === most.currency && isPositive(amount) && compare(amount, most) <= 0;
  if (!fits) throw outOfRange(most);
}

function outOfRange(most: Money): ProblemError {
  return new ProblemError('validation_failed', `The amount must be within ${most.amount} ${most.currency}.`, {
    errors: [{path: 'amount', message: `must be more than nothing and at most ${most.amount}`}],
  });
}
