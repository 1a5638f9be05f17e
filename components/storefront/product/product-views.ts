import {html, nothing, type TemplateResult} from 'lit';
import type {Product, Sku} from '../../../src/contract/product-details.ts';
import type {Offer} from '../../../src/store/offer.ts';
import {formatDate, formatMoney} from '../../shared/format.ts';
import {boltIcon, checkIcon, clockIcon} from '../../shared/icons.ts';
import type {KsQuantityChangeEvent} from '../../shared/quantity-stepper/quantity-stepper.ts';
import {richText} from '../../shared/rich-text/rich-text.ts';
import type {Words} from '../../shared/words/word-pack.ts';
import type {ProductPageWords} from '../languages/word-packs.ts';
import {goodFacts} from '../product-card/good-facts.ts';

type PageWords = Words<ProductPageWords>;

/** What the good is, what one piece costs, and how sure that is. */
export function about(product: Product, {sku, stock, unitPrice, minimum}: Offer, words: PageWords): TemplateResult {
  const {title, categoryName, badges, delivery, maximum} = product;
  const {product: own, 'product-choice': choice, lang} = words;
  const hearsay = badges.filter(({evidence}) => evidence === 'platform');
  const limits = [
    ...(minimum > 1 ? [choice.minimum(minimum)] : []),
    ...(maximum === undefined ? [] : [choice.maximum(maximum)]),
  ];
  return html`<header>
    ${categoryName && html`<p class="muted">${categoryName}</p>`}
    <h1 id="title" part="title">${title}</h1>
    ${badges.filter(({evidence}) => evidence === 'document').map(badge => proven(badge, words))}
    ${
      hearsay.length > 0
        ? html`<p class="badges">
            ${hearsay.map(({text}) => html`<span class="badge">${text}</span>`)}
            <small class="hint">${own.badgeSource}</small>
          </p>`
        : nothing
    }
    <p class="price" part="price">
      ${unitPrice && formatMoney(unitPrice, lang)} ${unitPrice ? html`<small>${own.perPiece}</small>` : nothing}
    </p>
    ${goodFacts(delivery, stock, words['product-card'])}
    <p class="hint">${sku ? freshness(sku, words) : nothing} ${limits.map(limit => html`<span>${limit}</span>`)}</p>
  </header>`;
}

/** What the shop answers for, with the paper that it has seen. A word without its paper is not shown. */
function proven(
  {text, statement, url, validUntil}: Product['badges'][number],
  {product: own, lang}: PageWords,
): TemplateResult | typeof nothing {
  if (!statement) return nothing;
  return html`<details class="proven" part="official">
    <summary><span class="badge success with-icon">${checkIcon}${text}</span><span>${own.evidence}</span></summary>
    <p>${statement}</p>
    ${
      validUntil
        ? html`<p class="hint">
            ${own.validUntil(formatDate(`${validUntil}T00:00:00Z`, lang, {dateStyle: 'medium', timeZone: 'UTC'}))}
          </p>`
        : nothing
    }
    ${url ? html`<p><a href=${url} target="_blank" rel="noopener noreferrer">${own.evidenceLink}</a></p>` : nothing}
  </details>`;
}

function freshness({checkedAt}: Sku, {product: own, lang}: PageWords): TemplateResult {
  if (checkedAt === undefined) return html`<span>${own.unchecked}</span>`;
  const isToday = new Date(checkedAt).toDateString() === new Date().toDateString();
  const time = formatDate(checkedAt, lang, isToday ? {timeStyle: 'short'} : {dateStyle: 'medium', timeStyle: 'short'});
  return html`<time datetime=${checkedAt}>${own.checked(time)}</time>`;
}

/** The prices by quantity (批发价), where there is more than one, and which of them applies. */
export function priceSteps({steps, quantity}: Offer, words: PageWords): TemplateResult | typeof nothing {
  if (steps.length < 2) return nothing;
  const {product: own, 'product-choice': choice, lang} = words;
  const next = steps.find(({from}) => from > quantity);
  return html`<div>
    <table part="prices">
      <caption>
        ${choice.tiers}
      </caption>
      <thead>
        <tr>
          <th scope="col">${own.pieces}</th>
          <th scope="col">${own.unitPrice}</th>
        </tr>
      </thead>
      <tbody>
        ${steps.map(
          ({from, to, price, applies}) =>
            html`<tr class=${applies ? 'current' : ''} aria-current=${applies}>
              <th scope="row">${to === undefined ? own.more(from) : own.range(from, to)}</th>
              <td>
                <span class="number">${formatMoney(price, lang)}</span>
                ${applies ? html`<small class="with-icon">${checkIcon}${own.applies}</small>` : nothing}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
    <p class="hint next">${next && own.next(next.from - quantity, formatMoney(next.price, lang))}</p>
  </div>`;
}

/** How many, and what they cost together. */
export function pieces(
  {title}: Product,
  {quantity, minimum, maximum, total}: Offer,
  words: PageWords,
  choose: (quantity: number) => void,
): TemplateResult {
  return html`<div class="row pieces">
    <ks-quantity-stepper
      .words=${words['quantity-stepper']}
      .value=${quantity}
      .min=${minimum}
      .max=${maximum}
      label=${title}
      @ks-quantity-change=${(event: KsQuantityChangeEvent) => choose(event.quantity)}
    ></ks-quantity-stepper>
    <p role="status" class="total" part="total">
      <span class="muted">${words['product-choice'].total}</span>
      <span class="price">${total && formatMoney(total, words.lang)}</span>
    </p>
  </div>`;
}

/** What to read before buying, and about the good. */
export function details({notice, description}: Product, words: PageWords): TemplateResult {
  const {product: own, 'product-choice': choice} = words;
  return html`${
    notice && notice.length > 0
      ? html`<section class="know" part="notice">
          <h2>${own.notice}</h2>
          ${richText(notice, 3)}
        </section>`
      : nothing
  }
  ${
    description.length > 0
      ? html`<section part="description">
          <h2>${choice.details}</h2>
          ${richText(description, 3)}
        </section>`
      : nothing
  }`;
}

/** What is promised of the delivery: no more than anybody can keep. */
export function promise({delivery}: Product, {product: own}: PageWords): TemplateResult {
  return html`<p class="with-icon promise">
    ${delivery === 'automatic' ? boltIcon : clockIcon}<span>${own[delivery]}</span>
  </p>`;
}

/** Takes the room that the good will take. */
export function skeleton({'product-card': words}: PageWords): TemplateResult {
  return html`<article part="product" aria-busy="true">
    <span class="visually-hidden">${words.loading}</span>
    <div class="skeleton picture"></div>
    <div class="stack buy">
      <header>
        <div class="skeleton line short"></div>
        <div class="skeleton line title"></div>
        <div class="skeleton line title short"></div>
        <div class="skeleton line"></div>
      </header>
      <div class="skeleton tall"></div>
      <div class="actions">
        <div class="skeleton target"></div>
        <div class="skeleton target"></div>
      </div>
    </div>
    <div class="stack details"><div class="skeleton tall"></div></div>
  </article>`;
}
