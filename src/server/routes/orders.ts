import {Hono} from 'hono';
import {sealedKeysRequestSchema, type Keys} from '../../contract/keys.ts';
import {
  lookupRequestSchema,
  orderRequestSchema,
  rebindRequestSchema,
  returnedRebindRequestSchema,
  type Order,
  type ReboundOrder,
} from '../../contract/order.ts';
import {paymentRequestSchema, returnRequestSchema} from '../../contract/payment.ts';
import {quoteRequestSchema} from '../../contract/quote.ts';
import type {Caller} from '../caller.ts';
import {rebindLinked} from '../delivery/delivery-link.ts';
import {openKeys} from '../delivery/open-keys.ts';
import {lookUpOrder} from '../ordering/look-up-order.ts';
import {placeOrder} from '../ordering/place-order.ts';
import {quoteCart, type QuoteParts} from '../ordering/quote-cart.ts';
import {checkRevealKey, orderNotBound, rebindOrder} from '../ordering/reveal-key.ts';
import {openPayment} from '../payments/open-payment.ts';
import {claimReturn, rebindReturned, returnAddress} from '../payments/payment-return.ts';
import {returnCodeOf} from '../payments/return-cookie.ts';
import type {OrderRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {equalInConstantTime} from '../security/key-ring.ts';
import {limitReveals} from '../security/limits.ts';
import {issueOrderToken} from '../security/order-token.ts';
import {useScarcely} from '../security/scarce-uses.ts';
import {orderView, readBuyersPayment, readOrderView, type WayBack} from '../views/order-view.ts';
import {keyReferences} from '../views/ticket-view.ts';
import {authorisedOrder} from './authorised-order.ts';
import {readIdempotencyKey, readJson} from './input.ts';
import {orderEvents} from './order-events.ts';

const noStore = {'Cache-Control': 'no-store'};

/** Sealed keys of one order in a while: the page around the frame could else ask, and have them counted, for ever. */
const mostSealed = 60;
const sealedWindowMs = 15 * 60_000;

/** From a cart to the keys. Everything about one order needs that order's token. */
export function orderRoutes(ports: ServerPorts, quoting: QuoteParts, leaving?: AbortSignal): Hono<{Bindings: Caller}> {
  const {store, sealToKey} = ports;
  const wayBack: WayBack = paymentId => returnAddress(ports, paymentId);
  const app = new Hono<{Bindings: Caller}>();

  app.post('/quotes', async c => {
    const request = await readJson(c, quoteRequestSchema);
    const {lines} = request;
    if (new Set(lines.map(({skuId}) => skuId)).size !== lines.length) {
      throw new ProblemError('validation_failed', 'A SKU may stand in one line only; add the quantities up.', {
        errors: [{path: 'lines', message: 'the same skuId twice'}],
      });
    }
    return c.json(await quoteCart(ports, quoting, request, c.env), 200, noStore);
  });

  app.post('/orders', async c => {
    const intent = readIdempotencyKey(c);
    const {order, isNew} = await placeOrder(ports, intent, await readJson(c, orderRequestSchema), c.env);
    const answer = isNew ? await withToken(orderView(order, [], [], [])) : await opened(order);
    return c.json(answer, 201, noStore);
  });

  app.post('/orders/lookup', async c => {
    const order = await lookUpOrder(ports, await readJson(c, lookupRequestSchema), c.env);
    return c.json(await opened(order), 200, noStore);
  });

  app.post('/orders/return', async c => {
    const {code} = await readJson(c, returnRequestSchema);
    return c.json(await opened(await claimReturn(ports, code)), 200, noStore);
  });

  app.get('/orders/:orderId', async c => {
    const order = await authorisedOrder(ports, c, c.req.param('orderId'));
    return c.json(await viewOf(order), 200, noStore);
  });

  app.get('/orders/:orderId/events', async c => {
    const order = await authorisedOrder(ports, c, c.req.param('orderId'));
    return orderEvents(store, order.id, {gone: c.req.raw.signal, leaving, wayBack});
  });

  app.post('/orders/:orderId/payments', async c => {
    const order = await authorisedOrder(ports, c, c.req.param('orderId'));
    readIdempotencyKey(c);
    const payment = await openPayment(ports, order.id, await readJson(c, paymentRequestSchema), {
      ...(c.env.address !== undefined && {address: c.env.address}),
      ...userAgentOf(c.req.raw),
    });
    return c.json(await readBuyersPayment(payment, wayBack), 201, noStore);
  });

  app.get('/orders/:orderId/keys', async c => {
    const order = await authorisedOrder(ports, c, c.req.param('orderId'));
    return c.json({items: keyReferences(order, await store.cards(order.id))}, 200, noStore);
  });

  app.post('/orders/:orderId/keys', async c => {
    const order = await authorisedOrder(ports, c, c.req.param('orderId'));
    if (order.revealKey !== undefined) {
      throw new ProblemError(
        'order_token_invalid',
        'The keys of this order come sealed to the key it is bound to. The frame that placed it opens them.',
      );
    }
    await limitReveals(ports, order.id, c.env);
    return c.json(await reveal(order), 200, noStore);
  });

  app.post('/orders/:orderId/keys/sealed', async c => {
    const {revealKey} = await readJson(c, sealedKeysRequestSchema);
    const id = c.req.param('orderId');
    const order = await store.order(id);
    if (!sealToKey || !order || !equalInConstantTime(order.revealKey ?? '', revealKey)) throw orderNotBound();
    await useScarcely(ports, [{kind: 'sealed keys of order', value: id, most: mostSealed, windowMs: sealedWindowMs}]);
    const keys = JSON.stringify(await reveal(order));
    return c.json(await sealToKey(revealKey, `keystall keys ${id}`, keys), 200, noStore);
  });

  app.post('/orders/rebind', async c =>
    c.json(await rebound(await rebindOrder(ports, await readJson(c, rebindRequestSchema), c.env)), 200, noStore),
  );

  app.post('/orders/return/rebind', async c => {
    const {code, revealKey} = await readJson(c, returnedRebindRequestSchema);
    await checkRevealKey(ports, revealKey);
    const order =
      code === undefined
        ? await rebindReturned(ports, returnCodeOf(c.req.raw, ports.config.address), revealKey)
        : await rebindLinked(ports, code, revealKey);
    if (!order) throw orderNotBound();
    return c.json(await rebound(order), 200, noStore);
  });

  return app;

  async function opened(order: OrderRecord) {
    return withToken(await viewOf(order));
  }

  async function viewOf({id}: OrderRecord): Promise<Order> {
    const view = await readOrderView(store, id, wayBack);
    if (!view) throw new Error(`Order ${id} was there a moment ago: orders are never deleted.`);
    return view;
  }

  async function rebound({id, number, createdAt, revealKey}: OrderRecord): Promise<ReboundOrder> {
    const token = await issueOrderToken(ports.keys, id);
    return {id, number, createdAt: new Date(createdAt).toISOString(), token, sealed: revealKey !== undefined};
  }

  async function withToken(order: Order) {
    return {order, token: await issueOrderToken(ports.keys, order.id)};
  }

  async function reveal(order: OrderRecord): Promise<Keys> {
    const keys = await openKeys(ports, order);
    if (keys.length === 0) throw new ProblemError('keys_not_ready', 'Nothing has been delivered yet. Watch the order.');
    const revealCount = await store.transaction(tx => tx.recordReveal(order.id, ports.clock.now()));
    ports.log.info('keys revealed', {orderId: order.id, revealCount});
    return {keys, revealCount};
  }
}

function userAgentOf({headers}: Request): {readonly userAgent?: string} {
  const userAgent = headers.get('User-Agent')?.slice(0, 400);
  return userAgent === undefined ? {} : {userAgent};
}
