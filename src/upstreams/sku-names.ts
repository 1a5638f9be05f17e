import type {OptionGroup} from '../domain/product.ts';

/** One buyable combination, as a platform describes it. */
export interface NamedSku {
  readonly id: string;
  /** What it is called where `specs` do not tell it from the others. */
  readonly code: string;
  /** Its value by dimension, in order. */
  readonly specs: Readonly<Record<string, string>>;
}

/** What a buyer chooses along, and what each SKU is chosen by. */
export interface SkuNames {
  readonly options: readonly OptionGroup[];
  /** In the order of the SKUs given. */
  readonly choices: readonly Readonly<Record<string, string>>[];
}

/** The dimension of SKUs that have none of their own. */
export const onlyGroup = '规格';

/**
 * Names SKUs by their values. Where those do not tell them apart, or not all of them have the same dimensions, each gets
 * one name of its own; a single SKU without any needs none.
 */
export function nameSkus(skus: readonly NamedSku[]): SkuNames {
  const specs = skus.map(sku => sku.specs);
  if (skus.length === 1 && Object.keys(specs[0]!).length === 0) return {options: [], choices: [{}]};
  const groups = Object.keys(specs[0]!);
  const isGrid =
    groups.length > 0 &&
    specs.every(
      spec => Object.keys(spec).length === groups.length && groups.every(group => Object.hasOwn(spec, group)),
    ) &&
    new Set(specs.map(spec => JSON.stringify(groups.map(group => spec[group])))).size === skus.length;
  const choices = isGrid ? specs : uniqueNames(skus);
  const names = isGrid ? groups : [onlyGroup];
  return {
    options: names.map(name => ({name, values: [...new Set(choices.map(choice => choice[name]!))]})),
    choices,
  };
}

function uniqueNames(skus: readonly NamedSku[]): readonly Readonly<Record<string, string>>[] {
  const taken = new Set<string>();
  return skus.map(({id, code, specs}) => {
    const plain = Object.values(specs).join(' / ') || code || id;
    const name = taken.has(plain) ? `${plain} #${id}` : plain;
    taken.add(name);
    return {[onlyGroup]: name};
  });
}
