import {ProblemError} from '../problem-error.ts';

/* Pages of lists that only people read: a cursor counts what came before it. */

export function readPageCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const match = /^o(\d{1,9})$/.exec(cursor);
  if (match) return Number(match[1]);
  throw new ProblemError('validation_failed', 'The cursor was not given out by this shop.', {
    errors: [{path: 'cursor', message: 'not one of ours'}],
  });
}

export const pageCursor = (offset: number): string => `o${offset}`;
