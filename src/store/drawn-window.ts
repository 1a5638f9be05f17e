/*
 * Which rows of a long list are drawn: those in sight and some around them. Everything in pixels; rows are counted from
 * 0, and all of them have the same distance from each other as long as nobody has measured better.
 */

export interface ListGeometry {
  readonly count: number;
  readonly columns: number;
  /** Height of a row that has not been measured, the gap to the next included. */
  readonly rowHeight: number;
  /** Measured heights by row, their gaps included. */
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
  let firstRow = 0;
  let before = 0;
  for (let row = 0; row < rows; row++) {
    const next = before + heightOf(geometry, row);
    if (next > top - ahead) break;
    // Beyond the end, the last row is drawn.
    if (row === rows - 1) break;
    before = next;
    firstRow = row + 1;
  }
  let endRow = firstRow;
  let bottom = before;
  while (endRow < rows && (endRow === firstRow || bottom < top + height + ahead)) {
    bottom += heightOf(geometry, endRow);
    endRow++;
  }
  let after = 0;
  for (let row = endRow; row < rows; row++) after += heightOf(geometry, row);
  return {first: firstRow * columns, end: Math.min(endRow * columns, count), before, after};
}

/** Where a row begins. */
export function rowTop(geometry: ListGeometry, row: number): number {
  let top = 0;
  for (let earlier = 0; earlier < row; earlier++) top += heightOf(geometry, earlier);
  return top;
}

function heightOf({rowHeight, measured}: ListGeometry, row: number): number {
  return measured.get(row) ?? rowHeight;
}
