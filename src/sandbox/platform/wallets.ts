import {add, compare, isZero, money, subtract, zero, type Money} from '../../domain/money.ts';
import {Impossible} from './impossible.ts';
import type {Merchant, WalletMovement} from './merchant.ts';

/** The platform's only currency. */
export const platformCurrency = 'CNY';

/** Yuan and fen from a decimal text. */
export function yuan(amount: string): Money {
  return money(amount, platformCurrency);
}

/**
 * The merchants' accounts: prepaid, no credit. Every change of a balance leaves a movement behind, the opening one
 * included, so that a merchant's movements always add up to the balance.
 */
export class Wallets {
  readonly #merchants: Map<number, Merchant>;
  readonly #movements: WalletMovement[];
  readonly #placesByMerchant = new Map<number, number[]>();

  /** @param now when accounts that come with a balance and no movements are opened. */
  constructor(merchants: readonly Merchant[], movements: readonly WalletMovement[], now: number) {
    this.#merchants = new Map(merchants.map(merchant => [merchant.id, merchant]));
    this.#movements = [...openings(merchants, movements, now), ...movements];
    this.#movements.forEach((movement, place) => this.#file(movement, place));
  }

  merchants(): readonly Merchant[] {
    return [...this.#merchants.values()];
  }

  movements(): readonly WalletMovement[] {
    return [...this.#movements];
  }

  /** One merchant's movements, oldest first. */
  statement(merchantId: number): readonly WalletMovement[] {
    return (this.#placesByMerchant.get(merchantId) ?? []).map(place => this.#movements[place]!);
  }

  find(id: number): Merchant | undefined {
    return this.#merchants.get(id);
  }

  /** @throws {RangeError} when there is no such merchant. */
  must(id: number): Merchant {
    const merchant = this.#merchants.get(id);
    if (!merchant) throw new RangeError(`There is no merchant ${id} on the platform.`);
    return merchant;
  }

  topUp(merchantId: number, amount: Money, at: number): Merchant {
    return this.#move({at, merchantId, amount, reason: 'top_up'});
  }

  /** @throws {RangeError} when there is not enough: nobody is given credit. */
  charge(merchantId: number, amount: Money, tradeNo: string, at: number): Merchant {
    const {balance} = this.must(merchantId);
    if (compare(balance, amount) < 0) {
      throw new Impossible(`Merchant ${merchantId} has ${balance.amount}; ${amount.amount} cannot be charged.`);
    }
    return this.#move({at, merchantId, amount: negated(amount), reason: 'order', tradeNo});
  }

  refund(merchantId: number, amount: Money, tradeNo: string, at: number): Merchant {
    return this.#move({at, merchantId, amount, reason: 'refund', tradeNo});
  }

  /** Money that leaves for something the shop knows nothing of; never more than there is. */
  spendElsewhere(merchantId: number, amount: Money, at: number): Merchant {
    const {balance} = this.must(merchantId);
    const spent = compare(balance, amount) < 0 ? balance : amount;
    return this.#move({at, merchantId, amount: negated(spent), reason: 'spent_elsewhere'});
  }

  change(merchantId: number, change: Partial<Pick<Merchant, 'banned' | 'groupId'>>): Merchant {
    const merchant = {...this.must(merchantId), ...change};
    this.#merchants.set(merchantId, merchant);
    return merchant;
  }

  #move(movement: Omit<WalletMovement, 'balance'>): Merchant {
    const merchant = this.must(movement.merchantId);
    const changed = {...merchant, balance: add(merchant.balance, movement.amount)};
    this.#merchants.set(merchant.id, changed);
    const filed = {...movement, balance: changed.balance};
    this.#file(filed, this.#movements.push(filed) - 1);
    return changed;
  }

  #file({merchantId}: WalletMovement, place: number): void {
    const places = this.#placesByMerchant.get(merchantId);
    if (places) places.push(place);
    else this.#placesByMerchant.set(merchantId, [place]);
  }
}

/** What is in an account and was never written down came with it. */
function openings(
  merchants: readonly Merchant[],
  movements: readonly WalletMovement[],
  now: number,
): readonly WalletMovement[] {
  const moved = new Map<number, Money>();
  for (const {merchantId, amount} of movements) {
    moved.set(merchantId, add(moved.get(merchantId) ?? zero(platformCurrency), amount));
  }
  const at = movements[0]?.at ?? now;
  return merchants.flatMap(({id, balance}) => {
    const amount = subtract(balance, moved.get(id) ?? zero(platformCurrency));
    return isZero(amount) ? [] : [{at, merchantId: id, amount, balance: amount, reason: 'opening' as const}];
  });
}

function negated(amount: Money): Money {
  return subtract(zero(amount.currency), amount);
}
