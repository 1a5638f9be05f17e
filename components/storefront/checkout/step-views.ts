import {html, nothing, type TemplateResult} from 'lit';
import type {Order} from '../../../src/contract/order.ts';
import type {Quote} from '../../../src/contract/quote.ts';
import {isDead, problemOf} from '../../../src/store/cart-reducer.ts';
import {cartIcon} from '../../shared/cart-icon.ts';
import {incompleteNotice} from '../../shared/incomplete-notice.ts';
import type {Words} from '../../shared/words/word-pack.ts';
import type {PurchaseWords} from '../languages/word-packs.ts';
import {quoteProblems} from './quote-views.ts';

type AllWords = Words<PurchaseWords>;

/** What stands under the head line of a step: what it says, and the buttons that stay in reach. */
export interface StepView {
  readonly title: string;
  readonly body: TemplateResult;
  readonly footer?: TemplateResult | typeof nothing;
}

export function quotingStep({checkout: words}: AllWords): StepView {
  return {
    title: words.checkout,
    body: html`<div class="stack" aria-busy="true">
      <span class="visually-hidden">${words.quoting}</span>
      <div class="skeleton"></div>
      <div class="skeleton tall"></div>
      <div class="skeleton"></div>
    </div>`,
  };
}

/** A full cart that nobody has asked to pay for yet. */
export function readyStep({checkout: words}: AllWords, open: () => void): StepView {
  const title = words.checkout;
  return {
    title,
    body: html`<button type="button" class="button primary wide" @click=${open}>${title}</button>`,
  };
}

/** @param close puts the checkout away, where it covers the goods */
export function emptyStep({checkout: words}: AllWords, close?: () => void): StepView {
  return {
    title: words.checkout,
    body: html`<div class="blank">
      ${cartIcon}<strong>${words.empty}</strong>
      <p>${words.emptyHint}</p>
      ${close ? html`<button type="button" class="button" @click=${close}>${words.browse}</button>` : nothing}
    </div>`,
  };
}

interface BlockedPresses {
  readonly removeDead: () => void;
  readonly editCart: () => void;
  readonly retry: () => void;
}

/** @param isCart whether it is the cart that is being bought, which can then be changed */
export function blockedStep(quote: Quote, words: AllWords, isCart: boolean, presses: BlockedPresses): StepView {
  const {checkout} = words;
  const button = (text: string, press: () => void, look = ''): TemplateResult =>
    html`<button type="button" class="button wide ${look}" @click=${press}>${text}</button>`;
  const hasDead = quote.lines.some(line => isDead({problem: problemOf(line)}));
  return {
    title: checkout.blocked,
    body: quoteProblems(quote, words),
    footer: html`${isCart && hasDead ? button(checkout.removeDead, presses.removeDead, 'primary') : nothing}
    ${isCart ? button(checkout.editCart, presses.editCart) : nothing} ${button(checkout.retry, presses.retry)}`,
  };
}

export function waitingStep(what: 'placing' | 'uncertain' | 'opening_payment', {checkout: words}: AllWords): StepView {
  return {
    title: words[what],
    body: html`<div class="blank step">
      <span class="spinner large"></span>
      ${what === 'uncertain' ? html`<p>${words.uncertainHint}</p>` : nothing}
    </div>`,
  };
}

/**
 * The order, paid or over, and what a buyer may do next.
 * @param isIncomplete whether the code that shows it did not come
 */
export function orderStep(
  order: Order,
  {checkout: words, failure}: AllWords,
  isIncomplete: boolean,
  next: 'again' | 'done',
  press: () => void,
): StepView {
  return {
    title: words.order,
    // The number shows for as long as the code of the order is on its way.
    body: html`<ks-order order-id=${order.id}><bdi translate="no">${order.number}</bdi></ks-order> ${
        isIncomplete ? incompleteNotice(failure.incomplete, {failure}) : nothing
      }`,
    footer: html`<button type="button" class="button wide" @click=${press}>${words[next]}</button>`,
  };
}
