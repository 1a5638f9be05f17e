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

/** No key has been delivered yet. */
export class KeysNotReadyError extends ProblemError {
  override readonly name = 'KeysNotReadyError';
  declare readonly code: 'keys_not_ready';
}
