import {html, nothing, type TemplateResult} from 'lit';
import type {Quote, QuoteLine} from '../../../src/contract/quote.ts';
import {problemOf} from '../../../src/store/cart-reducer.ts';
import type {cartProblemMessages} from '../../shared/cart-problem.messages.ts';
import {cartProblemText} from '../../shared/cart-problem-text.ts';
import {formatMoney} from '../../shared/format.ts';
import {alertIcon} from '../../shared/icons.ts';
import type {Localize} from '../../shared/localize.ts';
import type {CheckoutWords} from './checkout.messages.ts';

/** The goods and what they cost. */
export function quoteSummary({lines, total}: Quote, words: Localize<CheckoutWords>): TemplateResult {
  return html`<div class="summary" part="summary">
    <h3>${words.term('summary')}</h3>
    <ul class="stack">
      ${lines.map(
        line =>
          html`<li class="row">
            <span>${line.title} <span class="muted">×&nbsp;${line.quantity}</span> ${choicesOf(line)}</span>
            <span class="price">${formatMoney(line.total, words.lang)}</span>
          </li>`,
      )}
    </ul>
    <p class="row total">
      <span>${words.term('total')}</span> <span class="price">${formatMoney(total, words.lang)}</span>
    </p>
  </div>`;
}

/** The lines that cannot be bought as they stand, and why. */
export function quoteProblems(
  {lines}: Quote,
  words: Localize<CheckoutWords>,
  problemWords: Localize<(typeof cartProblemMessages)['zhCN']>,
): TemplateResult {
  const explain = (line: QuoteLine): string => {
    if (line.problem === 'stock_unknown') return words.term('stock_unknown');
    const problem = problemOf(line);
    return problem ? cartProblemText(problem, problemWords) : '';
  };
  return html`<ul>
    ${lines
      .filter(({problem}) => problem)
      .map(
        line =>
          html`<li class="problem">
            <strong>${line.title}</strong>
            ${choicesOf(line)}
            <span class="with-icon danger">${alertIcon}${explain(line)}</span>
          </li>`,
      )}
  </ul>`;
}

function choicesOf({choices}: QuoteLine): TemplateResult | typeof nothing {
  const chosen = Object.values(choices).join(' · ');
  return chosen ? html`<small class="hint">${chosen}</small>` : nothing;
}
