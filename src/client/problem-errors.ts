import type {Problem, ProblemCode} from '../contract/problem.ts';
import {
  IdempotencyKeyMissingError,
  IdempotencyKeyReusedError,
  InternalError,
  MalformedRequestError,
  MethodNotAllowedError,
  NotFoundError,
  OriginNotAllowedError,
  PayloadTooLargeError,
  ShopUnavailableError,
  UnsupportedMediaTypeError,
  UriTooLongError,
  ValidationFailedError,
} from './request-errors.ts';
import {CardsUnavailableError, CoverNotFoundError, ProductNotFoundError} from './catalogue-errors.ts';
import {
  ConsoleRoleInsufficientError,
  ConsoleTokenInvalidError,
  DecisionNotPossibleError,
  DeliveryNotPossibleError,
} from './console-errors.ts';
import {
  CouponUsedUpError,
  NotificationRejectedError,
  PaymentMethodUnknownError,
  PaymentNotPossibleError,
  PaymentProviderUnavailableError,
  QuoteExpiredError,
  QuoteInvalidError,
} from './purchase-errors.ts';
import {
  KeysNotReadyError,
  OrderNotFoundError,
  OrderTokenInvalidError,
  OrderTokenMissingError,
  TooManyAttemptsError,
} from './order-errors.ts';
import {
  EvidenceLimitReachedError,
  EvidenceNotFoundError,
  EvidenceTypeUnsupportedError,
  TicketClosedError,
  TicketLimitReachedError,
} from './ticket-errors.ts';
import {ProblemError} from './errors.ts';

export {unreadableAnswer} from './unreadable-answer.ts';

/** The error class of each problem code. */
export const problemErrors = {
  malformed_request: MalformedRequestError,
  validation_failed: ValidationFailedError,
  payload_too_large: PayloadTooLargeError,
  uri_too_long: UriTooLongError,
  unsupported_media_type: UnsupportedMediaTypeError,
  not_found: NotFoundError,
  method_not_allowed: MethodNotAllowedError,
  origin_not_allowed: OriginNotAllowedError,
  idempotency_key_missing: IdempotencyKeyMissingError,
  idempotency_key_reused: IdempotencyKeyReusedError,
  internal_error: InternalError,
  shop_unavailable: ShopUnavailableError,
  product_not_found: ProductNotFoundError,
  cover_not_found: CoverNotFoundError,
  cards_unavailable: CardsUnavailableError,
  quote_invalid: QuoteInvalidError,
  quote_expired: QuoteExpiredError,
  coupon_used_up: CouponUsedUpError,
  payment_method_unknown: PaymentMethodUnknownError,
  payment_not_possible: PaymentNotPossibleError,
  payment_provider_unavailable: PaymentProviderUnavailableError,
  notification_rejected: NotificationRejectedError,
  order_token_missing: OrderTokenMissingError,
  order_token_invalid: OrderTokenInvalidError,
  keys_not_ready: KeysNotReadyError,
  order_not_found: OrderNotFoundError,
  too_many_attempts: TooManyAttemptsError,
  ticket_limit_reached: TicketLimitReachedError,
  ticket_closed: TicketClosedError,
  evidence_type_unsupported: EvidenceTypeUnsupportedError,
  evidence_limit_reached: EvidenceLimitReachedError,
  evidence_not_found: EvidenceNotFoundError,
  console_token_invalid: ConsoleTokenInvalidError,
  console_role_insufficient: ConsoleRoleInsufficientError,
  decision_not_possible: DecisionNotPossibleError,
  delivery_not_possible: DeliveryNotPossibleError,
} as const satisfies Record<ProblemCode, new (problem: Problem, retryAfter?: number) => ProblemError>;

/**
 * The error for what the server said. A code this build does not know becomes a plain {@link ProblemError}.
 * @param headers of the answer
 */
export function problemError(problem: Problem, headers?: Headers): ProblemError {
  const known = Object.hasOwn(problemErrors, problem.code) ? problemErrors[problem.code as ProblemCode] : ProblemError;
  const wait = headers?.get('Retry-After') ?? '';
  // A date, which the header may hold as well, is not what our server writes.
  return new known(problem, /^\d+$/.test(wait) ? Number(wait) : undefined);
}
