import {Hono} from 'hono';
import {cors} from 'hono/cors';
import {problem} from '../control/problem.ts';
import type {Payment} from './payment.ts';
import type {PaymentProvider} from './payment-provider.ts';

/**
 * What a payment provider's script is like: it draws into a page of the shop, knows one payment by its client secret, and
 * tells its own server what the buyer did. The page learns nothing from it that it could not make up.
 */
const script = `
const words = {
  zh: {pay: '支付', decline: '拒绝支付', failed: '没有成功，请重试。'},
  en: {pay: 'Pay', decline: 'Decline', failed: 'That did not work. Please try again.'},
};
export function mount(container, {clientSecret, lang, signal, completed}) {
  const own = words[/^zh/i.test(lang) ? 'zh' : 'en'];
  const box = document.createElement('div');
  const note = document.createElement('p');
  note.setAttribute('role', 'status');
  const press = async action => {
    note.textContent = '';
    try {
      const answer = await fetch(new URL('element/payments', import.meta.url), {
        method: 'POST',
        headers: {'Content-Type': 'application/json'},
        body: JSON.stringify({clientSecret, action}),
        signal,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      completed();
    } catch {
      if (!signal.aborted) note.textContent = own.failed;
    }
  };
  for (const action of ['pay', 'decline']) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = own[action];
    button.style.minHeight = '44px';
    button.style.marginInlineEnd = '8px';
    button.addEventListener('click', () => press(action), {signal});
    box.append(button);
  }
  box.append(note);
  container.append(box);
  signal.addEventListener('abort', () => box.remove());
}
`;

/** The provider's element: its script, and what that calls. Open to every page, as such things are. */
export function paymentElementRoutes(
  provider: PaymentProvider,
  act: (payment: Payment, action: 'pay' | 'decline') => Promise<Payment | undefined>,
): Hono {
  const app = new Hono();
  app.use('*', cors({origin: '*'}));
  app.get('/element.js', context => context.body(script, 200, {'content-type': 'text/javascript; charset=utf-8'}));
  app.post('/element/payments', async context => {
    const {clientSecret, action} = await context.req.json<Record<string, unknown>>().catch(() => ({}) as never);
    const payment = typeof clientSecret === 'string' ? provider.get(clientSecret) : undefined;
    if (payment?.method !== 'element') return problem(404, 'No payment has this client secret.');
    if (action !== 'pay' && action !== 'decline') return problem(400, 'Say "pay" or "decline".');
    const settled = await act(payment, action);
    return settled ? context.json({status: settled.status}) : problem(409, 'The payment has moved on.');
  });
  return app;
}
