import type StripeClient from 'stripe';
import {MoneyError} from '../../../domain/money.ts';
import type {Clock} from '../../clock.ts';
import {NotificationError, PaymentProviderError} from '../port.ts';

export interface StripeApiOptions {
  /** The package `stripe`: see load-stripe.ts. */
  readonly Stripe: typeof StripeClient;
  /** Origin of the API: `https://api.stripe.com`, unless something stands in its place. */
  readonly url: string;
  readonly secretKey: string;
  /** Of the one endpoint that Stripe notifies, `whsec_…`. */
  readonly webhookSecret: string;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

/** Stripe's API, as everything here asks it. */
export interface StripeApi {
  /**
   * One question, bound to the caller's signal, never repeated here: who asks repeats.
   * @throws {PaymentProviderError} without a word of what was sent
   */
  ask<Answer>(signal: AbortSignal, question: (stripe: StripeClient) => Promise<Answer>): Promise<Answer>;
  /** @throws {NotificationError} for what Stripe did not sign, or signed long ago */
  readEvent(body: string, signature: string): Promise<StripeClient.Event>;
}

/** How old a notification may be: Stripe signs each of its attempts anew. */
const toleranceSeconds = 300;
const patienceMs = 10_000;

export function createStripeApi({Stripe, url, secretKey, webhookSecret, fetch, clock}: StripeApiOptions): StripeApi {
  const {protocol, hostname, port} = new URL(url);
  const reader = new Stripe(secretKey);

  return {
    async ask(signal, question) {
      const bound: typeof fetch = async (input, init) =>
        fetch(input, {
          ...init,
          redirect: 'error',
          signal: init?.signal ? AbortSignal.any([signal, init.signal]) : signal,
        });
      const stripe = new Stripe(secretKey, {
        protocol: protocol === 'http:' ? 'http' : 'https',
        host: hostname,
        port: port || (protocol === 'http:' ? 80 : 443),
        httpClient: Stripe.createFetchHttpClient(bound),
        maxNetworkRetries: 0,
        timeout: patienceMs,
        telemetry: false,
      });
      try {
        return await question(stripe);
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeError))
          throw new PaymentProviderError('Stripe does not answer in its own words.');
        // Its own message may quote what it was sent.
        const {type, code, statusCode} = error;
        throw new PaymentProviderError(`Stripe did not do it: ${[type, code, statusCode].filter(Boolean).join(' ')}`);
      }
    },

    async readEvent(body, signature) {
      try {
        return await reader.webhooks.constructEventAsync(
          body,
          signature,
          webhookSecret,
          toleranceSeconds,
          Stripe.createSubtleCryptoProvider(),
          clock.now(),
        );
      } catch {
        // Its text quotes the body.
        throw new NotificationError("It does not carry Stripe's signature over this body, or is too old.");
      }
    },
  };
}

/** What `read` makes of an amount; what is none becomes the error of where it came from. */
export function readable<Result>(
  read: () => Result,
  Failure: typeof NotificationError | typeof PaymentProviderError,
): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    throw new Failure(error.message, {cause: error});
  }
}
