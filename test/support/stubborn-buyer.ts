import {setTimeout as pause} from 'node:timers/promises';
import type {Keys, SealedKeys} from '../../src/contract/keys.ts';
import type {Order, PlacedOrder} from '../../src/contract/order.ts';
import type {Payment} from '../../src/contract/payment.ts';
import type {ProductPage} from '../../src/contract/product.ts';
import type {Quote} from '../../src/contract/quote.ts';
import {keyHolder} from './key-holder.ts';

const askAgainMs = 50;
/** One for all buyers of a test: each may show what another has bought. */
const holder = keyHolder();

/**
 * A buyer over plain HTTP who sends the same request again for as long as nobody answers, as a page does. Nothing here
 * knows why a server did not answer.
 * @param isOver when nobody is there any more to answer: the buyer goes
 */
export function stubbornBuyer(shop: string, isOver?: AbortSignal) {
  const bearer = (token: string) => ({Authorization: `Bearer ${token}`});

  return {
    products: () => ask<ProductPage>('GET', '/products?limit=100'),
    quote: (skuId: string, quantity: number) => ask<Quote>('POST', '/quotes', {lines: [{skuId, quantity}]}),
    async place({intent, token}: Quote): Promise<PlacedOrder> {
      const {revealKey} = await holder;
      const body = {quote: token, contact: 'buyer@example.com', revealKey};
      return ask('POST', '/orders', body, {'Idempotency-Key': intent!});
    },
    openPayment: ({order, token}: PlacedOrder) =>
      ask<Payment>(
        'POST',
        `/orders/${order.id}/payments`,
        {method: 'sandbox-page'},
        {
          ...bearer(token),
          'Idempotency-Key': `pay-${order.id}`,
        },
      ),
    order: ({order, token}: PlacedOrder) => ask<Order>('GET', `/orders/${order.id}`, undefined, bearer(token)),
    /** As the shop's frame shows them. */
    async keys({order: {id}}: PlacedOrder): Promise<Keys> {
      const {revealKey, open} = await holder;
      return open(id, await ask<SealedKeys>('POST', `/orders/${id}/keys/sealed`, {revealKey}));
    },
    /** Looks at the order until it is as wanted. */
    async orderWhen(placed: PlacedOrder, isWanted: (order: Order) => boolean): Promise<Order> {
      for (;;) {
        const order = await this.order(placed);
        if (isWanted(order)) return order;
        await pause(askAgainMs, undefined, {signal: isOver});
      }
    },
  };

  async function ask<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    for (;;) {
      const response = await fetch(`${shop}/v1${path}`, {
        method,
        headers: {...headers, ...(body !== undefined && {'Content-Type': 'application/json'})},
        ...(body !== undefined && {body: JSON.stringify(body)}),
      }).catch(() => undefined);
      const text = await response?.text().catch(() => undefined);
      if (response && text !== undefined && response.status < 500) {
        if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
        return JSON.parse(text) as T;
      }
      await pause(askAgainMs, undefined, {signal: isOver});
    }
  }
}
