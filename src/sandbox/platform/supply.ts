import {add, compare, zero, type Money} from '../../domain/money.ts';
import {Impossible} from './impossible.ts';
import type {Assortment} from './assortment.ts';
import type {CardStock} from './card-stock.ts';
import {
  isHandedOverByHand,
  untouched,
  type CardForm,
  type Choice,
  type CommissionRule,
  type Good,
  type Supplier,
} from './good.ts';
import type {OrderBook} from './order-book.ts';
import type {PlatformOrder} from './platform-order.ts';
import {settle, type Settlement} from './settlement.ts';
import {shanghaiMonth} from './trade-number.ts';
import {platformCurrency, yuan} from './wallets.ts';

/** A good as its supplier first describes it; all else is as with most goods. */
export interface GoodDraft extends Terms {
  readonly title: string;
  /** 16 characters, and no other good's; made up when absent. */
  readonly code?: string;
  readonly titleEn?: string;
  readonly categoryId: number;
  /** HTML. */
  readonly description?: string;
  readonly delivery?: Good['delivery'];
  readonly cardForm?: CardForm;
  /** Decimal text in CNY. */
  readonly wholesalePrice: string;
}

/** What a supplier asks for a good. `null` takes away what was set. */
export interface Terms {
  /** What distributors pay for a piece before their tier's discount; decimal text in CNY. */
  readonly wholesalePrice?: string;
  /** The same by race (种类). */
  readonly wholesalePrices?: Readonly<Record<string, string>>;
  readonly stockCap?: number | null | undefined;
  readonly commission?: CommissionRule | null | undefined;
  readonly exclusiveTo?: number | null | undefined;
}

/** One line of an upload; the first is 1. */
export interface CardLine {
  readonly line: number;
  readonly secret: string;
}

/** What became of an upload: every line was either added or is one of the duplicates. */
export interface UploadReport {
  readonly added: number;
  /** Lines that repeat an earlier line, or a card that is on the platform already, sold or not. */
  readonly duplicates: readonly {readonly line: number; readonly of: number | 'stock'}[];
}

/** What a supplier sold, and how the money of it is divided. */
export interface SupplierStatement {
  readonly supplier: Supplier;
  readonly sales: readonly SupplierSale[];
  readonly totals: Settlement & {readonly orders: number; readonly pieces: number};
}

export interface SupplierSale extends Settlement {
  readonly tradeNo: string;
  readonly goodCode: string;
  readonly quantity: number;
  readonly state: PlatformOrder['state'];
  readonly soldAt: number;
  readonly amount: Money;
}

export interface SupplyOptions {
  readonly assortment: Assortment;
  readonly cards: CardStock;
  readonly orders: OrderBook;
  readonly now: () => number;
  readonly onChange: () => void;
}

/** What suppliers do on the platform: offer goods, bring cards, set their terms, look at what they are owed. */
export class Supply {
  readonly #options: SupplyOptions;

  constructor(options: SupplyOptions) {
    this.#options = options;
  }

  addSupplier(supplier: Omit<Supplier, 'id'>): Supplier {
    const {assortment} = this.#options;
    const added = {id: nextId(assortment.suppliers()), ...supplier};
    assortment.putSupplier(added);
    return this.#changed(added);
  }

  /** @throws {RangeError} when there is no such supplier. */
  changeSupplier(
    id: number,
    {commission, ...change}: Partial<Omit<Supplier, 'id' | 'commission'>> & Pick<Terms, 'commission'>,
  ): Supplier {
    const {commission: before, ...supplier} = this.#mustSupplier(id);
    const rule = commission === undefined ? before : commission;
    const changed = {...supplier, ...change, ...(rule && {commission: rule})};
    this.#options.assortment.putSupplier(changed);
    return this.#changed(changed);
  }

  /**
   * @throws {RangeError} when there is no such supplier or category
   * @throws {Impossible} when another good has the code
   */
  addGood(supplierId: number, {wholesalePrice, ...draft}: GoodDraft): Good {
    const {assortment, now} = this.#options;
    this.#mustSupplier(supplierId);
    if (!assortment.categories().some(({id}) => id === draft.categoryId)) {
      throw new RangeError(`There is no category ${draft.categoryId} on the platform.`);
    }
    if (draft.code !== undefined && assortment.good(draft.code)) {
      throw new Impossible(`There is a good with the code "${draft.code}" already.`);
    }
    const id = nextId(assortment.goods());
    const prefix = `S${supplierId}G`;
    const {stockCap, commission, exclusiveTo, wholesalePrices: _, ...described} = draft;
    const good: Good = {
      id,
      code: prefix + String(id).padStart(16 - prefix.length, '0'),
      titleEn: draft.title,
      description: '',
      ...untouched,
      ...described,
      supplierId,
      cost: '0.00',
      price: wholesalePrice,
      memberPrice: wholesalePrice,
      sort: id,
      createdAt: now(),
    };
    assortment.put(withTerms(good, {stockCap, commission, exclusiveTo}));
    return this.#changed(assortment.must(id));
  }

  /** @throws {RangeError} when there is no such good, race of it, or tier. */
  setTerms(code: string, terms: Terms): Good {
    const {assortment, now} = this.#options;
    const {exclusiveTo} = terms;
    if (typeof exclusiveTo === 'number' && !assortment.group(exclusiveTo)) {
      throw new RangeError(`There is no tier ${exclusiveTo} on the platform.`);
    }
    assortment.put({...withTerms(assortment.must(code), terms), updatedAt: now()});
    return this.#changed(assortment.must(code));
  }

