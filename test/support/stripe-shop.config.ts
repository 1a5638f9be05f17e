import demo from '../../keystall.config.ts';
import {defineConfig, env} from '../../src/server/config/config.ts';

const stripe = process.env['STRIPE_URL']!;

/** The demo's shop, which takes money within the page through Stripe, too. */
export default defineConfig({
  ...demo,
  payments: [
    ...demo.payments,
    {
      provider: 'stripe',
      methods: ['element'],
      publishableKey: process.env['STRIPE_PUBLISHABLE_KEY']!,
      secretKey: env('STRIPE_SECRET_KEY'),
      webhookSecret: env('STRIPE_WEBHOOK_SECRET'),
      url: stripe,
      script: `${stripe}/test/stripe.js`,
    },
  ],
});
