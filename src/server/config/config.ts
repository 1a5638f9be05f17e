import * as v from 'valibot';
import {compare, isPositive, money, MoneyError, round, zero} from '../../domain/money.ts';
import {routingPolicies} from '../../domain/routing.ts';
import {couponMistakes, couponSchema} from './coupon-config.ts';
import {connectionCurrencyEntries, currencyCode, currencyMistakes, exchangeRateOf} from './connection-currency.ts';
import {ownGoodsSchema} from './own-stock-config.ts';
import {env, type EnvironmentReference} from './env.ts';

export {env, type EnvironmentReference};
export type {CouponConfig} from './coupon-config.ts';

/*
 * What a shop is, as its owner writes it down in `keystall.config.ts`. Everything has one meaning and one place; secrets
 * are named here and read from the environment.
 */

const text = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1, 'must not be empty'), v.maxLength(most));
const decimal = v.pipe(v.string(), v.regex(/^\d{1,9}(\.\d{1,4})?$/, 'must be a decimal text such as "12.5"'));
const seconds = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least));
const origin = v.pipe(
  v.string(),
  v.check(isOrigin, 'must be an origin such as "https://www.example.com", without a path'),
);
const httpUrl = v.pipe(v.string(), v.check(isHttpUrl, 'must be an http or https address'));
const language = v.pipe(v.string(), v.check(isLanguage, 'must be a language tag such as "zh-CN"'));
const secret = v.strictObject({
  env: v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]*$/, 'must name an environment variable')),
});
const identifier = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be lower-case letters, digits and "-"'));
const translations = v.record(language, v.record(v.string(), v.string()));

const priceRuleSchema = v.strictObject({
  markup: v.union(
    [v.strictObject({percent: decimal}), v.strictObject({fixed: decimal})],
    'must be {percent: "…"} or {fixed: "…"}',
  ),
  rounding: v.exactOptional(v.picklist(['up', 'nearest', 'down'])),
  step: v.exactOptional(decimal),
  minimumMargin: v.exactOptional(decimal),
});

const goodRuleSchema = v.strictObject({
  /** The good's code on the platform. */
  code: text(100),
  /** Of a good with several SKUs the one that is meant; absent: all of them. */
  choices: v.exactOptional(v.record(v.string(), v.string())),
  /** Its price, whatever it costs; below the minimum margin it is not sold. */
  price: v.exactOptional(decimal),
  /** What buyers are asked for. */
  contact: v.exactOptional(v.picklist(['any', 'email', 'phone', 'qq'])),
  /** Fewest and most pieces of one line; never wider than the platform allows. */
  minimum: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  maximum: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});

const listingRuleSchema = v.strictObject({
  price: priceRuleSchema,
  /** Category ids or names of the platform; absent: all. Subcategories come along. */
  categories: v.exactOptional(v.array(text(200))),
  /** Codes of goods that are never listed. */
  exclude: v.exactOptional(v.array(text(100))),
  /** Titles in further languages: language → good's code → title. */
  titles: v.exactOptional(translations),
  /** Category names in further languages: language → category's name → name. */
  categoryNames: v.exactOptional(translations),
  /** What the shop says of single goods itself. A sync brings their cost, stock and fields, and never changes this. */
  goods: v.exactOptional(v.array(goodRuleSchema)),
});

/** What makes a connection's goods official: never without the paper, and no longer than it holds. */
const sourceSchema = v.strictObject({
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

/** What a payment provider keeps of each payment: a share, rounded up to the minor unit, and a fixed amount. */
const paymentFeeSchema = v.strictObject({percent: v.exactOptional(decimal), fixed: v.exactOptional(decimal)});

/** One listing over goods of several connections: it looks as the first does, and is bought where the policy says. */
const joinedListingSchema = v.strictObject({
  sources: v.pipe(
    v.array(
      v.strictObject({
        connection: identifier,
        /** The good's code on the platform. */
        good: text(100),
        weight: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1000)), 1),
      }),
    ),
    v.minLength(2, 'needs at least two sources'),
    v.check(
      sources => areDistinct(sources.map(({connection}) => connection)),
      'has two sources of the same connection',
    ),
  ),
  policy: v.exactOptional(v.picklist(routingPolicies), 'by_hand'),
  /** Whether one order line may come from several sources when none has enough. */
  splits: v.exactOptional(v.boolean(), false),
});

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

