import {add, compare, money, subtract, zero, type Money} from '../../domain/money.ts';
import type {Merchant, WalletMovement} from './merchant.ts';

/** The platform's only currency. */
export const platformCurrency = 'CNY';

/** Yuan and fen from a decimal text. */
export function yuan(amount: string): Money {
  return money(amount, platformCurrency);
}

/** The merchants' accounts. Every change of a balance leaves a movement behind. */
export class Wallets {
  readonly #merchants: Map<number, Merchant>;
  readonly #movements: WalletMovement[];

  constructor(merchants: readonly Merchant[], movements: readonly WalletMovement[]) {
    this.#merchants = new Map(merchants.map(merchant => [merchant.id, merchant]));
    this.#movements = [...movements];
  }

  merchants(): readonly Merchant[] {
    return [...this.#merchants.values()];
  }

  movements(): readonly WalletMovement[] {
    return [...this.#movements];
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

  /** The caller has made sure that there is enough. */
  charge(merchantId: number, amount: Money, tradeNo: string, at: number): Merchant {
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

  setBanned(merchantId: number, banned: boolean): Merchant {
    const merchant = {...this.must(merchantId), banned};
    this.#merchants.set(merchantId, merchant);
    return merchant;
  }

  #move(movement: Omit<WalletMovement, 'balance'>): Merchant {
    const merchant = this.must(movement.merchantId);
    const changed = {...merchant, balance: add(merchant.balance, movement.amount)};
    this.#merchants.set(merchant.id, changed);
    this.#movements.push({...movement, balance: changed.balance});
    return changed;
  }
}

function negated(amount: Money): Money {
  return subtract(zero(amount.currency), amount);
}
