import {defineConfig, env} from '../../src/server/config/config.ts';

/**
 * The shop of the soak run: one sandbox by two protocols, one that finds a purchase by its reference at once, and one whose
 * purchases can only be repeated, after everything sent before has come to its end.
 */
const platform = process.env['PLATFORM_URL']!;
const listing = {price: {markup: {percent: '12'}}} as const;

export default defineConfig({
  shop: {name: 'Soak', currency: 'CNY', reveal: 'in-page'},
  address: process.env['SHOP_URL']!,
  port: Number(process.env['SHOP_PORT']),
  origins: [],
  connections: [
    {
      id: 'repeating',
      protocol: 'dujiao-next',
      url: platform,
      credentials: {apiKey: env('PLATFORM_ID'), apiSecret: env('PLATFORM_KEY')},
      listing,
    },
    {
      id: 'finding',
      protocol: 'kasushou',
      url: platform,
      credentials: {userId: env('PLATFORM_ID'), apiKey: env('PLATFORM_KEY')},
      listing,
    },
  ],
  payments: [
    {
      provider: 'sandbox',
      url: `${platform}/pay`,
      merchantKey: env('PAYMENT_KEY'),
      webhookSecret: env('PAYMENT_WEBHOOK_SECRET'),
    },
  ],
});