export const configSchema = v.pipe(
  v.strictObject({
    shop: v.strictObject({
      name: text(80),
      currency: currencyCode,
      locales: v.exactOptional(v.pipe(v.array(language), v.minLength(1)), ['zh-CN', 'en']),
      notices: v.exactOptional(v.array(text(500)), []),
      /** How long an order waits for its payment. */
      paymentWindowSeconds: v.exactOptional(seconds(60), 15 * 60),
      /** How long a quote's prices hold. */
      quoteSeconds: v.exactOptional(seconds(10), 5 * 60),
    }),
    /** The server's own address, as payment providers and pages reach it. */
    address: origin,
    port: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)), 4100),
    /** How many reverse proxies of your own stand before the server: so many entries of X-Forwarded-For are true. */
    proxies: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10)), 0),
    /** Origins of the pages that embed the shop. */
    origins: v.array(origin),
    connections: v.pipe(
      v.array(
        v.variant('protocol', [
          acgFakaSchema,
          dujiaoNextSchema,
          kasushouSchema,
          kayixinSchema,
          kakayunV3Schema,
          kakayunV2Schema,
          kinguinSchema,
          reloadlySchema,
          ownStockSchema,
        ]),
      ),
      v.minLength(1, 'needs at least one connection'),
    ),
    /** Goods of several connections that are one listing. */
    listings: v.exactOptional(v.array(joinedListingSchema), []),
    payments: v.pipe(
      v.array(v.variant('provider', [sandboxPaymentSchema, epaySchema])),
      v.minLength(1, 'needs at least one provider'),
    ),
    /** Codes that buyers may type in. */
    coupons: v.exactOptional(v.array(couponSchema), []),
    /** Bearer token with which Prometheus reads `/metrics`; without one nobody does. */
    metricsToken: v.exactOptional(secret),
    /** Bearer token that opens `/v1/console`; without one nobody gets in. */
    consoleToken: v.exactOptional(secret),
    /** Folder of the embedded database; DATABASE_URL in the environment goes before it. */
    dataFolder: v.exactOptional(text(1000), '.keystall/shop'),
  }),
  v.forward(
    v.partialCheck(
      [['connections']],
      ({connections}) => areDistinct(connections.map(({id}) => id)),
      'has two connections with the same id',
    ),
    ['connections'],
  ),
  v.forward(
    v.partialCheck(
      [['connections'], ['listings']],
      ({connections, listings}) => {
        const ids = new Set(connections.map(({id}) => id));
        return listings.every(({sources}) => sources.every(({connection}) => ids.has(connection)));
      },
      'names a connection that is not configured',
    ),
    ['listings'],
  ),
  v.forward(
    v.partialCheck(
      [['listings']],
      ({listings}) =>
        areDistinct(listings.flatMap(({sources}) => sources.map(source => `${source.connection} ${source.good}`))),
      'has the same good in two listings',
    ),
    ['listings'],
  ),
  v.forward(
    v.partialCheck(
      [['connections'], ['listings']],
      ({connections, listings}) => {
        const official = new Set(connections.flatMap(({id, source}) => (source ? [id] : [])));
        return listings.every(({sources}) => new Set(sources.map(({connection}) => official.has(connection))).size < 2);
      },
      'buys one good from an official source and from another one, so buyers could be told what is not true',
    ),
    ['listings'],
  ),
  v.forward(
    v.partialCheck(
      [['payments']],
      ({payments}) => areDistinct(payments.map(payment => ('id' in payment ? payment.id : payment.provider))),
      'has the same provider twice; give one of them another id',
    ),
    ['payments'],
  ),
);

/** What a merchant writes; optional parts have the defaults named in the schema. */
export type ShopConfig = v.InferInput<typeof configSchema>;
/** A checked configuration with its defaults filled in. Secrets are still references. */
export type CheckedConfig = ReturnType<typeof withExchanges>;
export type ConnectionConfig = CheckedConfig['connections'][number];
export type PaymentConfig = CheckedConfig['payments'][number];
export type OfficialSource = v.InferOutput<typeof sourceSchema>;
export type JoinedListing = CheckedConfig['listings'][number];
export type ListingRule = ConnectionConfig['listing'];

