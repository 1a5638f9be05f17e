import {networkOf, type Caller} from '../caller.ts';
import type {ServerPorts} from '../ports.ts';
import {longestWindowMs, useScarcely, useScarcelyOnce, type ScarceUse} from './scarce-uses.ts';

/* How often who may do what within an hour. Buyers behind one address are many; what is beyond this is a program. */

const hourly = (kind: string, most: number) => ({kind, most, windowMs: longestWindowMs});
const ordersFrom = hourly('orders from', 300);
const ordersOf = hourly('orders of contact from', 60);
/** Of one order that is sent again and again, as long as it has not been placed. */
const triesOf = hourly('tries of order', 20);
const revealsFrom = hourly('reveals from', 600);
const revealsOf = hourly('reveals of order', 60);
const ticketsFrom = hourly('tickets from', 120);
const ticketsOf = hourly('tickets of order', 60);

/**
 * An order that is sent again, or twice at once, counts once.
 * @throws {ProblemError} `too_many_attempts`, as the others here do
 */
export async function limitOrders(
  ports: ServerPorts,
  {intent, contact}: {readonly intent: string; readonly contact: string},
  caller: Caller,
): Promise<void> {
  const plain = contact.normalize('NFKC').replace(/\s/g, '').toLowerCase();
  // A contact is counted by network: from elsewhere nobody can keep a buyer from buying.
  const ofContact = from(ordersOf, caller).map(use => ({...use, value: JSON.stringify([use.value, plain])}));
  const uses = [...from(ordersFrom, caller), ...ofContact];
  if (uses.length > 0) await useScarcelyOnce(ports, {...triesOf, value: intent}, uses);
}

export async function limitReveals(ports: ServerPorts, orderId: string, caller: Caller): Promise<void> {
  await useScarcely(ports, [...from(revealsFrom, caller), {...revealsOf, value: orderId}]);
}

/** Tickets and messages: whatever a person of the shop has to read. */
export async function limitTickets(ports: ServerPorts, orderId: string, caller: Caller): Promise<void> {
  await useScarcely(ports, [...from(ticketsFrom, caller), {...ticketsOf, value: orderId}]);
}

/** By network. What comes from this machine itself is a proxy that nobody told us of, behind which everybody is. */
function from(limit: Omit<ScarceUse, 'value'>, {address}: Caller): ScarceUse[] {
  if (address === undefined) return [];
  const value = networkOf(address);
  return /^127\./.test(value) || address === '::1' ? [] : [{...limit, value}];
}
