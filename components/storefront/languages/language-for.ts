import {closestLanguage} from '../../shared/words/closest-language.ts';
import {languages} from './languages.ts';

/** The language an element stands in, as the page wrote it. */
export const languageAt = (element: Element): string =>
  element.closest('[lang]')?.getAttribute('lang') || navigator.language;

/** The language in which an element will speak, before any of its code is there to ask. */
export function languageFor(element: Element): keyof typeof languages {
  return closestLanguage(languageAt(element), Object.keys(languages) as (keyof typeof languages)[]);
}

/** What the button says that stands in for an element whose code did not come; its words may not have come, either. */
export const reloadText = (element: Element): string => languages[languageFor(element)].reload;
