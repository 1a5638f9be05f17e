import {Hono} from 'hono';
import {StripeRefusal, type CheckoutSessions} from './checkout-sessions.ts';
import {stripeRefundRoutes} from './refund-routes.ts';
import type {Refunds} from './refunds.ts';

export interface StripeHandlerOptions {
  readonly sessions: CheckoutSessions;
  readonly refunds: Refunds;
  readonly secretKey: string;
}

/** The part of Stripe's API that opens, shows and ends payment pages, and gives money back. */
export function createStripeHandler({sessions, refunds, secretKey}: StripeHandlerOptions) {
  const app = new Hono();

  app.use('/v1/*', async (c, next) => {
    if (c.req.header('Authorization') !== `Bearer ${secretKey}`)
      throw new StripeRefusal(401, 'invalid_request_error', 'Invalid API Key provided.');
    await next();
  });
  app.post('/v1/checkout/sessions', async c =>
    c.json(sessions.create(new URLSearchParams(await c.req.text()), c.req.header('Idempotency-Key'))),
  );
  app.get('/v1/checkout/sessions/:id', c => c.json(sessions.get(c.req.param('id'))));
  app.post('/v1/checkout/sessions/:id/expire', async c => c.json(await sessions.expire(c.req.param('id'))));
  app.route('/', stripeRefundRoutes(refunds));

  app.onError(error => {
    if (!(error instanceof StripeRefusal)) throw error;
    const {type, message, status} = error;
    return Response.json({error: {type, message}}, {status});
  });

  return async (request: Request): Promise<Response> => app.fetch(request);
}
