import type {MiddlewareHandler} from 'hono';
import {bodyLimit} from 'hono/body-limit';
import {ProblemError, problemResponse} from './problem-error.ts';
import {fitsPath} from './path-pattern.ts';

/**
 * Refuses bodies that are too large before they are read into memory.
 * @param usual bytes that any body may have
 * @param others bytes by the path pattern of the routes that differ: `/v1/tickets/:ticketId/evidence`
 */
export function limitBodies(usual: number, others: Readonly<Record<string, number>>): MiddlewareHandler {
  const usualLimit = limitTo(usual);
  const otherLimits = Object.entries(others).map(([pattern, bytes]) => [pattern, limitTo(bytes)] as const);
  return (c, next) => {
    // Nobody reads the body of what has none, and to look whether there is one costs as much as many an answer.
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    const other = otherLimits.find(([pattern]) => fitsPath(pattern, c.req.path));
    return (other?.[1] ?? usualLimit)(c, next);
  };
}

function limitTo(maxSize: number): MiddlewareHandler {
  const refuse = () => problemResponse(new ProblemError('payload_too_large', `A body may have ${maxSize} bytes here.`));
  const limitCounted = bodyLimit({maxSize, onError: refuse});
  return async (c, next) => {
    const length = c.req.header('Content-Length');
    const isTold = length !== undefined && /^\d+$/.test(length) && c.req.header('Transfer-Encoding') === undefined;
    // To count bytes makes a stream of them; one that tells its length has no more, by HTTP (RFC 9112 §6.3).
    if (!isTold) return limitCounted(c, next);
    return Number(length) > maxSize ? refuse() : next();
  };
}
