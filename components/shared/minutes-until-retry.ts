import type {KeystallError} from '../../src/client/errors.ts';
import type {TooManyAttemptsError} from '../../src/client/order-errors.ts';

/** In how many minutes it may be tried again what was tried too often; a quarter of an hour where the server does not say. */
export function minutesUntilRetry(error: KeystallError): number {
  const {retryAfter = 15 * 60} = error as Partial<TooManyAttemptsError>;
  return Math.max(1, Math.ceil(retryAfter / 60));
}
