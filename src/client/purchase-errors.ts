import {ProblemError} from './errors.ts';

/** The quote was not made by this shop, or was changed. */
export class QuoteInvalidError extends ProblemError {
  override readonly name = 'QuoteInvalidError';
  declare readonly code: 'quote_invalid';
}

/** The quote is too old: ask for a new one. No order was made with it. */
export class QuoteExpiredError extends ProblemError {
  override readonly name = 'QuoteExpiredError';
  declare readonly code: 'quote_expired';
}

/** The quote's code has been used as often as it may be. No order was made: ask for a quote without it. */
export class CouponUsedUpError extends ProblemError {
  override readonly name = 'CouponUsedUpError';
  declare readonly code: 'coupon_used_up';
}

/** The shop has no such payment method. */
export class PaymentMethodUnknownError extends ProblemError {
  override readonly name = 'PaymentMethodUnknownError';
  declare readonly code: 'payment_method_unknown';
}

/** The order cannot be paid in the state it is in. */
export class PaymentNotPossibleError extends ProblemError {
  override readonly name = 'PaymentNotPossibleError';
  declare readonly code: 'payment_not_possible';
}

/** The payment provider cannot be reached now. */
export class PaymentProviderUnavailableError extends ProblemError {
  override readonly name = 'PaymentProviderUnavailableError';
  declare readonly code: 'payment_provider_unavailable';
}

/** A payment notification's signature or form is wrong. */
export class NotificationRejectedError extends ProblemError {
  override readonly name = 'NotificationRejectedError';
  declare readonly code: 'notification_rejected';
}
