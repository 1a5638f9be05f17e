import type {OptionGroup} from '../../domain/product.ts';
import type {Stock} from '../../domain/stock.ts';
import type {UpstreamOffer} from '../port.ts';
import {group} from './config-grammar.ts';
import {costLadder, PriceError, type Combination, type PriceSource} from './price-rules.ts';
import {isPlainNestedName} from './sign.ts';
import {raceGroup} from './trade-form.ts';

/** Thrown when a good's choices cannot be offered at all. */
export class OfferError extends Error {
  override readonly name = 'OfferError';
}

export interface Offers {
  readonly options: readonly OptionGroup[];
  readonly offers: readonly UpstreamOffer[];
  /** Combinations left out because they have no cost, with the reason. */
  readonly rejected: readonly string[];
}

/**
 * The buyable combinations of a good: each race with one option of every sku group. The choice of a race is mandatory
 * where there are races, as is one option of each group.
 * @param stockOfWhole what the catalogue says about a good without choices; combinations are never told one by one.
 * @throws {OfferError} when there are too many combinations, a group cannot be sent, or no combination has a cost.
 */
export function readOffers(source: PriceSource, stockOfWhole: Stock, maximumCombinations: number): Offers {
  const groups = optionGroups(source);
  const combinationCount = groups.reduce((count, {values}) => count * values.length, 1);
  if (combinationCount > maximumCombinations) {
    throw new OfferError(`It has ${combinationCount} combinations; more than ${maximumCombinations} are not offered.`);
  }
  const stock: Stock = groups.length === 0 ? stockOfWhole : {kind: 'unknown'};
  const offers: UpstreamOffer[] = [];
  const rejected: string[] = [];
  for (const choice of combinations(groups)) {
    try {
      const costs = costLadder(source, toCombination(choice));
      offers.push({choices: Object.fromEntries(choice), costs, stock});
    } catch (error) {
      if (!(error instanceof PriceError)) throw error;
      rejected.push(`${choice.map(([name, value]) => `${name} ${value}: `).join('')}${error.message}`);
    }
  }
  if (offers.length === 0) throw new OfferError(rejected[0] ?? 'It has no combination to choose.');
  return {options: stillOffered(groups, offers), offers, rejected};
}

type Choice = readonly (readonly [groupName: string, value: string])[];

function optionGroups({config}: PriceSource): readonly OptionGroup[] {
  const races = [...group(config, 'category').keys()];
  const groups = [...group(config, 'sku')].map(([name, options]): OptionGroup => {
    if (!isPlainNestedName(name)) throw new OfferError(`The option group ${JSON.stringify(name)} cannot be sent.`);
    if (name === raceGroup)
      throw new OfferError(`An option group is named ${raceGroup}, which is the name for races here.`);
    if (typeof options === 'string') throw new OfferError(`The option group ${name} has no options.`);
    return {name, values: [...options.keys()]};
  });
  return races.length > 0 ? [{name: raceGroup, values: races}, ...groups] : groups;
}

function combinations(groups: readonly OptionGroup[]): readonly Choice[] {
  return groups.reduce<readonly Choice[]>(
    (choices, {name, values}) => choices.flatMap(choice => values.map(value => [...choice, [name, value] as const])),
    [[]],
  );
}

function toCombination(choice: Choice): Combination {
  const race = choice.find(([name]) => name === raceGroup)?.[1];
  const options = choice.filter(([name]) => name !== raceGroup);
  return race === undefined ? {options} : {race, options};
}

function stillOffered(groups: readonly OptionGroup[], offers: readonly UpstreamOffer[]): readonly OptionGroup[] {
  return groups.map(({name, values}) => ({
    name,
    values: values.filter(value => offers.some(offer => offer.choices[name] === value)),
  }));
}
