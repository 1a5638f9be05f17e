/** The part of Stripe.js that takes a payment. Source: docs.stripe.com/js, and the types of the package `@stripe/stripe-js`. */
export type StripeConstructor = (publishableKey: string, options?: {readonly locale?: string}) => Stripe;

export interface Stripe {
  retrievePaymentIntent(clientSecret: string): Promise<StripeAnswer>;
  elements(options: {
    readonly clientSecret: string;
    readonly appearance: StripeAppearance;
    readonly locale: string;
  }): StripeElements;
  confirmPayment(options: {
    readonly elements: StripeElements;
    readonly confirmParams: {readonly return_url?: string};
    readonly redirect: 'if_required';
  }): Promise<StripeAnswer>;
}

export interface StripeElements {
  create(type: 'payment'): StripePaymentElement;
}

export interface StripePaymentElement {
  on(event: 'ready', listener: () => void): unknown;
  on(event: 'loaderror', listener: (event: {readonly error?: StripeError}) => void): unknown;
  mount(place: HTMLElement): void;
  destroy(): void;
}

/** Of the Appearance API: docs.stripe.com/elements/appearance-api. */
export interface StripeAppearance {
  readonly theme: 'stripe' | 'night';
  readonly variables: Readonly<Record<string, string>>;
  readonly rules: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface StripeAnswer {
  readonly paymentIntent?: StripeIntent;
  readonly error?: StripeError;
}

export interface StripeIntent {
  readonly status: string;
  readonly last_payment_error?: StripeError | null;
}

export interface StripeError {
  readonly type: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly payment_intent?: StripeIntent;
}

interface PolicyFactory {
  createPolicy(
    name: string,
    rules: {createScriptURL(address: string): string},
  ): {createScriptURL(address: string): string};
}

interface Page {
  Stripe?: StripeConstructor;
  readonly trustedTypes?: PolicyFactory;
}

let loading: Promise<StripeConstructor> | undefined;
let policy: ReturnType<PolicyFactory['createPolicy']> | undefined;

/**
 * Stripe.js: the page's own, where it has loaded it; else from Stripe, which wants it to come from nowhere else.
 * What did not come is asked for anew the next time.
 */
export function loadStripeJs(address: string): Promise<StripeConstructor> {
  const {Stripe} = globalThis as Page;
  if (Stripe) return Promise.resolve(Stripe);
  loading ??= requestScript(address).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function requestScript(address: string): Promise<StripeConstructor> {
  const script = document.createElement('script');
  script.async = true;
  script.src = trusted(address);
  try {
    await new Promise((resolve, reject) => {
      script.addEventListener('load', resolve);
      script.addEventListener('error', () => reject(new Error(`Stripe.js did not come from ${address}.`)));
      document.head.append(script);
    });
  } catch (error) {
    script.remove();
    throw error;
  }
  const {Stripe} = globalThis as Page;
  if (!Stripe) throw new Error(`What came from ${address} is no Stripe.js.`);
  return Stripe;
}

/** A shop server is believed where Stripe's script is as little as Stripe is elsewhere: on this machine, for trying it. */
function trusted(address: string): string {
  const {origin, hostname} = new URL(address);
  if (origin !== 'https://js.stripe.com' && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname))
    throw new Error(`Stripe.js comes from https://js.stripe.com, not from ${origin}.`);
  policy ??= (globalThis as Page).trustedTypes?.createPolicy('keystall-stripe', {createScriptURL: given => given});
  return policy?.createScriptURL(address) ?? address;
}
