/**
 * The one of `tags` (BCP 47) that serves readers of `wanted` best: the same, else one of the same writing, so that
 * `zh-HK` reads `zh-TW` and never `zh-CN`, else one of the same language; undefined where none of them is.
 */
export function closestTag<T extends string>(wanted: string, tags: readonly T[]): T | undefined {
  return (
    tags.find(tag => tag.toLowerCase() === wanted.toLowerCase()) ??
    tags.find(tag => isSameWriting(tag, wanted)) ??
    tags.find(tag => languageOf(tag) === languageOf(wanted))
  );
}

/** Whether two tags mean one language in one script: `zh-Hant` and `zh-TW`, `en` and `en-GB`. */
export const isSameWriting = (one: string, other: string): boolean => writingOf(one) === writingOf(other);

const languageOf = (tag: string): string | undefined => tag.toLowerCase().split('-')[0];

/** Language and script, the script filled in where a tag leaves it to the region: `zh-Hant` for `zh-HK`. */
function writingOf(tag: string): string {
  try {
    const {language, script} = new Intl.Locale(tag).maximize();
    return `${language}-${script}`;
  } catch {
    return tag;
  }
}
