import {Hono} from 'hono';
import {deliveryRequestSchema} from '../../contract/delivery.ts';
import type {ConsoleEnv} from '../console/identify.ts';
import {deliverAgain, orderNotFound} from '../delivery/ask-again.ts';
import type {OrderRecord} from '../persistence/records.ts';
import type {ServerPorts} from '../ports.ts';
import {isId} from '../security/ids.ts';
import {deliveryViews} from '../views/delivery-view.ts';
import {readIdempotencyKey, readJson} from './input.ts';

const noStore = {'Cache-Control': 'no-store'};

/** Messages about an order, and how they fare. */
export function deliveryRoutes(ports: ServerPorts): Hono<ConsoleEnv> {
  const {store, delivery: channels = []} = ports;
  const app = new Hono<ConsoleEnv>();

  app.get('/console/orders/:orderId/deliveries', async c => {
    const order = await existingOrder(c.req.param('orderId'));
    return c.json({items: deliveryViews(channels, order, await store.deliveries(order.id))}, 200, noStore);
  });

  app.post('/console/orders/:orderId/deliveries', async c => {
    const intent = readIdempotencyKey(c);
    const request = await readJson(c, deliveryRequestSchema);
    const order = await existingOrder(c.req.param('orderId'));
    const deliveries = await deliverAgain(ports, order.id, intent, request);
    return c.json({items: deliveryViews(channels, order, deliveries)}, 201, noStore);
  });

  return app;

  async function existingOrder(id: string): Promise<OrderRecord> {
    const order = isId(id) ? await store.order(id) : undefined;
    if (!order) throw orderNotFound();
    return order;
  }
}
