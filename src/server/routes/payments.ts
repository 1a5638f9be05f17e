import {Hono} from 'hono';
import {wayBack} from '../payments/payment-return.ts';
import {NotificationError, type IncomingNotification, type PaymentProvider} from '../payments/port.ts';
import {returnCookie} from '../payments/return-cookie.ts';
import {returnPage} from '../payments/return-page.ts';
import {takeNotification} from '../payments/settle-payment.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';

/** Where payment providers call, and where they send buyers back to. Not for pages: no origin is allowed here. */
export function paymentRoutes(ports: ServerPorts): Hono {
  const app = new Hono();
  app.on(['GET', 'POST'], '/payments/:provider/notifications', async c => {
    const provider = ports.payments.find(({id}) => id === c.req.param('provider'));
    if (!provider) throw new ProblemError('not_found', 'The shop has no such payment provider.');
    const {url, headers} = c.req.raw;
    await takeNotification(ports, provider.id, await verified(provider, {url, headers, body: await c.req.text()}));
    return c.text(provider.acknowledgement, 200, {'Cache-Control': 'no-store'});
  });

  app.get('/payments/returns/:code', async c => {
    const {url, headers} = c.req.raw;
    const {page, frameCode} = await wayBack(ports, c.req.param('code'), {url, headers, body: ''});
    const response = returnPage(ports.config.shop.name, page);
    if (frameCode !== undefined) response.headers.append('Set-Cookie', returnCookie(ports.config.address, frameCode));
    return response;
  });

  return app;

  async function verified(provider: PaymentProvider, notification: IncomingNotification) {
    try {
      return await provider.verify(notification);
    } catch (error) {
      if (!(error instanceof NotificationError)) throw error;
      ports.log.warn('notification rejected', {provider: provider.id, reason: error.message});
      throw new ProblemError('notification_rejected', 'The notification could not be verified.', {cause: error});
    }
  }
}
