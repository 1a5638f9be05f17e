import * as v from 'valibot';
import {connectionCurrencyEntries, currencyCode} from './connection-currency.ts';
import {listingRuleSchema} from './listing-config.ts';
import {ownGoodsSchema} from './own-stock-config.ts';
import {trialSchema} from './trial-config.ts';
import {decimal, httpUrl, identifier, isSafeForSecrets, language, origin, seconds, secret, text} from './values.ts';

/** What makes a connection's goods official: never without the paper, and no longer than it holds. */
export const sourceSchema = v.strictObject({
  kind: v.literal('official'),
  evidence: v.strictObject({
    /** What the shop has seen, for buyers to read: “苹果（中国）授权经销商证书，编号 …”. */
    statement: text(500),
    /** The same in further languages. */
    statements: v.exactOptional(v.record(language, text(500))),
    /** Where it can be read or checked. */
    url: v.exactOptional(v.pipe(httpUrl, v.startsWith('https://', 'must be an https address'))),
    /** The last day on which it holds, as `2027-03-31`. */
    validUntil: v.exactOptional(v.pipe(v.string(), v.isoDate('must be a day such as "2027-03-31"'))),
  }),
});

/** What every connection says, whatever its protocol. */
const connectionEntries = {
  id: identifier,
  url: httpUrl,
  ...connectionCurrencyEntries,
  /** What the platform gets as the buyer's contact. Default: the shop's own words for "nobody". */
  contact: v.exactOptional(text(100)),
  /** How often the whole catalogue is read. */
  syncEverySeconds: v.exactOptional(seconds(30), 3600),
  /** How often the platform is asked what changed since, where its protocol can tell. */
  changesEverySeconds: v.exactOptional(seconds(30), 300),
  /** How often goods that buyers are looking at are asked for singly; most of them in one round. */
  watch: v.exactOptional(
    v.strictObject({
      everySeconds: v.exactOptional(seconds(10), 60),
      mostGoods: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(200)), 20),
    }),
    {},
  ),
  /** Says where all goods of the connection come from, where there is a paper to show for it. */
  source: v.exactOptional(sourceSchema),
  listing: listingRuleSchema,
  /** How much the merchant trusts the platform, 0 to 100; for listings that go by it. */
  trust: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(100)), 50),
  /** Most that may lie in purchases there that have not come to an end, in the shop's currency. */
  exposureCap: v.exactOptional(decimal),
  /** Keeps purchases small until the platform has proven itself. Default: it need not. */
  trial: v.exactOptional(trialSchema),
  /** What was agreed with the platform, in percent of what it charges; for the split of earnings. */
  terms: v.exactOptional(
    v.strictObject({
      serviceFee: v.exactOptional(decimal),
      commission: v.exactOptional(decimal),
      tierDiscount: v.exactOptional(decimal),
    }),
    {},
  ),
};

const acgFakaSchema = v.strictObject({
  ...connectionEntries,
  protocol: v.literal('acg-faka'),
  credentials: v.strictObject({appId: secret, appKey: secret}),
});

const dujiaoNextSchema = v.strictObject({
  ...connectionEntries,
  protocol: v.literal('dujiao-next'),
  credentials: v.strictObject({apiKey: secret, apiSecret: secret}),
});

const kasushouSchema = v.strictObject({
  ...connectionEntries,
  protocol: v.literal('kasushou'),
  credentials: v.strictObject({userId: secret, apiKey: secret}),
});

const kayixinSchema = v.strictObject({
  ...connectionEntries,
  protocol: v.literal('kayixin'),
  credentials: v.strictObject({appId: secret, appSecret: secret}),
  /** In what requests say their time; sites differ. */
  timestamps: v.exactOptional(v.picklist(['seconds', 'milliseconds']), 'seconds'),
  /** What is sent where nothing is asked for: `{}` or no body; sites differ. */
  emptyBody: v.exactOptional(v.picklist(['object', 'nothing']), 'object'),
});

const kakayunEntries = {
  ...connectionEntries,
  /** The merchant id (商户ID) and its key (对接密钥). */
  credentials: v.strictObject({userId: secret, key: secret}),
};

const kakayunV3Schema = v.strictObject({
  ...kakayunEntries,
  protocol: v.literal('kakayun-v3'),
  /** The host of everything but purchases, as the vendor's documentation names it. Default: `url`. */
  dockUrl: v.exactOptional(origin),
});

const kakayunV2Schema = v.strictObject({...kakayunEntries, protocol: v.literal('kakayun-v2')});

const kinguinSchema = v.strictObject({
  ...connectionEntries,
  protocol: v.literal('kinguin'),
  /** `webhookSecret` is what the store's webhooks send along; without it none is believed. */
  credentials: v.strictObject({apiKey: secret, webhookSecret: v.exactOptional(secret)}),
});

const reloadlySchema = v.strictObject({
  ...connectionEntries,
  protocol: v.literal('reloadly'),
  /** Where tokens are had. Default: Reloadly's own address, for its sandbox as well. */
  authUrl: v.exactOptional(v.pipe(httpUrl, v.check(isSafeForSecrets, 'must be https: the client secret goes there'))),
  credentials: v.strictObject({clientId: secret, clientSecret: secret}),
  /** What the account is kept in. */
  currency: currencyCode,
  /** A mailbox of your own: cards may be mailed to it. */
  recipientEmail: v.pipe(text(200), v.email('must be a mail address')),
});

const {url: _url, contact: _contact, currency: _currency, rate: _rate, ...ownStockEntries} = connectionEntries;

/** The shop's own stock (自营): cards that were bought in advance, in the shop's own currency. */
const ownStockSchema = v.strictObject({
  ...ownStockEntries,
  protocol: v.literal('own-stock'),
  goods: ownGoodsSchema,
});

/** A connection, told apart by its protocol. */
export const connectionSchema = v.variant('protocol', [
  acgFakaSchema,
  dujiaoNextSchema,
  kasushouSchema,
  kayixinSchema,
  kakayunV3Schema,
  kakayunV2Schema,
  kinguinSchema,
  reloadlySchema,
  ownStockSchema,
]);
