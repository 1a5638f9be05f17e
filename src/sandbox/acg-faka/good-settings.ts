import type {Good} from '../platform/good.ts';
import type {MerchantGroup} from '../platform/merchant.ts';
import type {PhpArray} from './php-form.ts';
import {overrideSettings, parseSettings} from './settings-grammar.ts';

/** A good's prices and options as the operator's text; `null` when there are none. */
export function settingsText(good: Good): string | null {
  if (good.settingsText !== undefined) return good.settingsText;
  const sections: [string, string[]][] = [
    ['category', good.races.map(race => `${race.name}=${race.price}`)],
    ['wholesale', good.tiers.map(tier => `${tier.from}=${tier.price}`)],
    [
      'category_wholesale',
      good.races.flatMap(race => race.tiers.map(tier => `${race.name}.${tier.from}=${tier.price}`)),
    ],
    [
      'sku',
      good.optionGroups.flatMap(({name, options}) =>
        options.map(option => `${name}.${option.name}=${option.surcharge}`),
      ),
    ],
  ];
  const written = sections.filter(([, entries]) => entries.length > 0);
  return written.length === 0 ? null : written.map(([name, entries]) => `[${name}]\n${entries.join('\n')}\n`).join('');
}

/** The group prices of all groups as the JSON text the shop stores; `null` when there are none. */
export function levelPriceText(good: Good): string | null {
  const groups = Object.entries(good.levelPrices).map(
    ([groupId, level]) => [groupId, {amount: level.amount, config: level.settings, show: level.show ? 1 : 0}] as const,
  );
  return groups.length === 0 ? null : JSON.stringify(Object.fromEntries(groups));
}

export interface GroupTerms {
  readonly amount: string;
  readonly show: boolean;
  readonly settings: PhpArray;
}

/**
 * What a group's merchants get differently.
 * @throws {Refusal} when the operator's text for that group cannot be read.
 */
export function groupTerms(good: Good, group: MerchantGroup | undefined): GroupTerms | undefined {
  const level = group && good.levelPrices[group.id];
  return level && {amount: level.amount, show: level.show, settings: parseSettings(level.settings)};
}

/** The settings a merchant's prices follow from. @throws {Refusal} when they cannot be read. */
export function settingsFor(good: Good, group: MerchantGroup | undefined): PhpArray {
  const base = parseSettings(settingsText(good) ?? '');
  const terms = groupTerms(good, group);
  return terms ? overrideSettings(terms.settings, base) : base;
}

/** One section as a table; an absent one is empty. */
export function section(settings: PhpArray, name: string): PhpArray {
  const entries = settings.get(name);
  return entries instanceof Map ? entries : new Map();
}
