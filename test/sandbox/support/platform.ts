import {Platform} from '../../../src/sandbox/platform/platform.ts';
import type {Merchant, MerchantGroup} from '../../../src/sandbox/platform/merchant.ts';
import type {PlatformSnapshot} from '../../../src/sandbox/platform/platform-state.ts';
import {yuan} from '../../../src/sandbox/platform/wallets.ts';
import {createRandom, type Good} from '../../../src/sandbox/index.ts';
import {FakeClock} from './fake-clock.ts';
import {cardsOf, catalogueOf, makeGood} from './goods.ts';

export const groups: readonly MerchantGroup[] = [
  {id: 1, name: '普通', discounts: [], monthlySales: '0'},
  {id: 2, name: '银牌', discounts: [{goodIds: 'all', percent: '98'}], monthlySales: '1000'},
  {id: 3, name: '金牌', discounts: [{goodIds: 'all', percent: '95'}], monthlySales: '5000'},
  {id: 9, name: '老朋友', discounts: [{goodIds: 'all', percent: '90'}]},
];

export interface PlatformOver {
  readonly goods?: readonly Good[];
  readonly merchants?: readonly Partial<Merchant>[];
  readonly groups?: readonly MerchantGroup[];
  /** Cards of each automatic good. */
  readonly pieces?: number;
}

export const plainCode = 'PLAIN00000000001';

/** A platform without protocols: one good of ¥9.00, one merchant with ¥10,000, on a clock that stands still. */
export function openPlatform({
  goods = [makeGood({code: plainCode, supplierId: 7})],
  pieces = 40,
  ...over
}: PlatformOver = {}) {
  const clock = new FakeClock();
  const cards = goods.flatMap(good =>
    good.delivery === 'manual'
      ? []
      : cardsOf(
          good,
          Array.from({length: pieces}, (_, index) => `${good.code}-${index}`),
        ),
  );
  const snapshot: PlatformSnapshot = {
    ...catalogueOf(goods, cards),
    groups: over.groups ?? groups,
    version: 1,
    merchants: (over.merchants ?? [{}]).map((merchant, index) => ({
      id: 1000 + index,
      name: `merchant-${1000 + index}`,
      groupId: 1,
      balance: yuan('10000'),
      banned: false,
      ...merchant,
    })),
    orders: [],
    movements: [],
    nestedStock: {},
  };
  const open = (from: PlatformSnapshot) => new Platform({snapshot: from, clock, random: createRandom('t'), seed: 't'});
  const platform = open(snapshot);
  const sell = (quantity: number, amount: string, more: {merchantId?: number; goodId?: number} = {}) =>
    platform.sell({merchantId: 1000, goodId: 100, quantity, amount: yuan(amount), fields: {}, ...more});
  return {
    platform,
    clock,
    sell,
    reopen: () => open(JSON.parse(JSON.stringify(platform.snapshot())) as PlatformSnapshot),
  };
}
