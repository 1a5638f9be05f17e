import type {MiddlewareHandler} from 'hono';
import {ProblemError} from './problem-error.ts';

/** Characters of an address with its query: no page of ours comes near, and what fits nowhere need not be read. */
export const longestAddress = 4096;

/** Refuses addresses that are too long before anything looks at them. */
export const limitAddress: MiddlewareHandler = (c, next) => {
  if (c.req.url.length <= longestAddress) return next();
  throw new ProblemError('uri_too_long', `An address may have ${longestAddress} characters here.`);
};
