import {ProblemError} from './errors.ts';

/** The body is not JSON, or the address cannot be read. */
export class MalformedRequestError extends ProblemError {
  override readonly name = 'MalformedRequestError';
  declare readonly code: 'malformed_request';
}

/** Some values do not fit; `errors` says which. */
export class ValidationFailedError extends ProblemError {
  override readonly name = 'ValidationFailedError';
  declare readonly code: 'validation_failed';
}

/** The body is larger than the server takes. */
export class PayloadTooLargeError extends ProblemError {
  override readonly name = 'PayloadTooLargeError';
  declare readonly code: 'payload_too_large';
}

/** The address is longer than the server takes. */
export class UriTooLongError extends ProblemError {
  override readonly name = 'UriTooLongError';
  declare readonly code: 'uri_too_long';
}

/** The body is of a kind the server does not read. */
export class UnsupportedMediaTypeError extends ProblemError {
  override readonly name = 'UnsupportedMediaTypeError';
  declare readonly code: 'unsupported_media_type';
}

/** There is nothing at this address. */
export class NotFoundError extends ProblemError {
  override readonly name = 'NotFoundError';
  declare readonly code: 'not_found';
}

/** The address does not take this method. */
export class MethodNotAllowedError extends ProblemError {
  override readonly name = 'MethodNotAllowedError';
  declare readonly code: 'method_not_allowed';
}

/** The page's origin is not one of the shop's. */
export class OriginNotAllowedError extends ProblemError {
  override readonly name = 'OriginNotAllowedError';
  declare readonly code: 'origin_not_allowed';
}

/** A request that creates something came without its key. */
export class IdempotencyKeyMissingError extends ProblemError {
  override readonly name = 'IdempotencyKeyMissingError';
  declare readonly code: 'idempotency_key_missing';
}

/** The key was used before, with other content. */
export class IdempotencyKeyReusedError extends ProblemError {
  override readonly name = 'IdempotencyKeyReusedError';
  declare readonly code: 'idempotency_key_reused';
}

/** The server cannot reach its data for the moment. What it had done by then is not known: ask again a little later. */
export class ShopUnavailableError extends ProblemError {
  override readonly name = 'ShopUnavailableError';
  declare readonly code: 'shop_unavailable';
}

/** The server failed. What it had done by then is not known. */
export class InternalError extends ProblemError {
  override readonly name = 'InternalError';
  declare readonly code: 'internal_error';
}
