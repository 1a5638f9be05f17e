import type {Keys} from '../../src/contract/keys.ts';
import type {Order, PlacedOrder} from '../../src/contract/order.ts';
import type {Payment} from '../../src/contract/payment.ts';
import type {ProductPage} from '../../src/contract/product.ts';
import type {Product} from '../../src/contract/product-details.ts';
import type {Quote} from '../../src/contract/quote.ts';
import {credentials} from './credentials.ts';
import type {ServedShop} from './shop.ts';

/** A SKU of every good of the shop. */
export async function skuIdsOf({urls}: ServedShop): Promise<readonly string[]> {
  const {items} = await ask<ProductPage>(`${urls[0]}/v1/products?limit=100`);
  return Promise.all(items.map(async ({id}) => (await ask<Product>(`${urls[0]}/v1/products/${id}`)).skus[0]!.id));
}

export async function quote(shop: string, skuId: string): Promise<{readonly intent: string; readonly token: string}> {
  const quoted = await ask<Quote>(`${shop}/v1/quotes`, {body: {lines: [{skuId, quantity: 1}]}});
  const {intent, token} = quoted;
  if (intent === undefined || token === undefined) throw new Error(`Not for sale: ${JSON.stringify(quoted.lines)}`);
  return {intent, token};
}

export function orderRequest({intent, token}: {readonly intent: string; readonly token: string}) {
  return {headers: {'Idempotency-Key': intent}, body: {quote: token, contact: 'buyer@example.com'}};
}

/** From the cart to the delivered order, as a page goes: what happens to the order is heard from its event stream. */
export async function buy(shop: string, platform: string, skuId: string): Promise<PlacedOrder> {
  const placed = await ask<PlacedOrder>(`${shop}/v1/orders`, orderRequest(await quote(shop, skuId)));
  const path = `${shop}/v1/orders/${placed.order.id}`;
  const headers = {Authorization: `Bearer ${placed.token}`};
  const {instructions} = await ask<Payment>(`${path}/payments`, {
    headers: {...headers, 'Idempotency-Key': `pay-${placed.order.id}`},
    body: {method: 'sandbox-page'},
  });
  if (instructions?.kind !== 'redirect') throw new Error('The payment has no page.');
  const delivered = untilDelivered(`${path}/events`, headers);
  await ask(`${platform}/control/payments/${new URL(instructions.url).pathname.split('/').at(-1)}/pay`, {
    headers: {Authorization: `Bearer ${credentials.controlToken}`},
    body: {},
  });
  await delivered;
  return placed;
}

export async function reveal(shop: string, {order, token}: PlacedOrder): Promise<void> {
  const headers = {Authorization: `Bearer ${token}`};
  const {keys} = await ask<Keys>(`${shop}/v1/orders/${order.id}/keys`, {headers, body: {}});
  if (keys.length !== 1) throw new Error(`${keys.length} keys instead of one: the figure would mean nothing.`);
}

async function untilDelivered(events: string, headers: Record<string, string>): Promise<void> {
  const response = await fetch(events, {headers});
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) text += chunk;
  const last = JSON.parse(text.slice(text.lastIndexOf('data: ') + 6)) as Order;
  if (last.state !== 'delivered') throw new Error(`The order is "${last.state}" instead of delivered.`);
}

async function ask<T>(
  url: string,
  {headers = {}, body}: {readonly headers?: Record<string, string>; readonly body?: unknown} = {},
): Promise<T> {
  const response = await fetch(url, {
    headers: {...headers, ...(body !== undefined && {'Content-Type': 'application/json'})},
    ...(body !== undefined && {method: 'POST', body: JSON.stringify(body)}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} was answered by ${response.status}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
