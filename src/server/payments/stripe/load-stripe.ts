import type StripeClient from 'stripe';

/** The package `stripe` is not installed. */
export class StripeMissingError extends Error {
  override readonly name = 'StripeMissingError';
}

/**
 * The package `stripe`, which only shops that are paid by it install.
 * @throws {StripeMissingError} that says how
 */
export async function loadStripe(): Promise<typeof StripeClient> {
  try {
    return (await import('stripe')).default;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new StripeMissingError(
      'needs the package "stripe", which is not installed beside keystall. Install it: npm i stripe',
      {cause},
    );
  }
}
