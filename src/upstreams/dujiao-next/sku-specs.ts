import {onlyGroup} from '../sku-names.ts';
import {inOurLanguage, type SkuRecord} from './answers.ts';

/** A SKU's values by dimension: texts, or texts by language; or the whole is one text by language. */
export function specsOf({spec_values}: SkuRecord): Readonly<Record<string, string>> {
  const entries = Object.entries(spec_values);
  if (entries.length > 0 && entries.every(([key]) => /^[a-z]{2}(?:-[A-Z]{2})?$/.test(key))) {
    const text = inOurLanguage(spec_values);
    return text === '' ? {} : {[onlyGroup]: text};
  }
  return Object.fromEntries(
    entries
      .map(
        ([key, value]) =>
          [key, typeof value === 'object' && value ? inOurLanguage({...value}) : String(value ?? '')] as const,
      )
      .filter(([, text]) => text !== ''),
  );
}
