import {defineConfig, env} from '../../src/server/config/config.ts';

/** A shop whose platform is away, for tests of the process around it. */
export default defineConfig({
  shop: {name: '卡铺', currency: 'CNY'},
  address: 'https://shop.example',
  port: 0,
  origins: ['https://page.example'],
  connections: [
    {
      id: 'main',
      protocol: 'acg-faka',
      // Nobody listens there.
      url: 'http://127.0.0.1:9',
      credentials: {appId: env('APP_ID'), appKey: env('APP_SECRET')},
      listing: {price: {markup: {percent: '10'}}},
    },
  ],
  payments: [
    {
      provider: 'sandbox',
      url: 'http://127.0.0.1:9',
      merchantKey: env('APP_SECRET'),
      webhookSecret: env('WEBHOOK_SECRET'),
    },
  ],
});
