/** Stands in for languages that nobody knows. */
export const fallbackLanguage = 'zh-CN';

/** The one of `codes` (BCP 47 tags) that fits a language best: the same, else one of another region, else Chinese. */
export function closestLanguage<C extends string>(lang: string, codes: readonly C[]): C | typeof fallbackLanguage {
  const wanted = lang.toLowerCase();
  return (
    codes.find(code => code.toLowerCase() === wanted) ??
    codes.find(code => languagePart(code) === languagePart(wanted)) ??
    fallbackLanguage
  );
}

const languagePart = (tag: string): string | undefined => tag.split('-')[0];
