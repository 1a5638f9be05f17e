import type {Good} from './good.ts';
import type {Platform} from './platform.ts';
import {goodIdOf, skusOf, type Sku} from './skus.ts';

/** What a protocol without choices sells under one id: each combination of a good's kinds and options is one of these. */
export interface Item {
  readonly good: Good;
  readonly sku: Sku;
}

/** Everything an account may see. */
export function itemsOf(platform: Platform): readonly Item[] {
  return platform
    .goods()
    .filter(isShown)
    .flatMap(good => skusOf(good).map(sku => ({good, sku})));
}

export function itemById(platform: Platform, id: number): Item | undefined {
  const good = platform.goods().find(candidate => candidate.id === goodIdOf(id) && isShown(candidate));
  const sku = good && skusOf(good).find(candidate => candidate.id === id);
  return good && sku && {good, sku};
}

export function titleOf({good, sku}: Item): string {
  return [good.title, ...Object.values(sku.specValues)].join(' ');
}

/** Goods that a person or a machine of the supplier's works on; the others are cards. */
export function isTopUp({delivery, nested}: Good): boolean {
  return delivery === 'manual' && !nested;
}

function isShown({shared, hidden}: Good): boolean {
  return shared && !hidden;
}
