import {scenarioNames, type ScenarioName} from '../../src/mocks/scenario.ts';
import {palettes} from '../palettes.ts';
import type {ProductQuery} from '../../src/contract/product.ts';
import {productSorts} from '../../src/contract/product-sorts.ts';

export const languages = ['zh-CN', 'en'] as const;
export const themes = ['auto', 'light', 'dark'] as const;
export const accents = palettes;
export const corners = ['sharp', 'soft', 'round'] as const;

/** Everything the demo shows, as its address says it. */
export interface DemoSettings {
  readonly scenario: ScenarioName;
  readonly lang: (typeof languages)[number];
  readonly theme: (typeof themes)[number];
  readonly accent: (typeof accents)[number];
  readonly corner: (typeof corners)[number];
  /** Id of a category; empty: all. */
  readonly category: string;
  readonly q: string;
  readonly sort: NonNullable<ProductQuery['sort']>;
  /** Whether the platform's drawer is open. */
  readonly platform: 'closed' | 'open';
}

export const usualSettings: DemoSettings = {
  scenario: 'default',
  lang: 'zh-CN',
  theme: 'auto',
  accent: 'blue',
  corner: 'soft',
  category: '',
  q: '',
  sort: 'featured',
  platform: 'closed',
};

/** Reads the query of an address. What it does not know, it leaves as usual. */
export function readSettings(query: string): DemoSettings {
  const given = new URLSearchParams(query);
  const one = <T extends string>(name: keyof DemoSettings, known: readonly T[], usual: T): T =>
    known.find(value => value === given.get(name)) ?? usual;
  return {
    scenario: one('scenario', scenarioNames, usualSettings.scenario),
    lang: one('lang', languages, usualSettings.lang),
    theme: one('theme', themes, usualSettings.theme),
    accent: one('accent', accents, usualSettings.accent),
    corner: one('corner', corners, usualSettings.corner),
    category: given.get('category') ?? '',
    q: given.get('q') ?? '',
    sort: one('sort', productSorts, usualSettings.sort),
    platform: one('platform', ['closed', 'open'], usualSettings.platform),
  };
}

/** The query that says these settings; what is as usual goes without saying. */
export function writeSettings(settings: DemoSettings): string {
  const said = Object.entries(settings).filter(
    ([name, value]) => value !== usualSettings[name as keyof DemoSettings],
  ) as [string, string][];
  const query = new URLSearchParams(said).toString();
  return query === '' ? '' : `?${query}`;
}
