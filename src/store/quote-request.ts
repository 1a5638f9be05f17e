import type {QuoteRequest} from '../contract/quote.ts';
import type {LineRequest} from '../domain/quote.ts';

export function quoteRequest(lines: readonly LineRequest[], coupon: string | undefined): QuoteRequest {
  return {lines: [...lines], ...(coupon !== undefined && {coupon})};
}
