import type {Context} from 'hono';
import type {OrderRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {isOrderToken} from '../security/order-token.ts';

/**
 * The order of this id, if the request carries its token. The token is checked before the order is looked for: absent and
 * foreign orders answer alike.
 * @throws {ProblemError} `order_token_missing`, `order_token_invalid`
 */
export async function authorisedOrder({store, keys}: ServerPorts, c: Context, orderId: string): Promise<OrderRecord> {
  const token = /^Bearer ([A-Za-z0-9_-]+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
  if (token === undefined)
    throw new ProblemError('order_token_missing', 'Send the order token as "Authorization: Bearer …".');
  const order = (await isOrderToken(keys, orderId, token)) ? await store.order(orderId) : undefined;
  if (!order)
    throw new ProblemError(
      'order_token_invalid',
      'The token does not open this order. Use the one that came when it was placed.',
    );
  return order;
}
