import {createAcgFaka} from '../upstreams/acg-faka/index.ts';
import {createDujiaoNext} from '../upstreams/dujiao-next/index.ts';
import {createKasushou} from '../upstreams/kasushou/index.ts';
import {createKayixin} from '../upstreams/kayixin/index.ts';
import {createKakayunV2, createKakayunV3} from '../upstreams/kakayun/index.ts';
import {inCurrency} from '../upstreams/in-currency.ts';
import {createKinguin} from '../upstreams/kinguin/index.ts';
import type {Upstream} from '../upstreams/port.ts';
import {createReloadly} from '../upstreams/reloadly/index.ts';
import type {Clock} from './clock.ts';
import {
  ConfigError,
  type CheckedConfig,
  type ConnectionConfig,
  type PaymentConfig,
  type Secrets,
} from './config/config.ts';
import type {KeyRing} from './security/key-ring.ts';
import type {PaymentProvider} from './payments/port.ts';
import {createBankTransferProvider} from './payments/bank-transfer/bank-transfer-provider.ts';
import {createEpayProvider} from './payments/epay/epay-provider.ts';
import {createOwnStock} from './own-stock/own-stock.ts';
import {showOwnStock} from './own-stock/show-own-stock.ts';
import type {Store} from './persistence/store.ts';
import {createSandboxProvider} from './payments/sandbox/sandbox-provider.ts';
import {loadStripe, StripeMissingError} from './payments/stripe/load-stripe.ts';
import {createStripeProvider} from './payments/stripe/stripe-provider.ts';

/*
 * From a line in the configuration to the adapter that speaks its protocol. A new platform or provider is one more case
 * here and one more variant in the configuration's schema.
 */

/** What the shop's own stock lies in. */
export interface Home {
  readonly config: CheckedConfig;
  readonly store: Store;
  readonly keys: KeyRing;
}

/** What an adapter is given beside its connection. */
export interface Surroundings {
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly fetch: typeof globalThis.fetch;
  /** Where the platform reports orders, for protocols that have it sent along with each. */
  readonly callbackUrl?: string | undefined;
  /** For own stock, which is nowhere without it. */
  readonly home?: Home;
}

/** A connection's platform, as the shop reckons with it: in the shop's own currency. */
export function createUpstream(connection: ConnectionConfig, surroundings: Surroundings): Upstream {
  const upstream = createAdapter(connection, surroundings);
  return connection.exchange ? inCurrency(upstream, connection.exchange) : upstream;
}

function createAdapter(
  connection: ConnectionConfig,
  {secrets, clock, fetch, callbackUrl, home}: Surroundings,
): Upstream {
  const callback = callbackUrl !== undefined && {callbackUrl};
  switch (connection.protocol) {
    case 'acg-faka':
      return createAcgFaka({
        url: connection.url,
        appId: secrets(connection.credentials.appId),
        appKey: secrets(connection.credentials.appKey),
        fetch,
        clock,
      });
    case 'dujiao-next':
      return createDujiaoNext({
        url: connection.url,
        apiKey: secrets(connection.credentials.apiKey),
        apiSecret: secrets(connection.credentials.apiSecret),
        fetch,
        clock,
        ...callback,
      });
    case 'kasushou':
      return createKasushou({
        url: connection.url,
        userId: secrets(connection.credentials.userId),
        apiKey: secrets(connection.credentials.apiKey),
        fetch,
        clock,
        ...callback,
      });
    case 'kayixin':
      return createKayixin({
        url: connection.url,
        appId: secrets(connection.credentials.appId),
        appSecret: secrets(connection.credentials.appSecret),
        timestamps: connection.timestamps,
        emptyBody: connection.emptyBody,
        fetch,
        clock,
        ...callback,
      });
    case 'kakayun-v3':
    case 'kakayun-v2': {
      const account = {
        url: connection.url,
        userId: secrets(connection.credentials.userId),
        key: secrets(connection.credentials.key),
        fetch,
        clock,
      };
      if (connection.protocol === 'kakayun-v2') return createKakayunV2(account);
      return createKakayunV3({
        ...account,
        ...callback,
        ...(connection.dockUrl !== undefined && {dockUrl: connection.dockUrl}),
      });
    }
    case 'kinguin': {
      const {apiKey, webhookSecret} = connection.credentials;
      return createKinguin({
        url: connection.url,
        apiKey: secrets(apiKey),
        ...(webhookSecret && {webhookSecret: secrets(webhookSecret)}),
        fetch,
        clock,
      });
    }
    case 'reloadly':
      return createReloadly({
        url: connection.url,
        ...(connection.authUrl !== undefined && {authUrl: connection.authUrl}),
        clientId: secrets(connection.credentials.clientId),
        clientSecret: secrets(connection.credentials.clientSecret),
        currency: connection.currency,
        recipientEmail: connection.recipientEmail,
        fetch,
        clock,
      });
    case 'own-stock':
      if (!home) throw new Error(`Connection "${connection.id}" is own stock and has no shop around it.`);
      return createOwnStock({
        connectionId: connection.id,
        goods: connection.goods,
        currency: home.config.shop.currency,
        store: home.store,
        keys: home.keys,
        clock,
        onSold: good =>
          home.store.transaction(tx => showOwnStock({config: home.config, clock}, tx, connection.id, good)),
      });
  }
}

/** @throws {ConfigError} where it needs a package that is not installed */
export async function createPaymentProvider(
  payment: PaymentConfig,
  secrets: Secrets,
  clock: Clock,
  fetch: typeof globalThis.fetch,
): Promise<PaymentProvider> {
  switch (payment.provider) {
    case 'sandbox':
      return createSandboxProvider({
        url: payment.url,
        merchantKey: secrets(payment.merchantKey),
        webhookSecret: secrets(payment.webhookSecret),
        methods: payment.methods,
        codeSeconds: payment.codeSeconds,
        fetch,
      });
    case 'epay':
      return createEpayProvider({
        id: payment.id,
        url: payment.url,
        pid: payment.pid,
        keys:
          payment.keys.sign === 'md5'
            ? {sign: 'md5', key: secrets(payment.keys.key)}
            : {
                sign: 'rsa',
                privateKey: secrets(payment.keys.privateKey),
                gatewayKey: secrets(payment.keys.gatewayKey),
              },
        methods: payment.methods,
        fetch,
        clock,
      });
    case 'bank-transfer': {
      const {id, payee, bank, account, note, label: labels, windowSeconds = 0} = payment;
      return createBankTransferProvider({id, payee, bank, account, note, labels, windowMs: windowSeconds * 1000});
    }
    case 'stripe':
      return createStripeProvider({
        Stripe: await stripePackage(payment.id),
        id: payment.id,
        methods: payment.methods,
        publishableKey: payment.publishableKey,
        url: payment.url,
        script: payment.script,
        secretKey: secrets(payment.secretKey),
        webhookSecret: secrets(payment.webhookSecret),
        fetch,
        clock,
      });
  }
}

async function stripePackage(id: string): ReturnType<typeof loadStripe> {
  try {
    return await loadStripe();
  } catch (error) {
    if (error instanceof StripeMissingError)
      throw new ConfigError([{path: `payments (${id})`, message: error.message}]);
    throw error;
  }
}
