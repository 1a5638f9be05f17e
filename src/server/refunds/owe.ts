import {add, compare, isPositive, subtract, zero, type Money} from '../../domain/money.ts';
import {reduceOrder} from '../../domain/order.ts';
import {allocateRefund, promisedBy, reduceRefund} from '../../domain/refund.ts';
import type {OrderRecord, PaymentRecord} from '../persistence/records.ts';
import type {RefundHelp, RefundRecord} from '../persistence/refund-record.ts';
import type {Transaction} from '../persistence/store.ts';
import type {ServerPorts} from '../ports.ts';
import {newId} from '../security/ids.ts';
import {helpNeededFor, refundNeedsPerson} from './help-needed.ts';
import {cameIn, keptOf} from './kept.ts';
import {refundedOf} from './refunded.ts';

/*
 * What is owed back is written down as refunds in the transaction that owes it: a refund is never lost, and never sent of
 * something that was not kept. The order is locked: who owes and who sends take turns.
 */

export interface Owing {
  /** What for: one refund per payment and purpose. Counted where the same thing happens again. */
  readonly purpose: 'pieces' | 'ticket' | 'surplus' | 'console';
  /** The payment that it goes back of; absent: those that paid the order, the first one first. */
  readonly paymentId?: string;
  readonly request?: RefundRecord['request'];
}

/**
 * Puts refunds down for what an order owes more than before.
 * @returns the order; it owes no more than what is left of its payments: what went back before is not owed again
 */
export async function oweBack(
  ports: ServerPorts,
  tx: Transaction,
  before: Pick<OrderRecord, 'refundDue'>,
  after: OrderRecord,
  owing: Owing,
): Promise<OrderRecord> {
  const isMore = compare(after.refundDue, before.refundDue) > 0;
  const more = isMore ? subtract(after.refundDue, before.refundDue) : zero(after.currency);
  const missing = isMore ? await putDownRefunds(ports, tx, after, more, owing) : more;
  return closedIfPaidBack(tx, {...after, refundDue: subtract(after.refundDue, missing)});
}

/** What did not come has been paid back while other pieces were still to come. */
async function closedIfPaidBack(tx: Transaction, order: OrderRecord): Promise<OrderRecord> {
  const {progress, refundDue} = order;
  if (progress.state !== 'refund_pending' || isPositive(refundDue) || !isPositive(refundedOf(order))) return order;
  const whole = !isPositive(await keptOf(tx, order));
  return {...order, progress: reduceOrder(progress, {type: 'refunded', whole})};
}

/** @returns what no payment has any more */
export async function putDownRefunds(
  ports: ServerPorts,
  tx: Transaction,
  {id: orderId, currency}: OrderRecord,
  amount: Money,
  {purpose, paymentId, request}: Owing,
): Promise<Money> {
  const refunds = await tx.refunds(orderId);
  const payments = (await tx.payments(orderId)).filter(({id, state}) =>
    paymentId === undefined ? state === 'paid' : id === paymentId,
  );
  const of = (payment: PaymentRecord) => refunds.filter(each => each.paymentId === payment.id);
  const {parts, missing} = allocateRefund(
    amount,
    payments.toSorted(byUse).map(payment => ({
      paymentId: payment.id,
      paid: cameIn(payment),
      promised: promisedBy(of(payment), currency),
    })),
  );
  for (const part of parts) {
    const payment = payments.find(({id}) => id === part.paymentId)!;
    const alike = of(payment).filter(each => each.purpose.startsWith(`${purpose} `)).length;
    await putDown(ports, tx, payment, {
      purpose: `${purpose} ${alike + 1}`,
      amount: part.amount,
      help: helpNeededFor(ports, payment, of(payment)),
      request,
    });
  }
  if (isPositive(missing)) ports.log.warn('owed back and gone back before', {orderId, amount: missing.amount});
  return missing;
}

/** Money that came in and is not what was asked for: a person looks at it before it goes back. One refund grows with it. */
export async function oweWrongAmount(
  ports: ServerPorts,
  tx: Transaction,
  payment: PaymentRecord,
  more: Money,
): Promise<void> {
  const own = (await tx.refunds(payment.orderId)).filter(({paymentId}) => paymentId === payment.id);
  const wrong = own.filter(({purpose}) => purpose.startsWith(wrongAmount));
  const open = wrong.find(({state}) => state === 'needs_help');
  if (open) {
    await tx.saveRefund({...open, amount: add(open.amount, more), updatedAt: ports.clock.now()});
    return;
  }
  await putDown(ports, tx, payment, {
    purpose: `${wrongAmount} ${wrong.length + 1}`,
    amount: more,
    help: {reason: 'wrong_amount', evidence: 'This is not what was asked for, so it paid nothing.'},
  });
}

/** What had come has become part of the whole: it is not owed any more, unless it is on its way. */
export async function dropWrongAmount({clock}: ServerPorts, tx: Transaction, payment: PaymentRecord): Promise<void> {
  for (const refund of await tx.refunds(payment.orderId)) {
    const {paymentId, purpose, state} = refund;
    if (paymentId !== payment.id || !purpose.startsWith(wrongAmount) || state !== 'needs_help') continue;
    await tx.saveRefund({...refund, state: reduceRefund(state, {type: 'dropped'}), updatedAt: clock.now()});
  }
}

const wrongAmount = 'wrong amount';

async function putDown(
  {clock, log}: ServerPorts,
  tx: Transaction,
  {id: paymentId, orderId, provider}: PaymentRecord,
  {
    purpose,
    amount,
    help,
    request,
  }: Pick<RefundRecord, 'purpose' | 'amount'> & {
    readonly help: Omit<RefundHelp, 'since'> | undefined;
    readonly request?: RefundRecord['request'];
  },
): Promise<void> {
  const now = clock.now();
  const id = newId('rfd');
  await tx.insertRefund({
    id,
    orderId,
    paymentId,
    provider,
    version: 1,
    purpose,
    amount,
    state: help ? 'needs_help' : 'asked',
    turn: 1,
    tries: 0,
    notBefore: now,
    ...(help && {help: {...help, since: now}}),
    ...(request && {request}),
    createdAt: now,
    updatedAt: now,
  });
  if (help) log.warn(refundNeedsPerson, {refundId: id, orderId, reason: help.reason});
  else await tx.enqueue({type: 'refund', refundId: id});
}

/** What paid the order before what came beside it. */
function byUse(one: PaymentRecord, other: PaymentRecord): number {
  return Number(one.surplus ?? false) - Number(other.surplus ?? false) || one.createdAt - other.createdAt;
}
