import {seedCatalogue} from './seed-catalogue.ts';

/** English words for the seeded goods, in the form of a listing rule: language → good's code or category's name → words. */
export interface SeedTranslations {
  readonly titles: Record<string, Record<string, string>>;
  readonly categoryNames: Record<string, Record<string, string>>;
}

/** The protocol carries one title per good; a shop that wants more languages says them itself, as here. */
export function seedTranslations(seed = 'keystall'): SeedTranslations {
  const {goods, categories} = seedCatalogue(seed);
  return {
    titles: {en: Object.fromEntries(goods.map(({code, titleEn}) => [code, titleEn]))},
    categoryNames: {en: Object.fromEntries(categories.map(({name, nameEn}) => [name, nameEn]))},
  };
}
