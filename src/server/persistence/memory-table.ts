/** For each index of a table: under which keys a row is found. */
export type IndexesOf<Row, Index extends string> = Readonly<Record<Index, (row: Row) => readonly string[]>>;

/**
 * Rows of one kind by key, in memory. A transaction writes to a draft of the table; `commit` of the draft makes all of
 * it visible at once. Rows are deeply frozen copies: what a caller holds never changes, nor changes what is stored.
 */
export class MemoryTable<Row extends object, Index extends string = never> {
  /** In a draft, a row that is gone is there as undefined. */
  readonly #rows = new Map<string, Row | undefined>();
  readonly #indexes: IndexesOf<Row, Index>;
  /** Keys of rows, by index and by what they are found under. */
  readonly #found = new Map<string, Set<string>>();
  readonly #base: MemoryTable<Row, Index> | undefined;

  constructor(indexes: IndexesOf<Row, Index>, base?: MemoryTable<Row, Index>) {
    this.#indexes = indexes;
    this.#base = base;
  }

  draft(): MemoryTable<Row, Index> {
    return new MemoryTable(this.#indexes, this);
  }

  get(key: string): Row | undefined {
    return this.#rows.has(key) ? this.#rows.get(key) : this.#base?.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, row: Row): void {
    this.#put(key, freeze(JSON.parse(JSON.stringify(row)) as Row));
  }

  delete(key: string): void {
    if (this.#base) this.#put(key, undefined);
    else this.#remove(key);
  }

  /** All rows, in the order of their first insertion. */
  all(): Row[] {
    return this.entries().map(([, row]) => row);
  }

  /** All rows with their keys. */
  entries(): [string, Row][] {
    return this.#keys().flatMap(key => {
      const row = this.get(key);
      return row ? [[key, row]] : [];
    });
  }

  /** The rows that an index has under one of these, in no particular order. */
  where(index: Index, ...sought: readonly string[]): Row[] {
    const keys = new Set(sought.flatMap(value => [...this.#keysFound(`${index} ${value}`)]));
    return [...keys].flatMap(key => {
      const row = this.get(key);
      // A draft may have moved what its base had here.
      return row && this.#indexes[index](row).some(value => sought.includes(value)) ? [row] : [];
    });
  }

  commit(): void {
    const base = this.#base;
    if (!base) throw new Error('Only the draft of a table can be committed.');
    for (const [key, row] of this.#rows) {
      if (row) base.#put(key, row);
      else base.delete(key);
    }
  }

  #put(key: string, row: Row | undefined): void {
    const [before, after] = [this.#placesOf(this.#rows.get(key)), this.#placesOf(row)];
    for (const place of before) if (!after.includes(place)) this.#leave(place, key);
    for (const place of after) {
      const keys = this.#found.get(place) ?? new Set();
      this.#found.set(place, keys.add(key));
    }
    this.#rows.set(key, row);
  }

  #remove(key: string): void {
    for (const place of this.#placesOf(this.#rows.get(key))) this.#leave(place, key);
    this.#rows.delete(key);
  }

  #leave(place: string, key: string): void {
    const keys = this.#found.get(place);
    keys?.delete(key);
    if (keys?.size === 0) this.#found.delete(place);
  }

  #placesOf(row: Row | undefined): readonly string[] {
    if (!row) return [];
    return Object.entries<(row: Row) => readonly string[]>(this.#indexes).flatMap(([index, keysOf]) =>
      keysOf(row).map(value => `${index} ${value}`),
    );
  }

  #keysFound(place: string): ReadonlySet<string> {
    const own = this.#found.get(place) ?? new Set<string>();
    return this.#base ? new Set([...this.#base.#keysFound(place), ...own]) : own;
  }

  #keys(): string[] {
    const base = this.#base;
    if (!base) return [...this.#rows.keys()];
    return [...base.#keys(), ...[...this.#rows.keys()].filter(key => !base.#rows.has(key))];
  }
}

function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const entry of Object.values(value)) freeze(entry);
    Object.freeze(value);
  }
  return value;
}
