import {createAcgFaka} from '../upstreams/acg-faka/index.ts';
import {createDujiaoNext} from '../upstreams/dujiao-next/index.ts';
import type {Upstream} from '../upstreams/port.ts';
import type {Clock} from './clock.ts';
import type {CheckedConfig, ConnectionConfig, PaymentConfig, Secrets} from './config/config.ts';
import type {KeyRing} from './security/key-ring.ts';
import type {PaymentProvider} from './payments/port.ts';
import {createEpayProvider} from './payments/epay/epay-provider.ts';
import {createOwnStock} from './own-stock/own-stock.ts';
import type {Store} from './persistence/store.ts';
import {createSandboxProvider} from './payments/sandbox/sandbox-provider.ts';

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

/** @param home for own stock, which is nowhere without it */
export function createUpstream(
  connection: ConnectionConfig,
  secrets: Secrets,
  clock: Clock,
  fetch: typeof globalThis.fetch,
  home?: Home,
): Upstream {
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
      });
  }
}

export function createPaymentProvider(
  payment: PaymentConfig,
  secrets: Secrets,
  clock: Clock,
  fetch: typeof globalThis.fetch,
): PaymentProvider {
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
  }
}
