import {money} from '../../src/domain/money.ts';
import type {PriceTier} from '../../src/domain/product.ts';
import type {Stock} from '../../src/domain/stock.ts';
import type {Good, UpstreamOffer} from '../../src/upstreams/port.ts';

export const counted = (count: number, at = 0): Stock => ({kind: 'counted', count, at});

export const costs = (...tiers: readonly (readonly [from: number, amount: string])[]): readonly PriceTier[] =>
  tiers.map(([from, amount]) => ({from, price: money(amount, 'CNY')}));

export const anOffer = (overrides: Partial<UpstreamOffer> = {}): UpstreamOffer => ({
  choices: {},
  costs: costs([1, '10']),
  stock: counted(100),
  ...overrides,
});

/** A plain good: one offer, 10 yuan, a hundred in stock. */
export const aGood = (overrides: Partial<Good> = {}): Good => ({
  code: 'STEAM50',
  title: 'Steam 钱包充值码 50 元',
  categoryId: 'steam',
  description: '<p>充值码<br>自动发货</p><script>alert(1)</script>',
  delivery: 'automatic',
  contact: 'any',
  minimum: 1,
  fields: [],
  options: [],
  offers: [anOffer()],
  nested: false,
  ...overrides,
});
