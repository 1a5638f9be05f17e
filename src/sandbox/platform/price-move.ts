import {add, money, percentOf, round} from '../../domain/money.ts';
import type {Good} from './good.ts';

/** Every price of a good, raised by whole per cent and rounded up to the cent. Surcharges and premiums stay. */
export function raiseGood(good: Good, percent: number): Pick<Good, 'price' | 'memberPrice' | 'tiers' | 'races'> {
  const raise = (price: string): string => {
    const before = money(price, 'CNY');
    return round(add(before, percentOf(before, String(percent))), 'up').amount;
  };
  const raiseTiers = (tiers: Good['tiers']): Good['tiers'] => tiers.map(tier => ({...tier, price: raise(tier.price)}));
  return {
    price: raise(good.price),
    memberPrice: raise(good.memberPrice),
    tiers: raiseTiers(good.tiers),
    races: good.races.map(race => ({...race, price: raise(race.price), tiers: raiseTiers(race.tiers)})),
  };
}
