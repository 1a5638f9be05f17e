import {Hono} from 'hono';
import * as v from 'valibot';
import {isBearer} from '../control/bearer.ts';
import {problem} from '../control/problem.ts';
import {isPaymentError, type Payment} from './payment.ts';
import {paymentElementRoutes} from './payment-element.ts';
import {absentPage, pageActions, paymentPage, type PageAction} from './payment-page.ts';
import type {PaymentProvider} from './payment-provider.ts';
import {
  listedView,
  paymentRequestSchema,
  paymentTimeSchema,
  paymentView,
  refundRequestSchema,
  refundView,
} from './payment-schema.ts';
import {pageLanguage} from './payment-texts.ts';

/** Payments that a list shows at once. */
const pageSize = 100;

/** The provider over HTTP, mounted under `/pay`: the shop's interface and the buyer's page. */
export function createPaymentHandler(
  provider: PaymentProvider,
  merchantKey: string,
): (request: Request) => Promise<Response> {
  const app = new Hono().basePath('/pay');

  app.use('/api/*', async (context, next) => {
    if (isBearer(context.req.raw, merchantKey)) return next();
    return problem(401, 'The merchant key is missing or wrong: send "Authorization: Bearer <key>".');
  });

  app.post('/api/payments', async context => {
    const body: unknown = await context.req.json().catch(() => undefined);
    const parsed = v.safeParse(paymentRequestSchema, body);
    if (!parsed.success) return problem(400, describeIssues(parsed.issues));
    const {origin} = new URL(context.req.url);
    try {
      const {payment, isNew} = provider.create(parsed.output, id => `${origin}/pay/${id}`);
      return context.json(paymentView(payment), isNew ? 201 : 200);
    } catch (error) {
      if (isPaymentError(error)) return problem(409, error.message);
      throw error;
    }
  });

  app.get('/api/payments', context => {
    const reference = context.req.query('reference');
    if (reference === undefined) {
      const parsed = v.safeParse(paymentTimeSchema, context.req.query());
      if (!parsed.success) return problem(400, 'Give a reference, or the time (from, until) in which payments began.');
      const {from, until, after} = parsed.output;
      const opened = provider.openedIn({from, until}, after);
      const items = opened.slice(0, pageSize);
      return context.json({items: items.map(listedView), ...(opened.length > pageSize && {next: items.at(-1)!.id})});
    }
    return answerPayment(provider.byReference(reference), `There is no payment with the reference "${reference}".`);
  });

  app.get('/api/payments/:id', context => {
    const id = context.req.param('id');
    return answerPayment(provider.get(id), `There is no payment "${id}".`);
  });

  app.post('/api/payments/:id/refunds', async context => {
    const body: unknown = await context.req.json().catch(() => undefined);
    const parsed = v.safeParse(refundRequestSchema, body);
    if (!parsed.success) return problem(400, describeIssues(parsed.issues));
    const {reference, amount} = parsed.output;
    try {
      const {refund, isNew} = provider.refund(context.req.param('id'), reference, amount);
      return context.json(refundView(refund), isNew ? 201 : 200);
    } catch (error) {
      if (!isPaymentError(error)) throw error;
      return problem(error.reason === 'absent' ? 404 : error.reason === 'reference_used' ? 409 : 422, error.message);
    }
  });

  app.get('/api/payments/:id/refunds', context => {
    const payment = provider.get(context.req.param('id'));
    if (!payment) return problem(404, `There is no payment "${context.req.param('id')}".`);
    return context.json({items: (payment.refunds ?? []).map(refundView)});
  });

  app.route(
    '/',
    paymentElementRoutes(provider, (payment, action) => act(provider, payment, action)),
  );

  app.get('/:id', context => {
    const language = pageLanguage(context.req.query('lang') ?? null, context.req.header('accept-language') ?? null);
    const payment = provider.get(context.req.param('id'));
    return payment ? paymentPage(payment, provider.now(), language) : absentPage(language);
  });

  app.post('/:id', async context => {
    const language = pageLanguage(context.req.query('lang') ?? null, context.req.header('accept-language') ?? null);
    const payment = provider.get(context.req.param('id'));
    if (!payment) return absentPage(language);
    const form = await context.req.parseBody();
    const action = pageActions.find(known => known === form['action']);
    const settled = action && (await act(provider, payment, action));
    const leaves = settled && payment.method === 'redirect' && (action === 'pay' || action === 'decline');
    return seeOther(leaves ? payment.returnUrl : `/pay/${payment.id}?lang=${language}`);
  });

  app.notFound(() => problem(404, 'The payment provider has no such address.'));
  return async request => app.fetch(request);
}

/** Does what the page was asked for. A payment that moved on in the meantime is left alone. */
export async function act(
  provider: PaymentProvider,
  payment: Payment,
  action: PageAction,
): Promise<Payment | undefined> {
  const actions = {
    pay: () => provider.pay(payment.id),
    decline: () => provider.decline(payment.id),
    expire: () => provider.expire(payment.id),
    'pay-late': () => provider.payLate(payment.id),
    'notify-again': () => provider.notifyAgain(payment.id),
  } as const;
  try {
    return await actions[action]();
  } catch (error) {
    if (isPaymentError(error)) return undefined;
    throw error;
  }
}

function answerPayment(payment: Payment | undefined, absent: string): Response {
  return payment ? Response.json(paymentView(payment)) : problem(404, absent);
}

function seeOther(location: string): Response {
  return new Response(null, {status: 303, headers: {location, 'cache-control': 'no-store'}});
}

function describeIssues(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues.map(issue => `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`).join('; ');
}
