import {Hono} from 'hono';
import type {Refunds} from './refunds.ts';

/** The part of Stripe's API that gives money back. Who asks has been looked at. */
export function stripeRefundRoutes(refunds: Refunds): Hono {
  const app = new Hono();
  app.post('/v1/refunds', async c =>
    c.json(refunds.create(new URLSearchParams(await c.req.text()), c.req.header('Idempotency-Key'))),
  );
  app.get('/v1/refunds', c =>
    c.json({
      object: 'list',
      data: refunds.list(c.req.query('payment_intent') ?? ''),
      has_more: false,
      url: '/v1/refunds',
    }),
  );
  return app;
}
