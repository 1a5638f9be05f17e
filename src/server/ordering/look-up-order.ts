import type {LookupRequest} from '../../contract/order.ts';
import {networkOf, type Caller} from '../caller.ts';
import type {OrderRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {isId} from '../security/ids.ts';
import {equalInConstantTime} from '../security/key-ring.ts';
import {isPassword} from '../security/password-hash.ts';
import {useScarcely} from '../security/scarce-uses.ts';

const windowMs = 15 * 60_000;
const mostPerCaller = 30;
/** From one place. */
const mostPerContact = 10;
const mostPerNumber = 10;
/** From everywhere: out of reach of one caller, who could else keep a buyer from their own order. */
const mostFromEverywhere = 100;

/**
 * Finds the order that number, contact and password belong to. What is wrong, or whether there is such an order at all,
 * shows neither in the answer nor in the time it takes.
 * @throws {ProblemError} `order_not_found`, `too_many_attempts`
 */
export async function lookUpOrder(ports: ServerPorts, request: LookupRequest, caller: Caller): Promise<OrderRecord> {
  // People copy a number with blanks and brackets around it.
  const number = request.number.replace(/[^A-Za-z0-9-]/g, '');
  const contact = comparable(request.contact);
  const place = caller.address === undefined ? undefined : networkOf(caller.address);
  const from = (value: string): string => JSON.stringify([place ?? '', value]);
  await useScarcely(ports, [
    ...(place === undefined ? [] : [{kind: 'lookup by caller', value: place, most: mostPerCaller, windowMs}]),
    {kind: 'lookup of contact by caller', value: from(contact), most: mostPerContact, windowMs},
    {kind: 'lookup of number by caller', value: from(number), most: mostPerNumber, windowMs},
    {kind: 'lookup of contact', value: contact, most: mostFromEverywhere, windowMs},
    {kind: 'lookup of number', value: number, most: mostFromEverywhere, windowMs},
  ]);
  const order = isId(number) ? await ports.store.orderByNumber(number) : undefined;
  const isRight = await isPassword(request.password, order?.lookup, ports.passwordIterations);
  const isTheirs = equalInConstantTime(contact, comparable(order?.contact ?? ''));
  if (!order || !isRight || !isTheirs) {
    throw new ProblemError(
      'order_not_found',
      'Check order number, contact and lookup password. An order placed without a password cannot be looked up.',
    );
  }
  ports.log.info('order looked up', {orderId: order.id});
  return order;
}

function comparable(contact: string): string {
  return contact.normalize('NFKC').replace(/\s/g, '').toLowerCase();
}
