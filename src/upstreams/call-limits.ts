/** Longest waits, in milliseconds. */
export interface Timeouts {
  readonly read: number;
  readonly purchase: number;
}

/** Longest answers, in bytes. */
export interface Limits {
  readonly answer: number;
  /** One page of the catalogue, with descriptions. */
  readonly page: number;
  /** Purchases and orders. */
  readonly cards: number;
  readonly picture: number;
}

const mebibyte = 1_048_576;

export const usualTimeouts: Timeouts = {read: 15_000, purchase: 60_000};
export const usualLimits: Limits = {answer: mebibyte, page: 16 * mebibyte, cards: 32 * mebibyte, picture: 4 * mebibyte};