  /**
   * Takes new cards into stock, all that are not there yet.
   * @throws {RangeError} when there is no such good, no such kind of it, or it is delivered by hand.
   */
  addCards(code: string, choice: Choice, lines: Iterable<CardLine>): UploadReport {
    const {assortment, cards} = this.#options;
    const good = assortment.must(code);
    if (isHandedOverByHand(good)) throw new Impossible(`Good "${code}" is delivered by hand and takes no cards.`);
    checkChoice(good, choice);
    const lineBySecret = new Map<string, number>();
    const duplicates: UploadReport['duplicates'][number][] = [];
    for (const {line, secret} of lines) {
      const earlier = lineBySecret.get(secret);
      if (earlier !== undefined) duplicates.push({line, of: earlier});
      else if (cards.knows(secret)) duplicates.push({line, of: 'stock'});
      else lineBySecret.set(secret, line);
    }
    cards.add(good, choice, lineBySecret.keys());
    return this.#changed({added: lineBySecret.size, duplicates});
  }

  /**
   * What a supplier sold, in one month (`2026-11`, in Shanghai) or ever.
   * @throws {RangeError} when there is no such supplier.
   */
  statement(supplierId: number, month?: string): SupplierStatement {
    const supplier = this.#mustSupplier(supplierId);
    const sales = this.#options.orders
      .all()
      .filter(order => this.#supplierOf(order) === supplierId)
      .filter(order => month === undefined || shanghaiMonth(order.createdAt) === month)
      .map(order => ({
        tradeNo: order.tradeNo,
        goodCode: order.goodCode,
        quantity: order.quantity,
        state: order.state,
        soldAt: order.createdAt,
        amount: order.amount,
        ...settle(order),
      }));
    return {supplier, sales, totals: totalsOf(sales)};
  }

  #supplierOf({supplierId, goodId}: PlatformOrder): number | undefined {
    return supplierId ?? this.#options.assortment.goodById(goodId)?.supplierId;
  }

  #mustSupplier(id: number): Supplier {
    const supplier = this.#options.assortment.supplier(id);
    if (!supplier) throw new RangeError(`There is no supplier ${id} on the platform.`);
    return supplier;
  }

  #changed<T>(result: T): T {
    this.#options.onChange();
    return result;
  }
}

function withTerms(good: Good, terms: Terms): Good {
  const {stockCap, commission, exclusiveTo, ...rest} = good;
  const {wholesalePrice, wholesalePrices = {}} = terms;
  const strange = Object.keys(wholesalePrices).find(name => !good.races.some(race => race.name === name));
  if (strange !== undefined) throw new Impossible(`Good "${good.code}" has no race "${strange}".`);
  const kept = {
    stockCap: terms.stockCap === undefined ? stockCap : terms.stockCap,
    commission: terms.commission === undefined ? commission : terms.commission,
    exclusiveTo: terms.exclusiveTo === undefined ? exclusiveTo : terms.exclusiveTo,
  };
  return {
    ...rest,
    ...(typeof kept.stockCap === 'number' && {stockCap: kept.stockCap}),
    ...(kept.commission && {commission: kept.commission}),
    ...(typeof kept.exclusiveTo === 'number' && {exclusiveTo: kept.exclusiveTo}),
    ...(wholesalePrice !== undefined && {memberPrice: wholesalePrice, price: atLeast(good.price, wholesalePrice)}),
    races: good.races.map(race => ({...race, price: wholesalePrices[race.name] ?? race.price})),
  };
}

/** Nobody without a group pays less than distributors do. */
function atLeast(price: string, least: string): string {
  return compare(yuan(price), yuan(least)) < 0 ? least : price;
}

/** A card must be of one kind, and of one that can be bought. */
function checkChoice(good: Good, {race, options = {}}: Choice): void {
  const isRace = good.races.length === 0 ? race === undefined : good.races.some(({name}) => name === race);
  const isOption =
    Object.keys(options).length === good.optionGroups.length &&
    good.optionGroups.every(group => group.options.some(({name}) => name === options[group.name]));
  if (isRace && isOption) return;
  const asked = [
    ...(good.races.length > 0 ? [`one race of ${good.races.map(({name}) => name).join(', ')}`] : []),
    ...good.optionGroups.map(group => `${group.name} of ${group.options.map(({name}) => name).join(', ')}`),
  ];
  throw new Impossible(
    `Cards of good "${good.code}" are ${asked.length > 0 ? `of ${asked.join(' and ')}` : 'of one kind'}.`,
  );
}

function totalsOf(sales: readonly SupplierSale[]): SupplierStatement['totals'] {
  const nothing = zero(platformCurrency);
  const empty = {orders: 0, pieces: 0, net: nothing, commission: nothing, owed: nothing, open: nothing};
  return sales.reduce(
    (totals, sale) => ({
      orders: totals.orders + 1,
      pieces: totals.pieces + (sale.state === 'delivered' ? sale.quantity : 0),
      net: add(totals.net, sale.net),
      commission: add(totals.commission, sale.commission),
      owed: add(totals.owed, sale.owed),
      open: add(totals.open, sale.open),
    }),
    empty,
  );
}

function nextId(rows: readonly {readonly id: number}[]): number {
  return Math.max(0, ...rows.map(({id}) => id)) + 1;
}
