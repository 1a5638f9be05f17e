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
  /** What else the buyer has to know, by language; the first is the one to fall back on. */
  note: v.exactOptional(byLanguage(300)),
  fee: v.exactOptional(paymentFeeSchema, {}),
});

const stripeSchema = v.strictObject({
  provider: v.literal('stripe'),
  /** Part of the address that Stripe calls, and the method's id. */
  id: v.exactOptional(identifier, 'stripe'),
  /** Origin of the API; another than Stripe's own for tests. */
  url: v.exactOptional(
    v.pipe(origin, v.check(isSafeForSecrets, 'must be https: questions carry the key')),
    'https://api.stripe.com',
  ),
  secretKey: secret,
  webhookSecret: secret,
  fee: v.exactOptional(paymentFeeSchema, {}),
});

/** A way to be paid, told apart by its provider. */
export const paymentSchema = v.variant('provider', [
  sandboxPaymentSchema,
  epaySchema,
  stripeSchema,
  bankTransferSchema,
]);
