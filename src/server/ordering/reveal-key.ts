import type {RebindRequest} from '../../contract/order.ts';
import type {Caller} from '../caller.ts';
import type {OrderRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {isPublicKey} from '../security/public-key.ts';
import {lookUpOrder} from './look-up-order.ts';

/**
 * The public key that an order is to be bound to, if it may be placed with it.
 * @throws {ProblemError} `validation_failed` when the shop reveals in its frame alone and there is none, or it is no key
 */
export async function checkRevealKey(
  {config, sealToKey}: ServerPorts,
  revealKey: string | undefined,
): Promise<string | undefined> {
  if (revealKey === undefined) {
    if (config.shop.reveal !== 'isolated') return undefined;
    throw new ProblemError('validation_failed', 'This shop shows keys in its own frame only: send its public key.', {
      errors: [{path: 'revealKey', message: 'is missing'}],
    });
  }
  if (!sealToKey) {
    throw new ProblemError('validation_failed', 'This shop seals no keys: order without a public key.', {
      errors: [{path: 'revealKey', message: 'is not taken here'}],
    });
  }
  if (await isPublicKey(revealKey)) return revealKey;
  throw new ProblemError('validation_failed', 'The keys cannot be sealed to this.', {
    errors: [{path: 'revealKey', message: 'is no point of P-256'}],
  });
}

/**
 * Binds an order that is bound already to another public key, for whoever can look it up.
 * @throws {ProblemError} `order_not_found`, `too_many_attempts`, `validation_failed`
 */
export async function rebindOrder(ports: ServerPorts, request: RebindRequest, caller: Caller): Promise<OrderRecord> {
  const {revealKey, ...lookup} = request;
  await checkRevealKey(ports, revealKey);
  const {id} = await lookUpOrder(ports, lookup, caller);
  return bind(ports, id, revealKey);
}

/**
 * Binds an order to another public key by something that works once. Where the answer was lost, the same key is answered
 * again.
 * @param isFirst uses it, and says whether that was the first time
 */
export async function rebindOnce(
  ports: ServerPorts,
  orderId: string,
  revealKey: string,
  isFirst: () => Promise<boolean>,
): Promise<OrderRecord | undefined> {
  const order = await ports.store.order(orderId);
  if (!order || order.revealKey === revealKey) return order;
  return (await isFirst()) ? bind(ports, orderId, revealKey) : undefined;
}

/** One that is bound to no key stays so: its token shows the keys. */
async function bind(ports: ServerPorts, orderId: string, revealKey: string): Promise<OrderRecord> {
  const bound = await ports.store.transaction(async tx => {
    const order = (await tx.order(orderId))!;
    if (order.revealKey === undefined) return order;
    const after = {...order, revealKey};
    await tx.saveOrder(after);
    return after;
  });
  ports.log.info('order bound to another key', {orderId});
  return bound;
}

/** Absent, not bound and bound to another key are one answer. */
export function orderNotBound(): ProblemError {
  return new ProblemError(
    'order_not_found',
    'No order is bound to this key. Look it up by number, contact and lookup password to bind it.',
  );
}
