import {defineConfig, env} from '../../src/server/config/config.ts';

/** The shop that the benches run, as a merchant would write it. */
const platform = process.env['PLATFORM_URL']!;

export default defineConfig({
  shop: {name: 'Bench', currency: 'CNY', reveal: 'in-page'},
  address: process.env['SHOP_URL']!,
  port: Number(process.env['SHOP_PORT']),
  origins: [],
  dataFolder: process.env['SHOP_DATA']!,
  metricsToken: env('METRICS_TOKEN'),
  connections: [
    {
      id: 'bench',
      protocol: 'dujiao-next',
      url: platform,
      credentials: {apiKey: env('PLATFORM_ID'), apiSecret: env('PLATFORM_KEY')},
      listing: {price: {markup: {percent: '12'}}},
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
