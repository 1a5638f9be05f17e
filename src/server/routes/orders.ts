import {Hono, type Context} from 'hono';
import type {Key, Keys} from '../../contract/keys.ts';
import {orderRequestSchema} from '../../contract/order.ts';
import {paymentRequestSchema} from '../../contract/payment.ts';
import {quoteRequestSchema} from '../../contract/quote.ts';
import type {LiveOffers} from '../catalogue/live-offers.ts';
import {placeOrder} from '../ordering/place-order.ts';
import {quoteCart} from '../ordering/quote-cart.ts';
import {openPayment} from '../payments/open-payment.ts';
import type {OrderRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {openCard} from '../procurement/seal-delivery.ts';
import {isOrderToken, issueOrderToken} from '../security/order-token.ts';
import {paymentView, readOrderView} from '../views/order-view.ts';
import {readIdempotencyKey, readJson} from './input.ts';
import {orderEvents} from './order-events.ts';

const noStore = {'Cache-Control': 'no-store'};

/** From a cart to the keys. Everything about one order needs that order's token. */
export function orderRoutes(ports: ServerPorts, live: LiveOffers): Hono {
  const {store} = ports;
  const app = new Hono();

  app.post('/quotes', async c => {
    const request = await readJson(c, quoteRequestSchema);
    const {lines} = request;
    if (new Set(lines.map(({skuId}) => skuId)).size !== lines.length) {
      throw new ProblemError('validation_failed', 'A SKU may stand in one line only; add the quantities up.', {
        errors: [{path: 'lines', message: 'the same skuId twice'}],
      });
    }
    return c.json(await quoteCart(ports, live, request), 200, noStore);
  });

  app.post('/orders', async c => {
    const intent = readIdempotencyKey(c);
    const order = await placeOrder(ports, intent, await readJson(c, orderRequestSchema));
    const placed = {order: await readOrderView(store, order), token: await issueOrderToken(ports.keys, order.id)};
    return c.json(placed, 201, noStore);
  });

  app.get('/orders/:orderId', async c => {
    const order = await authorisedOrder(c);
    return c.json(await readOrderView(store, order), 200, noStore);
  });

  app.get('/orders/:orderId/events', async c => {
    const order = await authorisedOrder(c);
    return orderEvents(store, order.id, c.req.raw.signal);
  });

  app.post('/orders/:orderId/payments', async c => {
    const order = await authorisedOrder(c);
    readIdempotencyKey(c);
    const payment = await openPayment(ports, order.id, await readJson(c, paymentRequestSchema));
    return c.json(paymentView(payment), 201, noStore);
  });

  app.post('/orders/:orderId/keys', async c => {
    const order = await authorisedOrder(c);
    return c.json(await reveal(order), 200, noStore);
  });

  return app;

  /** The token is checked before the order is looked for: absent and foreign orders answer alike. */
  async function authorisedOrder(c: Context): Promise<OrderRecord> {
    const token = /^Bearer ([A-Za-z0-9_-]+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
    if (token === undefined)
      throw new ProblemError('order_token_missing', 'Send the order token as "Authorization: Bearer …".');
    const orderId = c.req.param('orderId')!;
    const order = (await isOrderToken(ports.keys, orderId, token)) ? await store.order(orderId) : undefined;
    if (!order)
      throw new ProblemError(
        'order_token_invalid',
        'The token does not open this order. Use the one that came when it was placed.',
      );
    return order;
  }

  async function reveal(order: OrderRecord): Promise<Keys> {
    const cards = await store.cards(order.id);
    if (cards.length === 0)
      throw new ProblemError('keys_not_ready', 'Nothing has been delivered yet. Watch the order.');
    const keys: Key[] = [];
    for (const card of cards) {
      const title = order.lines.find(({id}) => id === card.lineId)?.title ?? '';
      const {id, lineId, note, expiresAt} = card;
      keys.push({
        id,
        lineId,
        title,
        ...(note !== undefined && {note}),
        ...(expiresAt !== undefined && {expiresAt: new Date(expiresAt).toISOString()}),
        secret: await openCard(ports, card),
      });
    }
    const revealCount = await store.transaction(tx => tx.recordReveal(order.id, ports.clock.now()));
    ports.log.info('keys revealed', {orderId: order.id, revealCount});
    return {keys, revealCount};
  }
}
