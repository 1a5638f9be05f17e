import {html, nothing, render, type TemplateResult} from 'lit';
import type {ElementPayment} from '../../components/shared/payment-elements.ts';
import {closestLanguage} from '../../components/shared/words/closest-language.ts';
import {stripeElementEn} from '../../components/storefront/stripe-element/stripe-element.en.ts';
import {stripeElementZhCN} from '../../components/storefront/stripe-element/stripe-element.zh-cn.ts';
import {stripeElementZhTW} from '../../components/storefront/stripe-element/stripe-element.zh-tw.ts';
import type {PaymentProvider} from '../../src/sandbox/payments/payment-provider.ts';
import {cardFormWords, type CardFormWords} from './card-form-words.ts';
import {cardProblem, groupedExpiry, groupedNumber, type Card} from './typed-card.ts';

/** What the shop says of a press is what it says in front of a real provider's form. */
const outcomes = {'zh-CN': stripeElementZhCN, 'zh-TW': stripeElementZhTW, en: stripeElementEn};

/** The card that every bank refuses; Stripe has one, too. */
const refused = '4000 0000 0000 0002';
const good = '4242 4242 4242 4242';

/**
 * Stands in for the form of a payment provider within the page, such as Stripe's Payment Element, where a shop lives inside
 * a page: three fields in the light DOM, the button and all words around them the checkout's. Nothing is loaded, nothing
 * that is typed goes anywhere, and the look comes from the tokens around it.
 */
export function mountCardForm(payments: () => PaymentProvider, container: HTMLElement, payment: ElementPayment): void {
  const languages = Object.keys(outcomes) as (keyof typeof outcomes)[];
  const lang = closestLanguage(payment.lang, languages);
  const card: Record<keyof Card, string> = {number: '', expiry: '', code: ''};
  let wrong: keyof Card | undefined;
  const place = document.createElement('div');
  place.className = 'card-form';
  const draw = (): void => {
    render(
      cardForm(cardFormWords[lang], card, wrong, (field, text) => {
        card[field] = text;
        if (wrong === field) wrong = undefined;
        draw();
      }),
      place,
    );
  };
  draw();
  container.append(place);
  payment.signal.addEventListener('abort', () => place.remove());
  payment.payBy(async () => {
    wrong = cardProblem(card, new Date());
    draw();
    if (wrong) {
      place.querySelector<HTMLInputElement>(`[name="card-${wrong}"]`)?.focus();
      return outcomes[lang].check;
    }
    if (card.number === refused) return outcomes[lang].declined;
    await payments().pay(payment.clientSecret);
    return undefined;
  });
}

function cardForm(
  words: CardFormWords,
  card: Card,
  wrong: keyof Card | undefined,
  typed: (field: keyof Card, text: string) => void,
): TemplateResult {
  const field = (name: keyof Card, placeholder: string, group: (text: string) => string): TemplateResult =>
    html`<label class=${name}>
      <span>${words[name]}</span>
      <input
        name="card-${name}"
        inputmode="numeric"
        autocomplete="off"
        placeholder=${placeholder}
        aria-invalid=${wrong === name ? 'true' : nothing}
        .value=${card[name]}
        @input=${({target}: InputEvent) => {
          const input = target as HTMLInputElement;
          input.value = group(input.value);
          typed(name, input.value);
        }}
      />
    </label>`;
  return html`<p class="kind"><span aria-hidden="true"></span>${words.kind}</p>
    ${field('number', '1234 1234 1234 1234', groupedNumber)} ${field('expiry', words.expiryShape, groupedExpiry)}
    ${field('code', 'CVC', text => text.replace(/\D/g, '').slice(0, 4))}
    <p class="hint">${words.hint(good, refused)}</p>`;
}
