import type {Problem} from '../contract/problem.ts';
import {ProblemError} from './errors.ts';

/** The order's token is needed. */
export class OrderTokenMissingError extends ProblemError {
  override readonly name = 'OrderTokenMissingError';
  declare readonly code: 'order_token_missing';
}

/** The token does not open this order. */
export class OrderTokenInvalidError extends ProblemError {
  override readonly name = 'OrderTokenInvalidError';
  declare readonly code: 'order_token_invalid';
}

/** No order fits number, contact and password; or it was placed without a password. Which of it, nobody says. */
export class OrderNotFoundError extends ProblemError {
  override readonly name = 'OrderNotFoundError';
  declare readonly code: 'order_not_found';
}

/** Tried too often: wait for as long as `retryAfter` says. */
export class TooManyAttemptsError extends ProblemError {
  override readonly name = 'TooManyAttemptsError';
  declare readonly code: 'too_many_attempts';
  /** Seconds; undefined where the server does not say. */
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(problem);
    this.retryAfter = retryAfter;
  }
}

/** No key has been delivered yet. */
export class KeysNotReadyError extends ProblemError {
  override readonly name = 'KeysNotReadyError';
  declare readonly code: 'keys_not_ready';
}
