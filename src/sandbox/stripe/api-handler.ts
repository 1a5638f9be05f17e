import {Hono} from 'hono';
import {StripeRefusal, type CheckoutSessions} from './checkout-sessions.ts';

/** The part of Stripe's API that opens, shows and ends payment pages. */
export function createStripeHandler(sessions: CheckoutSessions, secretKey: string) {
  const app = new Hono().basePath('/v1/checkout/sessions');

  app.use(async (c, next) => {
    if (c.req.header('Authorization') !== `Bearer ${secretKey}`)
      throw new StripeRefusal(401, 'invalid_request_error', 'Invalid API Key provided.');
    await next();
  });
  app.post('/', async c =>
    c.json(sessions.create(new URLSearchParams(await c.req.text()), c.req.header('Idempotency-Key'))),
  );
  app.get('/:id', c => c.json(sessions.get(c.req.param('id'))));
  app.post('/:id/expire', async c => c.json(await sessions.expire(c.req.param('id'))));
  app.onError(error => {
    if (!(error instanceof StripeRefusal)) throw error;
    const {type, message, status} = error;
    return Response.json({error: {type, message}}, {status});
  });

  return async (request: Request): Promise<Response> => app.fetch(request);
}
