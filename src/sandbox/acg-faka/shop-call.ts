import type {Strike} from '../faults/fault-box.ts';
import type {Choice, Good} from '../platform/good.ts';
import type {Merchant, MerchantGroup} from '../platform/merchant.ts';
import type {Platform} from '../platform/platform.ts';
import {toText, type PhpArray, type PhpValue} from './php-form.ts';
import {Crash, Refusal} from './refusal.ts';

/** One signed request, with everything an endpoint needs to answer it. */
export interface ShopCall {
  readonly platform: Platform;
  readonly merchant: Merchant;
  readonly group: MerchantGroup | undefined;
  readonly fields: PhpArray;
  readonly query: URLSearchParams;
  /** Scheme and host the shop was called by. */
  readonly origin: string;
  readonly shopName: string;
  readonly strike: Strike;
  /** Lets other requests in between the checks and the transaction of a purchase, as parallel PHP workers do. */
  readonly beforeCommit: () => Promise<void>;
}

/** What an endpoint answers with code 200. Some endpoints send a `msg`, some none. */
export interface ShopAnswer {
  readonly msg?: 'success';
  readonly data: unknown;
}

const defaultOverstatement = 5;

/** Pieces the shop believes to have, an armed overstatement included. */
export function believedStock(call: ShopCall, good: Good, choice: Choice = {}): number {
  return call.platform.stock(good, choice) + overstatement(call);
}

export function overstatement(call: ShopCall): number {
  const fault = call.strike.get('overstated-stock');
  return fault ? (fault.extra ?? defaultOverstatement) : 0;
}

/** @throws {Refusal} when no good has the code, or it is not for the merchant's tier. */
export function goodOf(call: ShopCall, code: string, absent = '商品不存在'): Good {
  const good = call.platform.good(code);
  if (!good || !call.platform.isOpen(good, call.merchant.id)) throw new Refusal(absent);
  return good;
}

/** A parameter the shop's code declares as text: left out, PHP dies. */
export function requiredText(fields: PhpArray, name: string): string {
  const value = fields.get(name);
  if (typeof value !== 'string') throw new Crash(`"${name}" must be a text.`);
  return value;
}

/** The chosen options: a table, nothing, or a text on which PHP dies. */
export function optionsOf(fields: PhpArray): PhpArray {
  const value: PhpValue | undefined = fields.get('sku');
  if (value === undefined || value === '' || value === '0') return new Map();
  if (!(value instanceof Map)) throw new Crash('"sku" must be a table.');
  return value;
}

/** What a race and options narrow the stock to; an empty or "0" race does not narrow. */
export function choiceOf(race: string, options: PhpArray): Choice {
  return {
    ...(race === '' || race === '0' ? {} : {race}),
    ...(options.size === 0
      ? {}
      : {options: Object.fromEntries([...options].map(([name, option]) => [name, toText(option)]))}),
  };
}
