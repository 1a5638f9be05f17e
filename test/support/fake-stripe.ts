import type {
  StripeAnswer,
  StripeAppearance,
  StripeConstructor,
  StripeElements,
  StripeIntent,
} from '../../components/storefront/stripe-element/stripe-js.ts';

/** Stripe.js as a page has it, that answers as a test says. Its form is a field in the page, where Stripe has a frame. */
export class FakeStripe {
  /** What Stripe shows of the payment when asked; an error stands for no answer. */
  standing: StripeIntent | 'no answer' = {status: 'requires_payment_method'};
  /** Whether its form comes: at once, never, or with an error. */
  form: 'ready' | 'held' | 'broken' = 'ready';
  readonly publishableKeys: string[] = [];
  readonly forms: {readonly clientSecret: string; readonly appearance: StripeAppearance; readonly locale: string}[] =
    [];
  readonly confirmed: {readonly return_url?: string}[] = [];
  #answer: ((answer: StripeAnswer) => void) | undefined;

  /** Answers the press that waits. */
  answer(answer: StripeAnswer): void {
    this.#answer!(answer);
  }

  readonly construct: StripeConstructor = publishableKey => {
    this.publishableKeys.push(publishableKey);
    return {
      retrievePaymentIntent: async () =>
        this.standing === 'no answer' ? {error: {type: 'api_connection_error'}} : {paymentIntent: this.standing},
      elements: options => {
        this.forms.push(options);
        return this.#elements();
      },
      confirmPayment: ({confirmParams}) => {
        this.confirmed.push(confirmParams);
        return new Promise(resolve => (this.#answer = resolve));
      },
    };
  };

  #elements(): StripeElements {
    const listeners: Record<string, (event: object) => void> = {};
    const field = document.createElement('input');
    field.className = 'card-number';
    field.ariaLabel = 'Card number';
    return {
      create: () => ({
        on: (name: string, listener: (event: never) => void) => void (listeners[name] = listener as () => void),
        mount: place => {
          if (place.getRootNode() !== document) throw new Error('Stripe refuses shadow roots.');
          place.append(field);
          if (this.form === 'ready') listeners['ready']!({});
          if (this.form === 'broken') listeners['loaderror']!({error: {type: 'invalid_request_error'}});
        },
        destroy: () => field.remove(),
      }),
    };
  }
}
