import {html, type TemplateResult} from 'lit';
import type {Product} from '../../../src/contract/product-details.ts';
import type {StockLevel} from '../../../src/domain/stock.ts';
import {alertIcon, boltIcon, boxIcon, clockIcon, emptyIcon} from '../../shared/icons.ts';
import type {ProductCardWords} from './product-card.zh-cn.ts';

const stockIcons = {in_stock: boxIcon, low: alertIcon, sold_out: emptyIcon, unknown: clockIcon};

/** How a good is delivered and whether there is any: words with an icon, never colour alone. */
export function goodFacts(delivery: Product['delivery'], stock: StockLevel, words: ProductCardWords): TemplateResult {
  return html`<p class="facts" part="facts">
    <span class="with-icon">${delivery === 'automatic' ? boltIcon : clockIcon}${words[delivery]}</span>
    <span class="with-icon ${stock === 'low' ? 'warning' : ''}">${stockIcons[stock]}${words[stock]}</span>
  </p>`;
}
