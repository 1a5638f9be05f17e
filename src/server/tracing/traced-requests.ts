import type {MiddlewareHandler} from 'hono';
import {routeOf} from '../route-of.ts';
import {typeOfError, type Tracing} from './tracing.ts';

/**
 * A span for each request, until its answer is ready; event streams count until they begin.
 * Source: https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server
 */
export function tracedRequests(tracing: Tracing): MiddlewareHandler {
  return (c, next) => {
    const method = knownMethods.has(c.req.method) ? c.req.method : '_OTHER';
    const verb = method === '_OTHER' ? 'HTTP' : method;
    const attributes = {'http.request.method': method};
    return tracing.inSpan({kind: 'request', name: verb, attributes, headers: c.req.raw.headers}, async span => {
      await next();
      // Only now it is known which pattern fitted.
      const route = routeOf(c);
      if (route !== undefined) {
        span.rename(`${verb} ${route}`);
        span.add({'http.route': route});
      }
      const {status} = c.res;
      span.add({'http.response.status_code': status});
      if (status >= 500) span.fail(c.error ? typeOfError(c.error) : String(status));
    });
  };
}

/** A method is text of the caller's: whoever makes one up shall not be read in a trace. */
const knownMethods: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'CONNECT',
  'TRACE',
]);
