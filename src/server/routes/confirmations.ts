import {Hono} from 'hono';
import {confirmationRequestSchema, paymentQuerySchema} from '../../contract/confirmation.ts';
import type {ConsoleEnv} from '../console/identify.ts';
import {confirmPayment, findByReference, paymentNotFound} from '../payments/confirm-payment.ts';
import type {ServerPorts} from '../ports.ts';
import {isId} from '../security/ids.ts';
import {readPaymentView} from '../views/payment-view.ts';
import {readIdempotencyKey, readJson, readQuery} from './input.ts';

const noStore = {'Cache-Control': 'no-store'};

/** Payments that a person confirms. */
export function confirmationRoutes(ports: ServerPorts): Hono<ConsoleEnv> {
  const {store} = ports;
  const app = new Hono<ConsoleEnv>();

  app.get('/console/payments', async c => {
    const {reference} = readQuery(c, paymentQuerySchema);
    const found = await findByReference(ports, reference);
    const items = await Promise.all(found.map(payment => readPaymentView(store, payment)));
    return c.json({items}, 200, noStore);
  });

  app.post('/console/payments/:paymentId/confirmations', async c => {
    const intent = readIdempotencyKey(c);
    const request = await readJson(c, confirmationRequestSchema);
    const id = c.req.param('paymentId');
    if (!isId(id)) throw paymentNotFound();
    const confirmed = await confirmPayment(ports, id, intent, request, c.var.actor.name);
    return c.json(await readPaymentView(store, confirmed), 201, noStore);
  });

  return app;
}
