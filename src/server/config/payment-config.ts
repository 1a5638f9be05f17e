import * as v from 'valibot';
import {
  areDistinct,
  decimal,
  httpUrl,
  identifier,
  isSafeForSecrets,
  language,
  origin,
  seconds,
  secret,
  text,
} from './values.ts';

/** What a payment provider keeps of each payment: a share, rounded up to the minor unit, and a fixed amount. */
const paymentFeeSchema = v.strictObject({percent: v.exactOptional(decimal), fixed: v.exactOptional(decimal)});

const sandboxPaymentSchema = v.strictObject({
  provider: v.literal('sandbox'),
  url: httpUrl,
  /** `element` needs a page that calls `registerPaymentElement('sandbox', …)`. */
  methods: v.exactOptional(v.array(v.picklist(['page', 'qr', 'element'])), ['page', 'qr']),
  /** How long a QR code can be scanned. */
  codeSeconds: v.exactOptional(seconds(5), 2 * 60),
  merchantKey: secret,
  webhookSecret: secret,
  fee: v.exactOptional(paymentFeeSchema, {}),
});

const epaySchema = v.strictObject({
  provider: v.literal('epay'),
  /** Part of the addresses that the gateway calls, and of the methods' ids. */
  id: v.exactOptional(identifier, 'epay'),
  /** Folder of the gateway. */
  url: v.pipe(httpUrl, v.check(isSafeForSecrets, 'must be https: questions carry the key')),
  fee: v.exactOptional(paymentFeeSchema, {}),
  pid: v.pipe(v.string(), v.regex(/^\d{1,20}$/, 'must be the number the gateway gave you, as a text')),
  keys: v.variant('sign', [
    v.strictObject({sign: v.literal('md5'), key: secret}),
    v.strictObject({sign: v.literal('rsa'), privateKey: secret, gatewayKey: secret}),
  ]),
  /** `page`: on the gateway's own page. `api`: by a QR code or page that the server asks for. */
  methods: v.pipe(
    v.array(
      v.strictObject({
        type: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9]{0,19}$/, 'must be a word such as "alipay" or "wxpay"')),
        by: v.exactOptional(v.picklist(['page', 'api']), 'page'),
        /** How long a payment by it can be made, where that is less than an order waits: a QR code ages in minutes. */
        windowSeconds: v.exactOptional(seconds(60)),
      }),
    ),
    v.minLength(1, 'needs at least one method'),
    v.check(methods => areDistinct(methods.map(({type}) => type)), 'has the same method twice'),
  ),
});

const byLanguage = (most: number) =>
  v.pipe(
    v.record(language, text(most)),
    v.check(words => Object.keys(words).length > 0, 'needs at least one language'),
  );

const bankTransferSchema = v.strictObject({
  provider: v.literal('bank-transfer'),
  /** Also the method's id. */
  id: v.exactOptional(identifier, 'bank-transfer'),
  /** What buyers call it, by language. */
  label: v.exactOptional(byLanguage(40), {'zh-CN': '银行转账', 'zh-TW': '銀行轉帳', en: 'Bank transfer'}),
  payee: text(100),
  bank: text(100),
  account: text(64),
  /** How long an order waits for a transfer, where that is longer than for other payments. */
  windowSeconds: v.exactOptional(seconds(60)),
  /** What else the buyer has to know, by language; the first is the one to fall back on. */
  note: v.exactOptional(byLanguage(300)),
  fee: v.exactOptional(paymentFeeSchema, {}),
});

const stripeFields = v.strictObject({
  provider: v.literal('stripe'),
  /** Part of the address that Stripe calls, and of the methods' ids. */
  id: v.exactOptional(identifier, 'stripe'),
  /** `page`: on Stripe's own page (Checkout). `element`: within the shop's page (Payment Element). */
  methods: v.exactOptional(
    v.pipe(
      v.array(v.picklist(['page', 'element'])),
      v.minLength(1, 'needs at least one method'),
      v.check(methods => areDistinct(methods), 'has the same method twice'),
    ),
    ['page'],
  ),
  /** Public: pages open Stripe's element with it. */
  publishableKey: v.exactOptional(
    v.pipe(v.string(), v.regex(/^pk_\w{1,250}$/, 'must be the publishable key, "pk_…": it goes into pages')),
  ),
  /** Origin of the API; another than Stripe's own for tests. */
  url: v.exactOptional(
    v.pipe(origin, v.check(isSafeForSecrets, 'must be https: questions carry the key')),
    'https://api.stripe.com',
  ),
  /** Address of Stripe.js; another than Stripe's own, which follows the installed package, for tests. */
  script: v.exactOptional(
    v.pipe(httpUrl, v.check(isSafeForSecrets, 'must be https: cards are typed into what it makes')),
  ),
  secretKey: secret,
  webhookSecret: secret,
  fee: v.exactOptional(paymentFeeSchema, {}),
});

const stripeSchema = v.pipe(
  stripeFields,
  v.forward(
    v.check(
      ({methods, publishableKey}) => !methods.includes('element') || publishableKey !== undefined,
      'is needed for the method "element"',
    ),
    ['publishableKey'],
  ),
);

/** A way to be paid, told apart by its provider. */
export const paymentSchema = v.variant('provider', [
  sandboxPaymentSchema,
  epaySchema,
  stripeSchema,
  bankTransferSchema,
]);
