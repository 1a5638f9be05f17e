import {ProblemError} from './errors.ts';

/** The product does not exist or is no longer listed. */
export class ProductNotFoundError extends ProblemError {
  override readonly name = 'ProductNotFoundError';
  declare readonly code: 'product_not_found';
}

/** The product has no picture. */
export class CoverNotFoundError extends ProblemError {
  override readonly name = 'CoverNotFoundError';
  declare readonly code: 'cover_not_found';
}
