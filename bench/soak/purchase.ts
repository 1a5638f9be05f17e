import {setTimeout as pause} from 'node:timers/promises';
import type {Keys} from '../../src/contract/keys.ts';
import type {Order, PlacedOrder} from '../../src/contract/order.ts';
import type {Payment} from '../../src/contract/payment.ts';
import type {Quote} from '../../src/contract/quote.ts';
import {secretText} from '../../src/domain/card-secret.ts';
import {isAtRest} from '../../src/domain/order.ts';
import type {Random} from '../../src/sandbox/random.ts';
import {credentials} from '../serving/credentials.ts';
import type {Purchase} from './audit.ts';

export const steps = ['quote', 'order', 'payment', 'delivery', 'reveal', 'whole'] as const;
export type Step = (typeof steps)[number];

export interface PurchaseOptions {
  readonly shop: string;
  readonly platform: string;
  readonly skuIds: readonly string[];
  readonly random: Random;
  /** Told of how long each step took, the asking again included. */
  readonly onStep: (step: Step, milliseconds: number) => void;
  /** Ends all waiting, be there an answer or not. */
  readonly patience: AbortSignal;
}

const askAgainMs = 50;
/** Longer than any answer takes that comes at all. */
const answerPatienceMs = 30_000;
/** Of a hundred buyers, those who press twice. */
const twiceOfHundred = 25;

/**
 * One purchase over HTTP as a page makes it: quote, order, payment at the provider's page, the order's event stream, keys.
 * Whatever is not answered is asked again, and some press twice. What the buyer has at the end is written down as it was
 * had, so that it tells of a purchase that never came to its end, too.
 */
export async function buyOnce(
  {shop, platform, skuIds, random, onStep, patience}: PurchaseOptions,
  purchase: Purchase,
): Promise<void> {
  const from = performance.now();
  const {intent, token: quote} = await timed('quote', () =>
    ask<Quote>(`${shop}/v1/quotes`, {body: {lines: [{skuId: random.pick(skuIds), quantity: purchase.quantity}]}}),
  );
  if (intent === undefined || quote === undefined) throw new Error('The shop has nothing left: it needs more cards.');

  const order = () =>
    ask<PlacedOrder>(`${shop}/v1/orders`, {
      headers: {'Idempotency-Key': intent},
      body: {quote, contact: 'buyer@example.com'},
    });
  const [placed, ...repeats] = await timed('order', () => pressed(order));
  purchase.orderIds = [...new Set([placed!, ...repeats].map(({order: {id}}) => id))];

  const path = `${shop}/v1/orders/${placed!.order.id}`;
  const headers = {Authorization: `Bearer ${placed!.token}`};
  const openPayment = () =>
    ask<Payment>(`${path}/payments`, {
      headers: {...headers, 'Idempotency-Key': `pay-${placed!.order.id}`},
      body: {method: 'sandbox-page'},
    });
  const [payment] = await timed('payment', () => pressed(openPayment));
  if (payment!.instructions?.kind !== 'redirect') throw new Error('The payment has no page.');
  const paymentId = new URL(payment!.instructions.url).pathname.split('/').at(-1)!;
  await ask(`${platform}/control/payments/${paymentId}/pay`, {
    headers: {Authorization: `Bearer ${credentials.controlToken}`},
    body: {},
  });
  purchase.isPaid = true;

  await timed('delivery', () => untilAtRest(`${path}/events`, headers));
  const {keys} = await timed('reveal', () => ask<Keys>(`${path}/keys`, {headers, body: {}}));
  purchase.cards = keys.map(({secret}) => secretText(secret));
  onStep('whole', performance.now() - from);

  async function timed<T>(step: Step, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const answer = await work();
    onStep(step, performance.now() - began);
    return answer;
  }

  function pressed<T>(send: () => Promise<T>): Promise<readonly T[]> {
    return Promise.all(random.integer(1, 100) <= twiceOfHundred ? [send(), send()] : [send()]);
  }

  /** The stream may end before: the process that served it was killed, or says to come back. */
  async function untilAtRest(events: string, headers: Record<string, string>): Promise<void> {
    for (;;) {
      try {
        const response = await fetch(events, {headers, signal: patience});
        let text = '';
        for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) text += chunk;
        const last = text.lastIndexOf('data: ');
        const end = text.indexOf('\n\n', last);
        if (last >= 0 && end > last && isAtRest(JSON.parse(text.slice(last + 'data: '.length, end)) as Order)) return;
      } catch {
        patience.throwIfAborted();
      }
      await pause(askAgainMs, undefined, {signal: patience});
    }
  }

  async function ask<T>(
    url: string,
    {headers = {}, body}: {readonly headers?: Record<string, string>; readonly body?: unknown},
  ): Promise<T> {
    for (;;) {
      patience.throwIfAborted();
      const response = await fetch(url, {
        headers: {...headers, 'Content-Type': 'application/json'},
        method: 'POST',
        body: JSON.stringify(body),
        signal: AbortSignal.any([patience, AbortSignal.timeout(answerPatienceMs)]),
      }).catch(() => undefined);
      const text = await response?.text().catch(() => undefined);
      if (response && text !== undefined && response.status < 500) {
        if (!response.ok) throw new Error(`${new URL(url).pathname} was answered by ${response.status}: ${text}`);
        return JSON.parse(text) as T;
      }
      await pause(askAgainMs);
    }
  }
}
