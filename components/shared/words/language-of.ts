import {isServer} from 'lit';
import {closestAcrossRoots} from '../closest-across-roots.ts';
import {saidOnServer} from '../on-server.ts';
import {fallbackLanguage} from './closest-language.ts';

/** The language an element stands in, as a BCP 47 tag: that of the nearest `lang` around it, else the reader's. */
export function languageOf(element: Element): string {
  const written = isServer
    ? saidOnServer(element, 'lang')
    : closestAcrossRoots(element, '[lang]')?.getAttribute('lang') || navigator.language;
  try {
    return new Intl.Locale(written!.replaceAll('_', '-')).toString();
  } catch {
    return fallbackLanguage;
  }
}
