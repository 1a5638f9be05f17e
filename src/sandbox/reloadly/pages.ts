/** A page as the running service has them, from 1 in the question and from 0 in the answer. */
export function pageOf<Row>(
  rows: readonly Row[],
  query: URLSearchParams,
  usualSize: number,
  write: (row: Row) => unknown,
): unknown {
  const size = Math.min(200, wholeNumber(query.get('size')) ?? usualSize);
  const page = wholeNumber(query.get('page')) ?? 1;
  const content = rows.slice((page - 1) * size, page * size).map(write);
  const totalPages = Math.ceil(rows.length / size);
  return {
    content,
    pageable: {pageNumber: page, pageSize: size},
    totalElements: rows.length,
    totalPages,
    last: page >= totalPages,
    first: page === 1,
    numberOfElements: content.length,
    size,
    number: page - 1,
    empty: content.length === 0,
  };
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
