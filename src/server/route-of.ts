import type {Context} from 'hono';
import {matchedRoutes} from 'hono/route';

/** The pattern that fitted a request, `/v1/orders/:orderId`, once it is answered; nothing where none did. */
export function routeOf(c: Context): string | undefined {
  return matchedRoutes(c).findLast(({method}) => method !== 'ALL')?.path;
}
