import type {Good} from './good.ts';
import type {Platform} from './platform.ts';
import {goodIdOf, skusOf, type Sku} from './skus.ts';

/** What a protocol without choices sells under one id: each combination of a good's kinds and options is one of these. */
export interface Item {
  readonly good: Good;
  readonly sku: Sku;
}

/** Everything an account may see. */
export function itemsOf(platform: Platform, merchantId: number): readonly Item[] {
  return platform
    .goodsFor(merchantId)
    .filter(isShown)
    .flatMap(good => skusOf(good).map(sku => ({good, sku})));
}

/** One of them. */
export function itemById(platform: Platform, id: number, merchantId: number): Item | undefined {
  const good = platform.goodById(goodIdOf(id));
  if (!good || !isShown(good) || !platform.isOpen(good, merchantId)) return undefined;
  const sku = skusOf(good).find(candidate => candidate.id === id);
  return sku && {good, sku};
}

/** Which good such an id is about, whoever may see it; for faults that wait for one. */
export function goodCodeOf(platform: Platform, id: number): string | undefined {
  return platform.goodById(goodIdOf(id))?.code;
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
