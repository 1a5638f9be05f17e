import type {StoreUnavailableError, StoreUnavailableReason} from './persistence/store-unavailable-error.ts';
import {ProblemError} from './problem-error.ts';

/** What the log calls it when a request could not be answered for want of the database. */
export const databaseUnavailable = 'database unavailable';

/** Seconds: a connection comes free sooner than a database comes back. */
const retryAfter = {busy: 1, away: 5} as const satisfies Record<StoreUnavailableReason, number>;

export function shopUnavailable(cause: StoreUnavailableError): ProblemError {
  const seconds = retryAfter[cause.reason];
  return new ProblemError(
    'shop_unavailable',
    'The shop cannot reach its data for the moment. Send the same again in a little while; it is done once.',
    {retryAfter: seconds, cause},
  );
}
