import {ProblemError} from './errors.ts';

/** The product does not exist or is no longer listed. */
export class ProductNotFoundError extends ProblemError {
  override readonly name = 'ProductNotFoundError';
  declare readonly code: 'product_not_found';
}

/** The platform does not say now which cards there are. */
export class CardsUnavailableError extends ProblemError {
  override readonly name = 'CardsUnavailableError';
  declare readonly code: 'cards_unavailable';
}

/** The product has no picture. */
export class CoverNotFoundError extends ProblemError {
  override readonly name = 'CoverNotFoundError';
  declare readonly code: 'cover_not_found';
}
