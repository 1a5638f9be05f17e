import {defineConfig, env} from '../../src/server/config/config.ts';

const platform = process.env['PLATFORM_URL']!;
const listing = {price: {markup: {percent: '8'}}} as const;

/** One sandbox by two protocols: one that finds a purchase by its reference, and one that can only repeat it. */
export default defineConfig({
  shop: {name: 'Keystall', currency: 'CNY'},
  address: process.env['SHOP_URL']!,
  port: Number(process.env['SHOP_PORT']),
  origins: [],
  connections: [
    {
      id: 'repeating',
      protocol: 'acg-faka',
      url: platform,
      credentials: {appId: env('PLATFORM_APP_ID'), appKey: env('PLATFORM_APP_KEY')},
      listing,
    },
    {
      id: 'finding',
      protocol: 'kasushou',
      url: platform,
      credentials: {userId: env('PLATFORM_APP_ID'), apiKey: env('PLATFORM_APP_KEY')},
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
