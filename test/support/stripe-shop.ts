import Stripe from 'stripe';
import type {CheckoutSessions} from '../../src/sandbox/stripe/checkout-sessions.ts';
import type {PaymentIntents} from '../../src/sandbox/stripe/payment-intents.ts';
import type {Refunds} from '../../src/sandbox/stripe/refunds.ts';
import type {ShopConfig} from '../../src/server/config/config.ts';
import {createStripeProvider} from '../../src/server/payments/stripe/stripe-provider.ts';
import {checkAnswer} from './contract-check.ts';
import {playStripe, publishableKey, stripeKey, stripeWebhookSecret} from './played-stripe.ts';
import {openShop, type TestShop} from './shop-server.ts';

export interface StripeShop {
  readonly shop: TestShop;
  readonly sessions: CheckoutSessions;
  readonly intents: PaymentIntents;
  readonly refunds: Refunds;
  /** Notifies the shop as whoever knows its address can. */
  notify(body: string, signature: string): Promise<Response>;
  /** The next answer under a path of the API gets lost on its way back. */
  loseAnswerTo(path: string): void;
  /** The next answer of the API gets lost on its way back. */
  loseNextAnswer(): void;
}

/** A shop that is paid through Stripe, by the real package, with Stripe's API played in the page. */
export async function openStripeShop(shopConfig: Partial<ShopConfig['shop']> = {}): Promise<StripeShop> {
  let lost: string | undefined;
  const notify = async (body: string, signature: string): Promise<Response> => {
    const request = new Request('https://shop.example/v1/payments/stripe/notifications', {
      method: 'POST',
      headers: {'Content-Type': 'application/json', 'Stripe-Signature': signature},
      body,
    });
    const answer = await shop.server.fetch(request);
    await checkAnswer(request, answer);
    return answer;
  };
  const {sessions, intents, refunds, handle} = playStripe({
    now: () => shop.clock.now(),
    notify: async (body, signature) => void (await notify(body, signature)),
  });
  const shop = await openShop({
    config: {shop: {name: '卡铺', currency: 'CNY', reveal: 'in-page', ...shopConfig}},
    paymentProvider: clock =>
      createStripeProvider({
        Stripe,
        id: 'stripe',
        methods: ['page', 'element'],
        publishableKey,
        url: 'http://127.0.0.1:4242',
        secretKey: stripeKey,
        webhookSecret: stripeWebhookSecret,
        clock,
        fetch: async (input, init) => {
          const answer = await handle(new Request(input, init));
          if (lost === undefined || !new URL(new Request(input).url).pathname.startsWith(lost)) return answer;
          lost = undefined;
          throw new TypeError('fetch failed');
        },
      }),
  });
  return {
    shop,
    sessions,
    intents,
    refunds,
    notify,
    loseAnswerTo(path) {
      lost = path;
    },
    loseNextAnswer() {
      lost = '/';
    },
  };
}
