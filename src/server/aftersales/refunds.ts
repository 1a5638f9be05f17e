import {add, compare, isPositive, subtract, sum, type Money} from '../../domain/money.ts';
import {reduceOrder} from '../../domain/order.ts';
import {tell} from '../delivery/outbox.ts';
import {recordEarnings} from '../earnings/record-earnings.ts';
import type {OrderRecord} from '../persistence/records.ts';
import type {Transaction} from '../persistence/store.ts';
import type {ServerPorts} from '../ports.ts';
import {refundedOf} from './refunded.ts';
import {ProblemError} from '../problem-error.ts';

/**
 * Owes the buyer an amount, within what they paid.
 * @throws {ProblemError} `validation_failed`
 */
export async function oweRefund({config}: ServerPorts, tx: Transaction, orderId: string, amount: Money): Promise<void> {
  const order = await existingOrder(tx, orderId);
  checkAmount(amount, subtract(await keptOf(tx, order), order.refundDue));
  const owing = {...order, refundDue: add(order.refundDue, amount)};
  await tx.saveOrder(owing);
  await recordEarnings(config, tx, owing);
}

/**
 * Records that money went back to the buyer, as much as is owed at the most.
 * @throws {ProblemError} `validation_failed`
 */
export async function recordRefund(ports: ServerPorts, orderId: string, amount: Money): Promise<void> {
  const {config, store, clock, log} = ports;
  await store.transaction(async tx => {
    const order = await existingOrder(tx, orderId);
    checkAmount(amount, order.refundDue);
    const refunds = [...(order.refunds ?? []), {amount, at: clock.now()}];
    const after = {...order, refunds, refundDue: subtract(order.refundDue, amount)};
    const kept = await keptOf(tx, after);
    // What came in twice and went back leaves the order as paid as it was; what never paid it, as unpaid;
    // what comes in for an order that was paid back and goes back, too, leaves it paid back.
    const progress =
      order.paidAt !== undefined && order.progress.state !== 'refunded' && compare(kept, order.total) < 0
        ? reduceOrder(order.progress, {type: 'refunded', whole: !isPositive(kept)})
        : order.progress;
    await tx.saveOrder({...after, progress});
    await recordEarnings(config, tx, {...after, progress});
    await tell(ports, tx, after, 'refunded');
  });
  log.info('refund recorded', {orderId});
}

async function existingOrder(tx: Transaction, orderId: string): Promise<OrderRecord> {
  const order = await tx.order(orderId);
  if (!order) throw new ProblemError('not_found', 'There is no such order.');
  return order;
}

/** What the shop has of the buyer's money. */
async function keptOf(tx: Transaction, order: OrderRecord): Promise<Money> {
  const payments = await tx.payments(order.id);
  return subtract(
    sum(
      payments.flatMap(({state, amount, received}) => (state === 'paid' ? amount : (received ?? []))),
      order.currency,
    ),
    refundedOf(order),
  );
}

function checkAmount(amount: Money, most: Money): void {
  const fits = amount.currency === most.currency && isPositive(amount) && compare(amount, most) <= 0;
  if (!fits) throw new ProblemError('validation_failed', `The amount must be within ${most.amount} ${most.currency}.`);
}
