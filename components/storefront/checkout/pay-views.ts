import {html, nothing, type TemplateResult} from 'lit';
import type {Order} from '../../../src/contract/order.ts';
import type {PaymentMethod, Shop as ShopInfo} from '../../../src/contract/shop.ts';
import type {Loaded} from '../../../src/store/shop.ts';
import {failureBlank} from '../../shared/failure.ts';
import {formatMoney} from '../../shared/format.ts';
import {alertIcon} from '../../shared/icons.ts';
import {dataOf} from '../../shared/readable-controller.ts';
import type {Words} from '../../shared/words/word-pack.ts';
import type {PurchaseWords} from '../languages/word-packs.ts';
import {paymentChoice} from './payment-choice.ts';
import type {StepView} from './step-views.ts';

/** The ways to pay, as far as they are known, and what a buyer does with them. */
export interface Paying {
  readonly info: Loaded<ShopInfo> | undefined;
  readonly words: Words<PurchaseWords>;
  /** What somebody chose before. */
  readonly wanted: string;
  readonly isBusy: boolean;
  readonly input: (event: Event) => void;
  readonly pay: (order: Order, method: string) => void;
}

const methodsOf = ({info}: Paying): readonly PaymentMethod[] | undefined => dataOf(info)?.paymentMethods;

/** The chosen way to pay; before anybody chose, the one tried last, or else the first. */
export function methodOf(paying: Paying, order?: Order): string {
  const methods = methodsOf(paying) ?? [];
  const wanted = paying.wanted || order?.payments[0]?.method;
  return (methods.find(({id}) => id === wanted) ?? methods[0])?.id ?? '';
}

export function payMethods(paying: Paying, error: TemplateResult | undefined, order?: Order): TemplateResult {
  const {info, words} = paying;
  if (info?.status === 'failed' && !info.data) return failureBlank(info.error, words, () => info.retry());
  const methods = methodsOf(paying);
  return methods
    ? paymentChoice(methods, methodOf(paying, order), words.checkout, error)
    : html`<div class="skeleton tall" aria-busy="true"></div>`;
}

/** The ways to pay an order that is there already, and the button. */
export function payForm(paying: Paying, order: Order): TemplateResult {
  const {words} = paying;
  const submit = (event: Event): void => {
    event.preventDefault();
    paying.pay(order, methodOf(paying, order));
  };
  return html`<form class="stack" @submit=${submit} @input=${paying.input}>
    ${payMethods(paying, undefined, order)}
    <button type="submit" class="button primary wide" part="pay" aria-disabled=${paying.isBusy}>
      ${words.checkout.pay(formatMoney(order.total, words.lang))}
    </button>
  </form>`;
}

/** Beside a payment that is under way: another one; `isUrgent` where that one leads nowhere. */
export function otherMethods(paying: Paying, order: Order, isUrgent = false): TemplateResult | typeof nothing {
  if ((methodsOf(paying) ?? []).length <= 1) return nothing;
  return html`<details ?open=${isUrgent}>
    <summary>${paying.words.checkout.otherMethods}</summary>
    ${payForm(paying, order)}
  </details>`;
}

/** A payment came to nothing: why, and the next. */
export function payAgainStep(paying: Paying, order: Order, title: string, hints: readonly string[]): StepView {
  return {
    title,
    body: html`<div class="stack">
      <div class="notice warning" part="error">
        ${alertIcon}
        <p>${hints.join(' ')}</p>
      </div>
      ${payForm(paying, order)}
    </div>`,
  };
}
