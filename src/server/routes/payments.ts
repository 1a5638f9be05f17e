import {Hono} from 'hono';
import {NotificationError, type PaymentProvider} from '../payments/port.ts';
import {takeNotification} from '../payments/settle-payment.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';

/** Where payment providers call. Not for pages: no origin is allowed here. */
export function paymentRoutes(ports: ServerPorts): Hono {
  const app = new Hono();
  app.post('/payments/:provider/notifications', async c => {
    const provider = ports.payments.find(({id}) => id === c.req.param('provider'));
    if (!provider) throw new ProblemError('not_found', 'The shop has no such payment provider.');
    await takeNotification(ports, provider.id, await verified(provider, c.req.raw.headers, await c.req.text()));
    return c.text(provider.acknowledgement);
  });
  return app;

  async function verified(provider: PaymentProvider, headers: Headers, body: string) {
    try {
      return await provider.verify(headers, body);
    } catch (error) {
      if (!(error instanceof NotificationError)) throw error;
      ports.log.warn('notification rejected', {provider: provider.id, reason: error.message});
      throw new ProblemError('notification_rejected', 'The notification could not be verified.', {cause: error});
    }
  }
}
