/*
 * Which rows of a long list are drawn: those in sight and some around them. Everything in pixels; rows are counted from
 * 0, and all of them have the same distance from each other but those that were measured to be otherwise.
 */

export interface ListGeometry {
  readonly count: number;
  readonly columns: number;
  /** Height of a row that has not been measured, the gap to the next included. */
  readonly rowHeight: number;
  /** Heights of the rows that differ from that, their gaps included. */
  readonly measured: ReadonlyMap<number, number>;
}

export interface Sight {
  /** Where what can be seen begins, from the top of the list; negative while the list begins further down. */
  readonly top: number;
  readonly height: number;
}

export interface DrawnWindow {
  /** The items from `first` to before `end` are drawn. */
  readonly first: number;
  readonly end: number;
  /** Height of what is left out before them and after them. */
  readonly before: number;
  readonly after: number;
}

/** Rows are drawn this many screens ahead in both directions: fast fingers see cards, and the next Tab finds one. */
const screensAhead = 1;

export function drawnWindow(geometry: ListGeometry, {top, height}: Sight): DrawnWindow {
  const {count, columns} = geometry;
  const rows = Math.ceil(count / columns);
  const ahead = height * screensAhead;
  // Beyond the end, the last row is drawn; before the beginning, the first.
  const firstRow = Math.max(0, Math.min(rows - 1, rowAt(geometry, top - ahead)));
  const before = rowTop(geometry, firstRow);
  const lastRow = Math.min(rows - 1, Math.max(firstRow, rowAt(geometry, top + height + ahead)));
  // A row that only begins where the window ends is not drawn.
  const endRow = lastRow > firstRow && rowTop(geometry, lastRow) >= top + height + ahead ? lastRow : lastRow + 1;
  const after = rowTop(geometry, rows) - rowTop(geometry, endRow);
  return {first: firstRow * columns, end: Math.min(endRow * columns, count), before, after};
}

/** Where a row begins. */
export function rowTop({rowHeight, measured}: ListGeometry, row: number): number {
  let top = row * rowHeight;
  for (const [other, height] of measured) if (other < row) top += height - rowHeight;
  return top;
}

/** Which row is at a distance from the top; rows go on beyond the end of the list. */
function rowAt({rowHeight, measured}: ListGeometry, distance: number): number {
  let [row, top] = [0, 0];
  // Between two rows that were measured all are alike, however many they are.
  for (const [next, height] of [...measured].sort(([left], [right]) => left - right)) {
    const nextTop = top + (next - row) * rowHeight;
    if (distance < nextTop) break;
    if (distance < nextTop + height) return next;
    [row, top] = [next + 1, nextTop + height];
  }
  return row + Math.floor((distance - top) / rowHeight);
}
