import type {ElementPayment} from '../../shared/payment-elements.ts';
import {closestLanguage} from '../../shared/words/closest-language.ts';
import {withRegistered} from '../../shared/words/translation.ts';
import {appearanceAround} from './stripe-appearance.ts';
import {stripeElementEn} from './stripe-element.en.ts';
import {stripeElementZhCN, type StripeElementWords} from './stripe-element.zh-cn.ts';
import {stripeElementZhTW} from './stripe-element.zh-tw.ts';
import {
  loadStripeJs,
  type Stripe,
  type StripeAnswer,
  type StripeError,
  type StripeIntent,
  type StripePaymentElement,
} from './stripe-js.ts';

const words = {'zh-CN': stripeElementZhCN, 'zh-TW': stripeElementZhTW, en: stripeElementEn};

/** How long Stripe's form may take to come. A blocker that lets the script through may still stop its frames. */
const patienceMs = 20_000;

/** Languages of Stripe's form that are not the first part of a tag alone. */
const wholeTags = ['zh-TW', 'zh-HK'] as const;

/** Takes a payment by Stripe's Payment Element: its form in the page, the button and all words around it ours. */
export async function mountStripe(container: HTMLElement, payment: ElementPayment): Promise<void> {
  const {clientSecret, settings, lang, signal} = payment;
  const said = wordsFor(lang);
  const constructStripe = await loadStripeJs(settings['script'] ?? '');
  signal.throwIfAborted();
  const locale = localeFor(lang);
  const stripe = constructStripe(settings['publishableKey'] ?? '', {locale});
  // The buyer may be back from their bank, or have reloaded the page: what they have paid is not asked for again.
  const {paymentIntent: standing, error} = await stripe.retrievePaymentIntent(clientSecret);
  signal.throwIfAborted();
  if (!standing) throw new Error(`Stripe does not show the payment: ${error?.type} ${error?.code ?? ''}`);
  if (isDone(standing)) return payment.completed();

  const place = document.createElement('div');
  container.append(place);
  const elements = stripe.elements({clientSecret, appearance: appearanceAround(place), locale});
  const element = elements.create('payment');
  signal.addEventListener('abort', () => {
    element.destroy();
    place.remove();
  });
  await shown(element, place, signal);
  const confirm = async (): Promise<StripeAnswer> =>
    stripe.confirmPayment({
      elements,
      confirmParams: payment.returnUrl === undefined ? {} : {return_url: payment.returnUrl},
      redirect: 'if_required',
    });
  payment.payBy(
    async () => {
      const answer = await Promise.race([confirm(), comeBack(signal)]).catch((thrown: unknown) => {
        reportError(thrown);
        return {};
      });
      return problemIn(answer, stripe, clientSecret, said);
    },
    standing.last_payment_error ? problemOf(standing.last_payment_error, said) : undefined,
  );
}

/** @throws {Error} where the form does not come */
function shown(element: StripePaymentElement, place: HTMLElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("Stripe's form did not come in time.")), patienceMs);
    const settle = (end: () => void) => () => {
      clearTimeout(timer);
      end();
    };
    element.on('ready', settle(resolve));
    element.on('loaderror', ({error}) =>
      settle(() => reject(new Error(`Stripe's form did not come: ${error?.type} ${error?.code ?? ''}`)))(),
    );
    signal.addEventListener(
      'abort',
      settle(() => reject(signal.reason as Error)),
    );
    element.mount(place);
  });
}

/** What to tell the buyer of what came of a press; nothing where they are done. */
async function problemIn(
  {error, paymentIntent = error?.payment_intent}: StripeAnswer,
  stripe: Stripe,
  clientSecret: string,
  said: StripeElementWords,
): Promise<string | undefined> {
  if (paymentIntent && isDone(paymentIntent)) return undefined;
  if (error && isRefusal(error)) return problemOf(error, said);
  // Nobody here knows what became of it. Stripe does.
  const {paymentIntent: standing} = await stripe.retrievePaymentIntent(clientSecret).catch((): StripeAnswer => ({}));
  if (!standing) return said.unknown;
  if (isDone(standing)) return undefined;
  if (standing.status === 'canceled') return said.over;
  return standing.last_payment_error ? problemOf(standing.last_payment_error, said) : said.notDone;
}

function isDone({status}: StripeIntent): boolean {
  return status === 'succeeded' || status === 'processing' || status === 'requires_capture';
}

function isRefusal({type}: StripeError): boolean {
  return type === 'card_error' || type === 'validation_error';
}

function problemOf({type, code = '', decline_code}: StripeError, said: StripeElementWords): string {
  if (type === 'validation_error' || /^(incorrect|invalid|incomplete)_/.test(code)) return said.check;
  if (code === 'expired_card' || decline_code === 'expired_card') return said.expired;
  if (decline_code === 'insufficient_funds') return said.funds;
  return code === 'payment_intent_authentication_failure' ? said.notConfirmed : said.declined;
}

/** Whoever left the page for their bank and goes back finds it as it was, its questions unanswered for ever. */
function comeBack(signal: AbortSignal): Promise<StripeAnswer> {
  return new Promise(resolve => {
    addEventListener('pageshow', ({persisted}) => persisted && resolve({}), {signal});
  });
}

function wordsFor(lang: string): StripeElementWords {
  const own = words[closestLanguage(lang, Object.keys(words) as (keyof typeof words)[])];
  return withRegistered({'stripe-element': own}, lang)['stripe-element'];
}

function localeFor(lang: string): string {
  return wholeTags.find(tag => lang.startsWith(tag)) ?? lang.split('-')[0]!;
}
