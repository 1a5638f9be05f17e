import {
  paymentFeeOf,
  splitEarnings,
  type LineAccount,
  type PaymentTerms,
  type PlatformTerms,
} from '../../domain/earnings.ts';
import {add, atLeastNothing, compare, money, subtract, sum, zero, type Money} from '../../domain/money.ts';
import {settledOrderStates} from '../../domain/order.ts';
import {refundedOf} from '../refunds/refunded.ts';
import type {CheckedConfig} from '../config/config.ts';
import type {AttemptRecord, OrderLineRecord, OrderRecord, PaymentRecord} from '../persistence/records.ts';
import type {Transaction} from '../persistence/store.ts';
import {paidFor} from '../procurement/paid-for.ts';

/**
 * Writes down who earned what of an order that is settled, and again whenever money of it moved afterwards. In the
 * transaction that moved it.
 */
export async function recordEarnings(config: CheckedConfig, tx: Transaction, order: OrderRecord): Promise<void> {
  if (order.paidAt === undefined || !settledOrderStates.has(order.progress.state)) return;
  const payments = await tx.payments(order.id);
  const lines: LineAccount[] = [];
  for (const line of order.lines) lines.push(await accountOf(config, tx, order, line));
  const earnings = splitEarnings({
    orderId: order.id,
    currency: order.currency,
    lines,
    givenBack: givenBackOf(order, payments),
    paymentFee: sum(
      payments.filter(({state}) => state === 'paid').map(payment => feeOf(config, payment)),
      order.currency,
    ),
  });
  await tx.saveEarnings(earnings);
}

async function accountOf(
  config: CheckedConfig,
  tx: Transaction,
  {id, currency, progress}: OrderRecord,
  line: OrderLineRecord,
): Promise<LineAccount> {
  const charges: LineAccount['charges'][number][] = [];
  for (const part of await tx.procurements(id)) {
    if (part.lineId !== line.id) continue;
    for (const attempt of await tx.attempts(part.id)) {
      const charged = chargeOf(attempt, currency);
      if (charged) charges.push({charged, terms: termsOf(config, attempt)});
    }
  }
  return {
    lineId: line.id,
    price: line.total,
    coupon: line.discount ?? zero(currency),
    failed: paidFor(line, 0, progress.lines[line.id]!.failed),
    charges,
  };
}

/** What an attempt cost, without what the platform has paid back. Where a person ended the doubt and nobody knows, it counts as spent: no margin is dreamt up. */
function chargeOf({outcome, expectedCost, refunded}: AttemptRecord, currency: string): Money | undefined {
  switch (outcome?.kind) {
    case 'refused':
      return undefined;
    case 'delivered':
    case 'accepted':
    case 'refunded':
    case 'charged_without_goods': {
      const charged = outcome.charged.currency === currency ? outcome.charged : expectedCost;
      return refunded?.currency === currency ? atLeastNothing(subtract(charged, refunded)) : charged;
    }
    case 'bought_unreadable':
    case 'unknown':
    case undefined:
      return expectedCost;
  }
}

/** What went back of the order's price, or is owed: without the money that never paid it. */
function givenBackOf(order: OrderRecord, payments: readonly PaymentRecord[]): Money {
  const beside = payments.flatMap(({state, amount, received, surplus}) =>
    state === 'paid' ? (surplus ? amount : []) : (received ?? []),
  );
  const whole = add(order.refundDue, refundedOf(order));
  const due = sum(beside, order.currency);
  return compare(whole, due) > 0 ? subtract(whole, due) : zero(order.currency);
}

/** What was agreed with a platform; of own stock for each good, where it says something. */
function termsOf({connections}: CheckedConfig, {connectionId, request}: AttemptRecord): PlatformTerms {
  const connection = connections.find(({id}) => id === connectionId);
  if (connection?.protocol !== 'own-stock') return connection?.terms ?? {};
  const {commission = connection.terms.commission} =
    connection.goods.find(({code}) => code === request.offer.code) ?? {};
  return {...connection.terms, commission};
}

function feeOf({payments}: CheckedConfig, {provider, amount}: PaymentRecord): Money {
  const config = payments.find(each => ('id' in each ? each.id : each.provider) === provider);
  const {percent, fixed} = config?.fee ?? {};
  const terms: PaymentTerms = {percent, ...(fixed !== undefined && {fixed: money(fixed, amount.currency)})};
  return paymentFeeOf(amount, terms);
}
