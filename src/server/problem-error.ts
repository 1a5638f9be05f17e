import {problemStatuses, type Problem, type ProblemCode} from '../contract/problem.ts';

/** A refusal that the caller is told about, with its stable code. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly errors: NonNullable<Problem['errors']> | undefined;
  /** Whole seconds after which it is worth trying again. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    options: {errors?: NonNullable<Problem['errors']>; retryAfter?: number} & ErrorOptions = {},
  ) {
    super(detail, options);
    this.code = code;
    this.errors = options.errors;
    this.retryAfter = options.retryAfter;
  }
}

const titles: Readonly<Record<ProblemCode, string>> = {
  malformed_request: 'The request cannot be read',
  validation_failed: 'Something in the request is not valid',
  payload_too_large: 'The request is too large',
  uri_too_long: 'The address is too long',
  unsupported_media_type: 'The request is not JSON',
  not_found: 'There is nothing here',
  method_not_allowed: 'This cannot be done here',
  origin_not_allowed: 'This page may not use the shop',
  product_not_found: 'There is no such product',
  cover_not_found: 'There is no picture',
  cards_unavailable: 'The cards cannot be listed now',
  idempotency_key_missing: 'An Idempotency-Key is needed',
  idempotency_key_reused: 'This Idempotency-Key was used for something else',
  quote_invalid: 'The quote is not one of this shop',
  quote_expired: 'The quote is no longer valid',
  coupon_used_up: 'The code has been used as often as it may be',
  order_token_missing: 'An order token is needed',
  order_token_invalid: 'The token does not open this order',
  payment_method_unknown: 'There is no such payment method',
  payment_not_possible: 'The order cannot be paid now',
  payment_provider_unavailable: 'The payment provider does not answer',
  keys_not_ready: 'There are no keys yet',
  order_not_found: 'No order fits what was given',
  too_many_attempts: 'Too many attempts',
  ticket_limit_reached: 'No more fits in',
  ticket_closed: 'The ticket is closed',
  evidence_type_unsupported: 'The file is none of the kinds that can be attached',
  evidence_limit_reached: 'The ticket has as many files as it can have',
  evidence_not_found: 'There is no such file',
  notification_rejected: 'The notification is not from the provider',
  console_token_invalid: 'The token does not open the console',
  console_role_insufficient: 'The role does not allow this',
  decision_not_possible: 'This cannot be decided so',
  delivery_not_possible: 'Nothing can be sent',
  shop_unavailable: 'The shop cannot answer now',
  internal_error: 'Something went wrong on our side',
};

/** RFC 9457. Nothing but the code's own words and the detail meant for the caller leaves the server. */
export function problemResponse(error: ProblemError): Response {
  const status = problemStatuses[error.code];
  const problem: Problem = {
    type: `urn:keystall:problem:${error.code}`,
    title: titles[error.code],
    status,
    code: error.code,
    detail: error.message,
    ...(error.errors && {errors: error.errors}),
  };
  return new Response(JSON.stringify(problem), {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...(error.retryAfter !== undefined && {'Retry-After': String(error.retryAfter)}),
    },
  });
}
