import {closestTag} from '../../../src/domain/language.ts';

/** Stands in for languages that nobody knows. */
export const fallbackLanguage = 'zh-CN';

/** The one of `codes` (BCP 47 tags) that fits a language best, else Chinese. */
export function closestLanguage<C extends string>(lang: string, codes: readonly C[]): C | typeof fallbackLanguage {
  return closestTag(lang, codes) ?? fallbackLanguage;
}
