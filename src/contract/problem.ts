import * as v from 'valibot';

/** Every way the API says no, with its HTTP status. The code is stable; the words around it are not. */
export const problemStatuses = {
  malformed_request: 400,
  validation_failed: 422,
  payload_too_large: 413,
  uri_too_long: 414,
  unsupported_media_type: 415,
  not_found: 404,
  method_not_allowed: 405,
  origin_not_allowed: 403,
  product_not_found: 404,
  cover_not_found: 404,
  cards_unavailable: 503,
  idempotency_key_missing: 400,
  idempotency_key_reused: 422,
  quote_invalid: 422,
  quote_expired: 409,
  coupon_used_up: 409,
  order_token_missing: 401,
  order_token_invalid: 403,
  payment_method_unknown: 422,
  payment_not_possible: 409,
  payment_provider_unavailable: 503,
  keys_not_ready: 409,
  order_not_found: 404,
  too_many_attempts: 429,
  ticket_limit_reached: 409,
  ticket_closed: 409,
  evidence_type_unsupported: 415,
  evidence_limit_reached: 409,
  evidence_not_found: 404,
  notification_rejected: 401,
  console_token_invalid: 401,
  console_role_insufficient: 403,
  decision_not_possible: 409,
  delivery_not_possible: 409,
  shop_unavailable: 503,
  internal_error: 500,
} as const;

export type ProblemCode = keyof typeof problemStatuses;

/** RFC 9457 problem details with our stable code. A code this build does not know is kept as it came. */
export const problemSchema = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  code: v.string(),
  detail: v.exactOptional(v.string()),
  errors: v.exactOptional(v.array(v.object({path: v.string(), message: v.string()}))),
});

export type Problem = v.InferOutput<typeof problemSchema>;
