import type {CartProblem} from './shop.ts';

/** A change of the cart was taken back; `problem` says why, and `cause` what the server said, if it was an error. */
export class CartError extends Error {
  override readonly name = 'CartError';
  readonly problem: CartProblem;

  constructor(skuId: string, problem: CartProblem, options?: ErrorOptions) {
    super(
      `The cart cannot hold ${JSON.stringify(skuId)} as asked (${problem.kind}); the change was taken back.`,
      options,
    );
    this.problem = problem;
  }
}

export function isCartError(value: unknown): value is CartError {
  return value instanceof CartError;
}
