import {Hono} from 'hono';
import {cors} from 'hono/cors';
import {StripeRefusal, type CheckoutSessions} from './checkout-sessions.ts';
import type {PaymentIntents} from './payment-intents.ts';
import {listPayments} from './list-payments.ts';
import {stripeRefundRoutes} from './refund-routes.ts';
import type {Refunds} from './refunds.ts';
import {bankPage, stripeFrame, stripeJs} from './stripe-js.ts';

export interface StripeHandlerOptions {
  readonly sessions: CheckoutSessions;
  readonly intents: PaymentIntents;
  readonly refunds: Refunds;
  readonly secretKey: string;
  /** Public; what pages show. */
  readonly publishableKey: string;
}

/** The part of Stripe's API that opens, shows and ends payments, gives money back, and the script by which pages take them. */
export function createStripeHandler(options: StripeHandlerOptions) {
  const {sessions, intents, refunds, secretKey, publishableKey} = options;
  const app = new Hono();

  app.use('/v1/payment_intents/*', cors({origin: '*', allowHeaders: ['Authorization']}));
  app.use('/v1/*', async (c, next) => {
    const isForPages = /^\/v1\/payment_intents\/[^/]+(\/confirm)?$/.test(c.req.path);
    const allowed = [secretKey, ...(isForPages ? [publishableKey] : [])].map(key => `Bearer ${key}`);
    if (!allowed.includes(c.req.header('Authorization') ?? ''))
      throw new StripeRefusal(401, 'invalid_request_error', 'Invalid API Key provided.');
    await next();
  });

  app.post('/v1/checkout/sessions', async c =>
    c.json(sessions.create(new URLSearchParams(await c.req.text()), c.req.header('Idempotency-Key'))),
  );
  app.get('/v1/checkout/sessions/:id', c => c.json(sessions.get(c.req.param('id'))));
  app.post('/v1/checkout/sessions/:id/expire', async c => c.json(await sessions.expire(c.req.param('id'))));

  app.post('/v1/payment_intents', async c =>
    c.json(intents.create(new URLSearchParams(await c.req.text()), c.req.header('Idempotency-Key'))),
  );
  app.get('/v1/payment_intents', c => c.json(listPayments(options, new URL(c.req.url).searchParams)));
  app.get('/v1/payment_intents/:id', c => {
    const id = c.req.param('id');
    const isPage = c.req.header('Authorization') === `Bearer ${publishableKey}`;
    if (!isPage) return c.json(intents.get(id));
    const {metadata: _, ...shown} = intents.getFor(id, c.req.query('client_secret') ?? '');
    return c.json(shown);
  });
  app.post('/v1/payment_intents/:id/cancel', async c => {
    const form = new URLSearchParams(await c.req.text());
    return c.json(await intents.cancel(c.req.param('id'), form.get('cancellation_reason')));
  });
  app.post('/v1/payment_intents/:id/confirm', async c => {
    const form = new URLSearchParams(await c.req.text());
    const {id} = intents.getFor(c.req.param('id'), form.get('client_secret') ?? '');
    const page = `${new URL(c.req.url).origin}/authorize`;
    const {metadata: _, ...shown} = await intents.confirm(
      id,
      form.get('number') ?? '',
      form.get('return_url') ?? undefined,
      page,
    );
    if (shown.last_payment_error) return c.json({error: {...shown.last_payment_error, payment_intent: shown}}, 402);
    return c.json(shown);
  });

  app.get('/:version/stripe.js', c => {
    const script = stripeJs.replace('%ORIGIN%', new URL(c.req.url).origin);
    return c.body(script, 200, {'Content-Type': 'text/javascript; charset=utf-8'});
  });
  app.get('/frame.html', c => c.html(stripeFrame));
  app.get('/authorize/:id', c => c.html(bankPage(intents.get(c.req.param('id')).id)));
  app.post('/authorize/:id', async c => {
    const {answer} = await c.req.parseBody();
    return c.redirect(await intents.answerBank(c.req.param('id'), answer === 'yes'), 303);
  });

  app.route('/', stripeRefundRoutes(refunds));

  app.onError(error => {
    if (!(error instanceof StripeRefusal)) throw error;
    const {type, message, status} = error;
    return Response.json({error: {type, message}}, {status, headers: {'Access-Control-Allow-Origin': '*'}});
  });

  return async (request: Request): Promise<Response> => app.fetch(request);
}
