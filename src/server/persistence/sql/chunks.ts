/** Rows per statement: a listing is a few kilobytes. */
const rowsPerStatement = 1_000;

export function* chunks<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += rowsPerStatement) yield rows.slice(start, start + rowsPerStatement);
}
