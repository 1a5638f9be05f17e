const statuses = {
  bad_request: 400,
  invalid_callback_url: 400,
  sku_unavailable: 400,
  product_unavailable: 400,
  missing_auth_headers: 401,
  invalid_timestamp: 401,
  timestamp_expired: 401,
  invalid_signature: 401,
  insufficient_balance: 402,
  invalid_api_key: 403,
  user_disabled: 403,
  product_not_found: 404,
  order_not_found: 404,
  insufficient_stock: 409,
  cancel_not_allowed: 409,
  internal_error: 500,
} as const;

export type ErrorCode = keyof typeof statuses;

/** The platform says no: `ok: false` with a code of its own. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }

  get status(): number {
    return statuses[this.code];
  }
}
