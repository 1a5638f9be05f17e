import type {OptionGroup} from '../../domain/product.ts';
import {inOurLanguage, type SkuRecord} from './answers.ts';

/** What a buyer chooses along, and what each SKU is chosen by. */
export interface SkuNames {
  readonly options: readonly OptionGroup[];
  /** In the order of the SKUs given. */
  readonly choices: readonly Readonly<Record<string, string>>[];
}

const onlyGroup = '规格';

/**
 * Names SKUs by their `spec_values`. Where those do not tell them apart, or not all of them have the same ones, each gets
 * one name of its own; a single SKU without any needs none.
 */
export function nameSkus(skus: readonly SkuRecord[]): SkuNames {
  const specs = skus.map(specsOf);
  if (skus.length === 1 && Object.keys(specs[0]!).length === 0) return {options: [], choices: [{}]};
  const groups = Object.keys(specs[0]!);
  const isGrid =
    groups.length > 0 &&
    specs.every(
      spec => Object.keys(spec).length === groups.length && groups.every(group => Object.hasOwn(spec, group)),
    ) &&
    new Set(specs.map(spec => JSON.stringify(groups.map(group => spec[group])))).size === skus.length;
  const choices = isGrid ? specs : uniqueNames(skus, specs);
  const names = isGrid ? groups : [onlyGroup];
  return {
    options: names.map(name => ({name, values: [...new Set(choices.map(choice => choice[name]!))]})),
    choices,
  };
}

/** The values are texts, or texts by language; or the whole is one text by language. */
function specsOf({spec_values}: SkuRecord): Readonly<Record<string, string>> {
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

function uniqueNames(
  skus: readonly SkuRecord[],
  specs: readonly Readonly<Record<string, string>>[],
): readonly Readonly<Record<string, string>>[] {
  const taken = new Set<string>();
  return skus.map(({id, sku_code}, index) => {
    const plain = Object.values(specs[index]!).join(' / ') || sku_code || id;
    const name = taken.has(plain) ? `${plain} #${id}` : plain;
    taken.add(name);
    return {[onlyGroup]: name};
  });
}
