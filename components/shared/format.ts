import {html, nothing, type TemplateResult} from 'lit';
import type {Money} from '../../src/domain/money.ts';

const moneyFormats = new Map<string, Intl.NumberFormat>();

/** An amount as readers of `lang` write it: `¥12.50`. */
export function formatMoney({amount, currency}: Money, lang: string): string {
  const key = `${lang} ${currency}`;
  let format = moneyFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(lang, {style: 'currency', currency, currencyDisplay: 'narrowSymbol'});
    moneyFormats.set(key, format);
  }
  // The string keeps all digits; engines that take numbers only round beyond the fifteenth.
  return format.format(amount as `${number}`);
}

/** A moment, given as RFC 3339, in the reader's own time zone. */
export function formatDate(
  moment: string,
  lang: string,
  options: Intl.DateTimeFormatOptions = {dateStyle: 'medium', timeStyle: 'short'},
): string {
  return new Intl.DateTimeFormat(lang, options).format(new Date(moment));
}

/** The variant of a good, as words: `50 · 美国`. */
export const choicesText = (choices: Readonly<Record<string, string>>): string => Object.values(choices).join(' · ');

/** The variant of a good beneath its title. */
export function choicesHint(choices: Readonly<Record<string, string>>): TemplateResult | typeof nothing {
  const text = choicesText(choices);
  return text ? html`<small class="hint">${text}</small>` : nothing;
}
