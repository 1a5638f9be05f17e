import {askForRefund} from '../../src/server/refunds/ask-for-refund.ts';
import {decideRefund} from '../../src/server/refunds/decide-refund.ts';
import type {Money} from '../../src/domain/money.ts';
import type {ServerPorts} from '../../src/server/ports.ts';
import {newId} from '../../src/server/security/ids.ts';

/** A person sends back, by hand, what an order's refunds need a person for. */
export async function payBack(ports: ServerPorts, orderId: string): Promise<void> {
  for (const {id, state} of await ports.store.refunds(orderId)) {
    if (state !== 'needs_help') continue;
    await decideRefund(ports, id, newId('int'), {choice: 'sent_back', reference: `by hand ${id}`}, 'anna');
  }
}

/** A person has an amount go back to a buyer. */
export async function askBack(ports: ServerPorts, orderId: string, {amount, currency}: Money): Promise<void> {
  await askForRefund(ports, orderId, newId('int'), {amount, currency}, 'anna');
}
