import {add, isPositive, percentOf, round, type Money} from '../../domain/money.ts';
import type {Choice, Good} from './good.ts';
import type {MerchantGroup} from './merchant.ts';
import {yuan} from './wallets.ts';

/** One buyable combination of a good's kinds and options. Its id follows from its place among them. */
export interface Sku {
  readonly id: number;
  readonly choice: Choice;
  readonly specValues: Readonly<Record<string, string>>;
  readonly surcharges: readonly string[];
  readonly price: string;
}

const skusPerGood = 1000;
const kindName = '商品种类';

export function skusOf(good: Good): readonly Sku[] {
  const kinds = good.races.length === 0 ? [undefined] : good.races;
  const rows = kinds.flatMap(race =>
    optionRows(good).map(row => ({
      choice: {
        ...(race && {race: race.name}),
        ...(row.length > 0 && {options: Object.fromEntries(row.map(({group, option}) => [group, option]))}),
      },
      specValues: {
        ...(race && {[kindName]: race.name}),
        ...Object.fromEntries(row.map(({group, option}) => [group, option])),
      },
      surcharges: row.map(({surcharge}) => surcharge),
      price: race?.price ?? good.memberPrice,
    })),
  );
  return rows.slice(0, skusPerGood - 1).map((row, index) => ({id: good.id * skusPerGood + index + 1, ...row}));
}

/** Which good a SKU's id belongs to. */
export function goodIdOf(skuId: number): number {
  return Math.floor(skuId / skusPerGood);
}

/** What one piece costs an account: no quantity tiers, its group's discount taken off. */
export function unitPrice(good: Good, sku: Sku, group: MerchantGroup | undefined): Money {
  const extra = sku.surcharges.map(yuan).filter(isPositive);
  const price = extra.reduce(add, yuan(sku.price));
  const discount = group?.discounts.find(({goodIds}) => goodIds === 'all' || goodIds.includes(good.id));
  return round(discount ? percentOf(price, discount.percent, 'down') : price, 'down');
}

interface Picked {
  readonly group: string;
  readonly option: string;
  readonly surcharge: string;
}

function optionRows(good: Good): readonly (readonly Picked[])[] {
  return good.optionGroups.reduce<readonly (readonly Picked[])[]>(
    (rows, {name, options}) =>
      rows.flatMap(row =>
        options.map(option => [...row, {group: name, option: option.name, surcharge: option.surcharge}]),
      ),
    [[]],
  );
}