/** Gives an editor the types of `keystall.config.ts`; checks happen when the server starts. */
export function defineConfig(config: ShopConfig): ShopConfig {
  return config;
}

/** Everything that is wrong with a configuration, at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly mistakes: readonly {readonly path: string; readonly message: string}[];

  constructor(mistakes: ConfigError['mistakes']) {
    super(
      `The configuration has ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}:\n${mistakes.map(({path, message}) => `  ${path}: ${message}`).join('\n')}`,
    );
    this.mistakes = mistakes;
  }
}

export type Secrets = (reference: EnvironmentReference) => string;

/**
 * Checks a configuration and that every secret it names is there.
 * @throws {ConfigError} with every mistake at once; values of secrets are never in it.
 */
export function checkConfig(
  input: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): {readonly config: CheckedConfig; readonly secrets: Secrets} {
  const parsed = v.safeParse(configSchema, input);
  const mistakes = (parsed.issues ?? []).map(issue => ({
    path: v.getDotPath(issue) ?? 'configuration',
    // What stands there instead may be a secret that was written into the file.
    message: issue.message.replace(` but received ${issue.received}`, ''),
  }));
  if (parsed.typed) {
    const {coupons, connections, shop} = parsed.output;
    mistakes.push(
      ...stepMistakes(parsed.output),
      ...currencyMistakes(connections, shop.currency),
      ...pinMistakes(parsed.output),
      ...couponMistakes(coupons, shop.currency),
    );
  }
  for (const {path, reference} of environmentReferences(input, '')) {
    if (!environment[reference.env]) {
      mistakes.push({path, message: `the environment variable ${reference.env} is not set`});
    }
  }
  if (!parsed.success || mistakes.length > 0) throw new ConfigError(mistakes);
  return {config: withExchanges(parsed.output), secrets: reference => environment[reference.env]!};
}

function withExchanges({connections, ...config}: v.InferOutput<typeof configSchema>) {
  return {
    ...config,
    connections: connections.map(connection => ({
      ...connection,
      /** Into the shop's currency, where the connection has another one. */
      exchange: exchangeRateOf(connection, config.shop.currency),
    })),
  };
}

/** Pinned prices that the shop's currency has no coins for. */
function pinMistakes({shop, connections}: v.InferOutput<typeof configSchema>): {path: string; message: string}[] {
  return connections.flatMap(({listing}, index) =>
    (listing.goods ?? []).flatMap(({price}, place) => {
      if (price === undefined) return [];
      const pinned = money(price, shop.currency);
      if (isPositive(pinned) && compare(round(pinned, 'down'), pinned) === 0) return [];
      const message = `must be a price in ${shop.currency}, more than nothing and with no more digits than it has`;
      return [{path: `connections.${index}.listing.goods.${place}.price`, message}];
    }),
  );
}

/** Steps that no price of the shop's currency could be rounded to. */
function stepMistakes({shop, connections}: v.InferOutput<typeof configSchema>): {path: string; message: string}[] {
  return connections.flatMap(({listing}, index) => {
    try {
      round(zero(shop.currency), 'up', listing.price.step);
      return [];
    } catch (error) {
      if (!(error instanceof MoneyError)) throw error;
      return [{path: `connections.${index}.listing.price.step`, message: error.message}];
    }
  });
}

function areDistinct(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}

function* environmentReferences(
  value: unknown,
  path: string,
): Generator<{path: string; reference: EnvironmentReference}> {
  if (typeof value !== 'object' || value === null) return;
  if ('env' in value && typeof value.env === 'string' && Object.keys(value).length === 1) {
    yield {path, reference: {env: value.env}};
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    yield* environmentReferences(inner, path === '' ? key : `${path}.${key}`);
  }
}

function isHttpUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

/** On this machine a connection needs no secrecy of its own. */
function isSafeForSecrets(value: string): boolean {
  if (!isHttpUrl(value)) return false;
  const {protocol, hostname} = new URL(value);
  return protocol === 'https:' || /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}

function isOrigin(value: string): boolean {
  return isHttpUrl(value) && new URL(value).origin === value;
}

function isLanguage(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}
