/**
 * Rows of one kind by key, in memory. A transaction writes to a draft of the table; `commit` of the draft makes all of
 * it visible at once. Rows are deeply frozen copies: what a caller holds never changes, nor changes what is stored.
 */
export class MemoryTable<Row extends object> {
  readonly #rows = new Map<string, Row>();
  readonly #base: MemoryTable<Row> | undefined;

  constructor(base?: MemoryTable<Row>) {
    this.#base = base;
  }

  draft(): MemoryTable<Row> {
    return new MemoryTable(this);
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key) ?? this.#base?.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, row: Row): void {
    this.#rows.set(key, freeze(JSON.parse(JSON.stringify(row)) as Row));
  }

  /** All rows, in the order of their first insertion. */
  all(): Row[] {
    if (!this.#base) return [...this.#rows.values()];
    const base = this.#base;
    const earlier = base.#keys().map(key => this.get(key)!);
    return [...earlier, ...[...this.#rows].filter(([key]) => !base.has(key)).map(([, row]) => row)];
  }

  commit(): void {
    const base = this.#base;
    if (!base) throw new Error('Only the draft of a table can be committed.');
    for (const [key, row] of this.#rows) base.#rows.set(key, row);
  }

  #keys(): string[] {
    return this.#base ? [...this.#base.#keys(), ...this.#rows.keys()] : [...this.#rows.keys()];
  }
}

function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const entry of Object.values(value)) freeze(entry);
    Object.freeze(value);
  }
  return value;
}
