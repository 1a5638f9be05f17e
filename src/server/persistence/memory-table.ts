/**
 * Rows of one kind by key, in memory. A transaction writes to a draft of the table; `commit` of the draft makes all of
 * it visible at once. Rows are deeply frozen copies: what a caller holds never changes, nor changes what is stored.
 */
export class MemoryTable<Row extends object> {
  /** In a draft, a row that is gone is there as undefined. */
  readonly #rows = new Map<string, Row | undefined>();
  readonly #base: MemoryTable<Row> | undefined;

  constructor(base?: MemoryTable<Row>) {
    this.#base = base;
  }

  draft(): MemoryTable<Row> {
    return new MemoryTable(this);
  }

  get(key: string): Row | undefined {
    return this.#rows.has(key) ? this.#rows.get(key) : this.#base?.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, row: Row): void {
    this.#rows.set(key, freeze(JSON.parse(JSON.stringify(row)) as Row));
  }

  delete(key: string): void {
    if (this.#base) this.#rows.set(key, undefined);
    else this.#rows.delete(key);
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

  commit(): void {
    const base = this.#base;
    if (!base) throw new Error('Only the draft of a table can be committed.');
    for (const [key, row] of this.#rows) {
      if (row) base.#rows.set(key, row);
      else base.delete(key);
    }
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
