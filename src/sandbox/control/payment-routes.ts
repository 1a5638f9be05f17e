import {Hono} from 'hono';
import type {PaymentProvider} from '../payments/payment-provider.ts';

/** `/payments`: what buyers and the provider do with one. */
export function paymentRoutes(payments: PaymentProvider): Hono {
  const app = new Hono();
  app.get('/', context => context.json({payments: payments.list(), notices: payments.notices()}));
  app.post('/:id/:action{pay|decline|expire|pay-late|notify-again}', async context => {
    const id = context.req.param('id');
    const actions: Readonly<Record<string, () => Promise<unknown>>> = {
      pay: () => payments.pay(id),
      decline: () => payments.decline(id),
      expire: () => payments.expire(id),
      'pay-late': () => payments.payLate(id),
      'notify-again': () => payments.notifyAgain(id),
    };
    return Response.json(await actions[context.req.param('action')]!());
  });
  return app;
}
