import {isSameWriting} from '../../../src/domain/language.ts';
import {redrawAll} from './language-watch.ts';

/** A term of an element: a text, or what makes one from values. */
export type Term = string | ((...values: never[]) => string);

/** The terms of several elements, by the elements' names. */
export type Sections = Readonly<Record<string, Readonly<Record<string, Term>>>>;

/** Terms in one further language: `{$code: 'ja', 'product-grid.more': 'もっと見る'}`. */
export interface Translation {
  /** BCP 47 tag. */
  readonly $code: string;
  readonly [elementAndTerm: string]: Term;
}

const registered = new Map<string, Translation>();

/**
 * Teaches the elements another language, or other words in one they know. Call it as often as you like; what is missing
 * stays Simplified Chinese. The terms are those of the `*.zh-cn.ts` files, each behind the name of its file.
 */
export function registerTranslation(...translations: readonly Translation[]): void {
  for (const translation of translations) {
    const code = translation.$code.toLowerCase();
    registered.set(code, {...registered.get(code), ...translation});
  }
  redrawAll();
}

/**
 * `sections` with the terms that were registered for a language: its own before those of its writing (`zh-TW` is
 * read where `zh-HK` is wanted), and both before the general ones.
 */
export function withRegistered<S extends Sections>(sections: S, lang: string): S {
  const [language = ''] = lang.split('-');
  const translated: Record<string, Record<string, Term>> = {};
  const kindred = [...registered.keys()].find(code => isSameWriting(code, lang)) ?? lang;
  const terms = {...registered.get(language), ...registered.get(kindred), ...registered.get(lang.toLowerCase())};
  for (const [name, term] of Object.entries(terms)) {
    const [section = '', key] = name.split('.');
    if (key) (translated[section] ??= {...sections[section]})[key] = term;
  }
  return {...sections, ...translated};
}
