import type {Category, Good, Supplier} from './good.ts';
import type {MerchantGroup} from './merchant.ts';
import type {PlatformSnapshot} from './platform-state.ts';

/** What the platform sells, from whom, in which categories, and on which terms for whom. */
export class Assortment {
  readonly #suppliers: Map<number, Supplier>;
  readonly #categories: Map<number, Category>;
  readonly #groups: Map<number, MerchantGroup>;
  readonly #goods: Map<number, Good>;
  readonly #idByCode: Map<string, number>;

  constructor({
    suppliers,
    categories,
    groups,
    goods,
  }: Pick<PlatformSnapshot, 'suppliers' | 'categories' | 'groups' | 'goods'>) {
    this.#suppliers = byId(suppliers);
    this.#categories = byId(categories);
    this.#groups = byId(groups);
    this.#goods = byId(goods);
    this.#idByCode = new Map(goods.map(good => [good.code, good.id]));
  }

  suppliers(): readonly Supplier[] {
    return [...this.#suppliers.values()];
  }

  supplier(id: number): Supplier | undefined {
    return this.#suppliers.get(id);
  }

  putSupplier(supplier: Supplier): void {
    this.#suppliers.set(supplier.id, supplier);
  }

  categories(): readonly Category[] {
    return [...this.#categories.values()];
  }

  groups(): readonly MerchantGroup[] {
    return [...this.#groups.values()];
  }

  group(id: number): MerchantGroup | undefined {
    return this.#groups.get(id);
  }

  putGroups(groups: readonly MerchantGroup[]): void {
    this.#groups.clear();
    for (const group of groups) this.#groups.set(group.id, group);
  }

  goods(): readonly Good[] {
    return [...this.#goods.values()];
  }

  good(code: string): Good | undefined {
    const id = this.#idByCode.get(code);
    return id === undefined ? undefined : this.#goods.get(id);
  }

  goodById(id: number): Good | undefined {
    return this.#goods.get(id);
  }

  /** @throws {RangeError} when there is no such good. */
  must(good: string | number): Good {
    const found = typeof good === 'string' ? this.good(good) : this.#goods.get(good);
    if (found) return found;
    const name = typeof good === 'string' ? `the code "${good}"` : `the id ${good}`;
    throw new RangeError(`There is no good with ${name} on the platform.`);
  }

  /** Adds a good, or puts it in place of the one with its id. */
  put(good: Good): void {
    this.#goods.set(good.id, good);
    this.#idByCode.set(good.code, good.id);
  }
}

function byId<T extends {readonly id: number}>(rows: readonly T[]): Map<number, T> {
  return new Map(rows.map(row => [row.id, row]));
}
