import * as v from 'valibot';
import {compare, isPositive, money, MoneyError, round, zero} from '../../domain/money.ts';
import {connectionSchema, type sourceSchema} from './connection-config.ts';
import {currencyCode, currencyMistakes, exchangeRateOf} from './connection-currency.ts';
import {couponMistakes, couponSchema} from './coupon-config.ts';
import {databaseSchema} from './database-config.ts';
import {deliveryConfigSchema, deliveryMistakes} from './delivery-config.ts';
import {env, type EnvironmentReference} from './env.ts';
import {joinedListingSchema} from './listing-config.ts';
import {paymentSchema} from './payment-config.ts';
import {revealMistakes} from './reveal-config.ts';
import {shutdownSchema} from './shutdown-config.ts';
import {areDistinct, language, origin, seconds, secret, text} from './values.ts';

export {env, type EnvironmentReference};
export type {CouponConfig} from './coupon-config.ts';

/*
 * What a shop is, as its owner writes it down in `keystall.config.ts`. Everything has one meaning and one place; secrets
 * are named here and read from the environment.
 */

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
      /** Where keys are shown: in a frame of this server's that the page's scripts cannot read, or in the page. */
      reveal: v.exactOptional(v.picklist(['isolated', 'in-page']), 'isolated'),
    }),
    /** The server's own address, as payment providers and pages reach it. */
    address: origin,
    port: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)), 4100),
    /** How many reverse proxies of your own stand before the server: so many entries of X-Forwarded-For are true. */
    proxies: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10)), 0),
    /** Origins of the pages that embed the shop. */
    origins: v.array(origin),
    connections: v.pipe(v.array(connectionSchema), v.minLength(1, 'needs at least one connection')),
    /** Goods of several connections that are one listing. */
    listings: v.exactOptional(v.array(joinedListingSchema), []),
    payments: v.pipe(v.array(paymentSchema), v.minLength(1, 'needs at least one provider')),
    /** Codes that buyers may type in. */
    coupons: v.exactOptional(v.array(couponSchema), []),
    /** By which ways buyers, and your own system, are told of their orders; without it the page alone tells. */
    delivery: v.exactOptional(deliveryConfigSchema),
    /** Bearer token with which Prometheus reads `/metrics`; without one nobody does. */
    metricsToken: v.exactOptional(secret),
    shutdown: v.exactOptional(shutdownSchema, {}),
    database: v.exactOptional(databaseSchema, {}),
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
    const {coupons, connections, shop, delivery, origins} = parsed.output;
    mistakes.push(
      ...stepMistakes(parsed.output),
      ...currencyMistakes(connections, shop.currency),
      ...pinMistakes(parsed.output),
      ...couponMistakes(coupons, shop.currency),
      ...deliveryMistakes(delivery, origins),
      ...revealMistakes(parsed.output),
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
