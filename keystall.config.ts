import {defineConfig, env} from './src/server/config/config.ts';
import {seedTranslations} from './src/sandbox/catalogue/seed-translations.ts';

/*
 * The shop that `npm start` runs: it sells what the sandbox platform offers, and is paid on the sandbox's payment page.
 *
 * To resell a real acg-faka shop, change `url` to its address and set PLATFORM_APP_ID and PLATFORM_APP_KEY to the merchant id
 * and key it gave you. Nothing else changes. What a connection says for another platform is in docs/platforms.md; the sandbox
 * speaks every protocol named there, with the same id and key.
 */

const platform = process.env['PLATFORM_URL'] ?? 'http://127.0.0.1:4200';
const port = Number(process.env['SHOP_PORT'] ?? 4100);

export default defineConfig({
  shop: {
    name: 'Keystall Demo',
    currency: 'CNY',
    locales: ['zh-CN', 'en'],
    notices: [],
  },
  address: process.env['SHOP_URL'] ?? `http://127.0.0.1:${port}`,
  port,
  origins: (process.env['SHOP_ORIGINS'] ?? 'http://127.0.0.1:4300,http://127.0.0.1:4400').split(','),
  dataFolder: process.env['SHOP_DATA'] ?? '.keystall/shop',
  connections: [
    {
      id: 'sandbox',
      protocol: 'acg-faka',
      url: platform,
      credentials: {appId: env('PLATFORM_APP_ID'), appKey: env('PLATFORM_APP_KEY')},
      syncEverySeconds: 300,
      listing: {
        price: {markup: {percent: '8'}, rounding: 'up', step: '0.1', minimumMargin: '0.01'},
        ...seedTranslations(),
      },
    },
  ],
  coupons: [
    {code: 'WELCOME', discount: {percent: '10'}, usesPerContact: 1},
    {code: 'MINUS5', discount: {fixed: '5'}, minimum: '50'},
  ],
  payments: [
    {
      provider: 'sandbox',
      url: `${platform}/pay`,
      ...(process.env['SANDBOX_ELEMENT'] && {methods: ['page', 'qr', 'element']}),
      ...(process.env['SANDBOX_CODE_SECONDS'] && {codeSeconds: Number(process.env['SANDBOX_CODE_SECONDS'])}),
      merchantKey: env('PAYMENT_KEY'),
      webhookSecret: env('PAYMENT_WEBHOOK_SECRET'),
    },
  ],
});
