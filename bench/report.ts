/** One figure of a benchmark, beside the floor that was measured in the same run, if there is one. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly floor?: number;
  /** What is to be reached, in words: `≤ 1.2 × floor`. */
  readonly target?: string | undefined;
}

/** A figure that there cannot be. */
export interface Absent {
  readonly name: string;
  readonly because: string;
}

/** Prints a table, or with `--json` among the arguments one JSON object per line. */
export function report(given: readonly (Figure | Absent)[], args: readonly string[] = process.argv): void {
  const figures = given.filter(each => 'value' in each);
  const absent = given.filter(each => 'because' in each);
  if (args.includes('--json')) {
    for (const {name, because} of absent) console.log(JSON.stringify({name, value: 'n-a', because}));
    for (const {name, value, unit, floor} of figures) {
      const ratio = ratioOf({value, floor});
      console.log(
        JSON.stringify({name, value, unit, ...(floor !== undefined && {floor}), ...(ratio !== undefined && {ratio})}),
      );
    }
    return;
  }
  const rows = figures.map(({name, value, unit, floor, target = ''}) => [
    name,
    formatted(value),
    formatted(floor),
    formatted(ratioOf({value, floor})),
    unit,
    target,
  ]);
  const table = [['', 'value', 'floor', 'ratio', 'unit', figures.some(({target}) => target) ? 'target' : ''], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map(row => row[column]!.length)));
  for (const row of table) {
    console.log(
      row
        .map((cell, column) =>
          column === 0 || column > 3 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
        )
        .join('  ')
        .trimEnd(),
    );
  }
  for (const {name, because} of absent) console.log(`${name}  n-a: ${because}`);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value that `share` of all values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function ratioOf({
  value,
  floor,
}: {
  readonly value: number;
  readonly floor?: number | undefined;
}): number | undefined {
  return floor === undefined || floor <= 0 ? undefined : Number((value / floor).toFixed(3));
}

/** With four digits that count; empty for what is not there. */
export function formatted(value: number | undefined): string {
  if (value === undefined) return '';
  return Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));
}
