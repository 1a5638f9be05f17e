import type {PaymentProvider, ProviderMethod} from '../port.ts';
import {createCheckoutPage, longestPageMs} from './checkout-page.ts';
import {createPaymentElement} from './payment-element.ts';
import {createStripeList} from './stripe-list.ts';
import {createStripeApi, type StripeApiOptions} from './stripe-api.ts';
import {createStripeRefunds} from './stripe-refunds.ts';

export interface StripeOptions extends StripeApiOptions {
  /** Part of the notification's address, and of the methods' ids. */
  readonly id: string;
  /** `page`: on Stripe's own page. `element`: within the shop's page. */
  readonly methods: readonly StripeMethod[];
  /** Public, `pk_…`; for `element`. */
  readonly publishableKey?: string | undefined;
  /** Address of Stripe.js, if it is not Stripe's own. */
  readonly script?: string | undefined;
}

export type StripeMethod = 'page' | 'element';

/** Stripe: its own page (Checkout) or its element in ours, with the ways to pay that the account's dashboard turns on. */
export function createStripeProvider(options: StripeOptions): PaymentProvider {
  const {id, Stripe, clock, methods, publishableKey = ''} = options;
  // Each version of the API has its own Stripe.js.
  const {script = `https://js.stripe.com/${Stripe.MAJOR_API_VERSION}/stripe.js`} = options;
  const api = createStripeApi(options);
  const page = createCheckoutPage(api, clock);
  const element = createPaymentElement(api, clock, {publishableKey, script});
  const offered: Readonly<Record<StripeMethod, ProviderMethod>> = {
    page: {
      id,
      kind: 'redirect',
      labels: {'zh-CN': '银行卡等(Stripe)', 'zh-TW': '信用卡等(Stripe)', en: 'Card and more (Stripe)'},
      lifetimeMs: longestPageMs,
    },
    element: {
      id: `${id}-element`,
      kind: 'element',
      labels: {'zh-CN': '银行卡等，在本页支付', 'zh-TW': '信用卡等，在本頁付款', en: 'Card and more, on this page'},
    },
  };

  return {
    id,
    acknowledgement: 'ok',
    methods: methods.map(method => offered[method]),

    async open(request, signal) {
      return (request.method === offered.element.id ? element : page).open(request, signal);
    },

    async verify({headers, body}) {
      const event = await api.readEvent(body, headers.get('Stripe-Signature') ?? '');
      switch (event.type) {
        case 'checkout.session.completed':
        case 'checkout.session.async_payment_succeeded':
        case 'checkout.session.async_payment_failed':
        case 'checkout.session.expired':
          return page.read(event);
        case 'payment_intent.succeeded':
        case 'payment_intent.payment_failed':
        case 'payment_intent.processing':
        case 'payment_intent.canceled':
          return element.read(event) ?? aboutNothing(event.id);
        case 'refund.updated':
        case 'refund.failed':
          return {
            eventId: event.id,
            paymentId: event.data.object.metadata?.['payment_id'] ?? '',
            isAboutRefund: true,
            status: {state: 'pending'},
          };
        default:
          return aboutNothing(event.id);
      }
    },

    refunds: createStripeRefunds(api.ask),

    list: createStripeList(api),

    async query({paymentId, providerReference}, signal) {
      // What Stripe never told us of was shown to nobody: nobody can have paid it.
      if (providerReference === undefined) return {state: 'absent'};
      return (providerReference.startsWith('pi_') ? element : page).query(paymentId, providerReference, signal);
    },
  };
}

/** An endpoint may be sent more than it asked for. It is taken in, and is about nothing that was opened here. */
function aboutNothing(eventId: string) {
  return {eventId, paymentId: '', status: {state: 'pending'}} as const;
}
