import {isKeystallError, KeystallError} from '../client/errors.ts';

/** What a state can show: our own errors as they are, anything else (a bug, ours or an environment's) wrapped. */
export function asKeystallError(error: unknown): KeystallError {
  return isKeystallError(error)
    ? error
    : new KeystallError('unexpected', `Something failed that should not: ${String(error)}`, {cause: error});
}
