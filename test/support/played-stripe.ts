import {createStripeHandler} from '../../src/sandbox/stripe/api-handler.ts';
import {CheckoutSessions} from '../../src/sandbox/stripe/checkout-sessions.ts';
import {PaymentIntents} from '../../src/sandbox/stripe/payment-intents.ts';
import {Refunds} from '../../src/sandbox/stripe/refunds.ts';

export const stripeKey = 'sk_test_0123456789abcdef';
export const publishableKey = 'pk_test_0123456789abcdef';
export const stripeWebhookSecret = 'whsec_0123456789abcdef';

export interface PlayedStripeOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Takes a signed notification to the shop. */
  readonly notify: (body: string, signature: string) => Promise<void>;
}

/** One account at Stripe, with all that is paid there. */
export interface PlayedStripe {
  readonly sessions: CheckoutSessions;
  readonly intents: PaymentIntents;
  readonly refunds: Refunds;
  /** Stripe's API, its script, and what that shows. */
  handle(request: Request): Promise<Response>;
}

export function playStripe({now, notify}: PlayedStripeOptions): PlayedStripe {
  const sessions = new CheckoutSessions({webhookSecret: stripeWebhookSecret, now, notify});
  const tell = async (type: string, object: object): Promise<void> => {
    const body = sessions.event(type, object);
    await notify(body, await sessions.sign(body));
  };
  const intents = new PaymentIntents({
    now,
    tell: async (type, intent) => {
      if (!sessions.losesNotifications) await tell(type, intent);
    },
  });
  const refunds = new Refunds({paidBy: id => sessions.paidBy(id) ?? intents.paidBy(id), tell});
  const handle = createStripeHandler({sessions, intents, refunds, secretKey: stripeKey, publishableKey});
  return {sessions, intents, refunds, handle};
}
