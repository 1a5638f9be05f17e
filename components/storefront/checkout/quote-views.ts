import {html, type nothing, type TemplateResult} from 'lit';
import type {Quote, QuoteLine} from '../../../src/contract/quote.ts';
import {problemOf} from '../../../src/store/cart-reducer.ts';
import {cartProblemText} from '../../shared/cart-problem-text.ts';
import {choicesHint, formatMoney} from '../../shared/format.ts';
import {alertIcon} from '../../shared/icons.ts';
import type {Words} from '../../shared/words/word-pack.ts';
import type {PurchaseWords} from '../languages/word-packs.ts';

/** The goods and what they cost, with the place for a code before the total. */
export function quoteSummary(
  {lines, total}: Quote,
  {checkout: words, lang}: Words<PurchaseWords>,
  coupon: TemplateResult | typeof nothing,
): TemplateResult {
  return html`<div class="field summary" part="summary">
    <h3>${words.summary}</h3>
    <ul class="stack">
      ${lines.map(
        line =>
          html`<li class="row">
            <span>${line.title} <span class="muted">×&nbsp;${line.quantity}</span> ${choicesHint(line.choices)}</span>
            <span class="price">${formatMoney(line.total, lang)}</span>
          </li>`,
      )}
    </ul>
    ${coupon}
    <p class="row total"><span>${words.total}</span> <span class="price">${formatMoney(total, lang)}</span></p>
  </div>`;
}

/** The lines that cannot be bought as they stand, and why. */
export function quoteProblems({lines}: Quote, words: Words<PurchaseWords>): TemplateResult {
  const explain = (line: QuoteLine): string => {
    const problem = problemOf(line);
    return problem ? cartProblemText(problem, words) : '';
  };
  return html`<ul>
    ${lines
      .filter(({problem}) => problem)
      .map(
        line =>
          html`<li class="problem">
            <strong>${line.title}</strong>
            ${choicesHint(line.choices)}
            <span class="with-icon danger">${alertIcon}${explain(line)}</span>
          </li>`,
      )}
  </ul>`;
}
