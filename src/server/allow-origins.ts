import type {MiddlewareHandler} from 'hono';
import {cors} from 'hono/cors';

const exposedHeaders = 'ETag,Retry-After';

/**
 * CORS for the pages of these origins. hono's own answers what browsers ask beforehand; to all other answers its headers
 * are added here, for it adds them in a way that makes hono copy each answer, which costs more than finding it.
 * Source: Fetch standard, CORS protocol
 */
export function allowOrigins(origins: ReadonlySet<string>): MiddlewareHandler {
  const askedBeforehand = cors({
    origin: origin => (origins.has(origin) ? origin : null),
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'If-None-Match'],
    exposeHeaders: exposedHeaders.split(','),
    maxAge: 86_400,
  });
  return async (c, next) => {
    if (c.req.method === 'OPTIONS') return askedBeforehand(c, next);
    await next();
    const origin = c.req.header('Origin');
    if (origin !== undefined && origins.has(origin)) c.res.headers.set('Access-Control-Allow-Origin', origin);
    c.res.headers.set('Access-Control-Expose-Headers', exposedHeaders);
    c.res.headers.append('Vary', 'Origin');
  };
}
