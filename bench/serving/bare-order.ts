import {randomUUID} from 'node:crypto';
import {splitEarnings, type LineEarnings} from '../../src/domain/earnings.ts';
import {money, zero} from '../../src/domain/money.ts';
import {jobsSchemaName} from '../../src/server/jobs/boss-jobs.ts';
import {
  attemptRow,
  cardRow,
  earningsRow,
  intentRow,
  orderRow,
  paymentRow,
  procurementRow,
} from '../../src/server/persistence/sql/rows.ts';
import {schemaName} from '../../src/server/persistence/sql/tables.ts';
import {aCard, anAttempt, anOrder, aPayment, aProcurement} from '../../test/server/persistence/record-builders.ts';
import type {BareDatabase, Send} from './database.ts';

/*
 * The floor of an order: the transactions that cannot be left out, each with the rows it has to write and nothing else.
 * Nothing is read, checked, encrypted or sent anywhere, and no job is looked for.
 */

/** One order that is placed. */
export async function placeBareOrder(database: BareDatabase): Promise<void> {
  await place(database, anOrder());
}

/** One order from its placing to the showing of its keys. */
export async function sellBareOrder(database: BareDatabase): Promise<void> {
  const order = anOrder();
  const payment = aPayment(order);
  const procurement = aProcurement(order);
  const attempt = anAttempt(procurement);
  await place(database, order);
  // The provider is asked in between, so that no lost answer can open a second payment.
  await database.transaction(async send => {
    await insert(send, `${schemaName}.payment`, paymentRow(payment));
    await addJob(send, {type: 'check_payment', paymentId: payment.id});
  });
  await database.transaction(send => update(send, 'payment', paymentRow({...payment, version: 2})));
  let jobId: unknown;
  await database.transaction(async send => {
    await insert(send, `${schemaName}.payment_event`, {provider: 'sandbox', event_id: randomUUID(), at: 1});
    await update(send, 'payment', paymentRow({...payment, version: 3, state: 'paid'}));
    await update(send, 'shop_order', orderRow({...order, version: 2, paidAt: order.createdAt}));
    await insert(send, `${schemaName}.procurement`, procurementRow(procurement));
    jobId = await addJob(send, {type: 'procure', procurementId: procurement.id});
  });
  await setJob(database, jobId, 'active');
  // Before the platform is called.
  await database.transaction(async send => {
    await insert(send, `${schemaName}.attempt`, attemptRow(attempt));
    await update(send, 'procurement', procurementRow({...procurement, version: 2, state: 'submitting'}));
    await update(send, 'shop_order', orderRow({...order, version: 3}));
    await addJob(send, {type: 'procure', procurementId: procurement.id, at: 'later'});
  });
  // After it has answered.
  await database.transaction(async send => {
    await update(send, 'attempt', attemptRow({...attempt, version: 2}));
    await insert(send, `${schemaName}.card`, cardRow(aCard(procurement)));
    await update(send, 'procurement', procurementRow({...procurement, version: 3, state: 'delivered'}));
    await update(send, 'shop_order', orderRow({...order, version: 4}));
    await insert(send, `${schemaName}.line_earnings`, earningsRow(earningsOf(order.id, order.lines[0]!.id)));
  });
  await setJob(database, jobId, 'completed');
  await database.transaction(send => reveal(send, order.id, 1));
}

/** Orders with one card each, for {@link revealBareKeys}. */
export async function deliverBareOrders(database: BareDatabase, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) {
    const order = anOrder();
    const procurement = aProcurement(order);
    await database.transaction(async send => {
      await insert(send, `${schemaName}.shop_order`, orderRow(order));
      await insert(send, `${schemaName}.procurement`, procurementRow(procurement));
      await insert(send, `${schemaName}.card`, cardRow(aCard(procurement)));
    });
    ids.push(order.id);
  }
  return ids;
}

/** The keys of an order are read, and it is written down that they were shown for the `ordinal`-th time. */
export async function revealBareKeys(database: BareDatabase, orderId: string, ordinal: number): Promise<void> {
  await database.transaction(async send => {
    await send(`select record from ${schemaName}.card where order_id = $1`, [orderId]);
    await reveal(send, orderId, ordinal);
  });
}

async function place(database: BareDatabase, order: ReturnType<typeof anOrder>): Promise<void> {
  const intent = {intent: randomUUID(), requestHash: 'x'.repeat(64), orderId: order.id, claimedAt: order.createdAt};
  await database.transaction(async send => {
    await insert(send, `${schemaName}.intent`, intentRow(intent));
    await insert(send, `${schemaName}.shop_order`, orderRow(order));
    await addJob(send, {type: 'expire_order', orderId: order.id});
  });
}

function reveal(send: Send, orderId: string, ordinal: number): Promise<void> {
  return insert(send, `${schemaName}.reveal`, {order_id: orderId, ordinal, at: 1});
}

async function addJob(send: Send, data: Readonly<Record<string, string>>): Promise<unknown> {
  const [row] = await send(
    `insert into ${jobsSchemaName}.job (name, data, singleton_key, policy) values ('jobs', $1, $2, 'short') returning id`,
    [data, Object.values(data).join(':')],
  );
  return row!['id'];
}

async function setJob(database: BareDatabase, id: unknown, state: 'active' | 'completed'): Promise<void> {
  await database.transaction(async send => {
    await send(`update ${jobsSchemaName}.job set state = '${state}' where name = 'jobs' and id = $1`, [id]);
  });
}

async function insert(send: Send, table: string, row: object): Promise<void> {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `$${index + 1}`);
  await send(`insert into ${table} (${columns.join(', ')}) values (${places.join(', ')})`, Object.values(row));
}

async function update(
  send: Send,
  table: 'payment' | 'shop_order' | 'procurement' | 'attempt',
  row: object & {readonly id: string},
): Promise<void> {
  const {id, ...rest} = row;
  const columns = Object.keys(rest).map((column, index) => `${column} = $${index + 2}`);
  await send(`update ${schemaName}.${table} set ${columns.join(', ')} where id = $1`, [id, ...Object.values(rest)]);
}

function earningsOf(orderId: string, lineId: string): LineEarnings {
  const [price, none] = [money('12.50', 'CNY'), zero('CNY')];
  const [earnings] = splitEarnings({
    orderId,
    currency: 'CNY',
    lines: [{lineId, price, coupon: none, failed: none, charges: [{charged: money('9.50', 'CNY'), terms: {}}]}],
    givenBack: none,
    paymentFee: none,
  });
  return earnings!;
}
