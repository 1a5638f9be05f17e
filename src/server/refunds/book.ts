import {atLeastNothing, compare, isPositive, subtract, type Money} from '../../domain/money.ts';
import {hasOpenPieces, reduceOrder} from '../../domain/order.ts';
import {tell} from '../delivery/outbox.ts';
import {recordEarnings} from '../earnings/record-earnings.ts';
import type {OrderRecord} from '../persistence/records.ts';
import type {Transaction} from '../persistence/store.ts';
import type {ServerPorts} from '../ports.ts';
import {keptOf} from './kept.ts';

/** Writes down in an order that money has gone back to its buyer. The order is locked. */
export async function bookRefund(
  ports: ServerPorts,
  tx: Transaction,
  order: OrderRecord,
  amount: Money,
): Promise<void> {
  const refunds = [...(order.refunds ?? []), {amount, at: ports.clock.now()}];
  const after = {...order, refunds, refundDue: atLeastNothing(subtract(order.refundDue, amount))};
  const kept = await keptOf(tx, after);
  // What came in twice and went back leaves the order as paid as it was; what never paid it, as unpaid;
  // what comes in for an order that was paid back and goes back, too, leaves it paid back. While pieces are still to
  // come, the order is being fulfilled, whatever went back of others.
  const isOver =
    order.paidAt !== undefined &&
    order.progress.state !== 'refunded' &&
    !hasOpenPieces(order.progress) &&
    compare(kept, order.total) < 0;
  const progress = isOver ? reduceOrder(order.progress, {type: 'refunded', whole: !isPositive(kept)}) : order.progress;
  await tx.saveOrder({...after, progress});
  await recordEarnings(ports.config, tx, {...after, progress});
  await tell(ports, tx, after, 'refunded');
}
