import type {Context, MiddlewareHandler} from 'hono';
import {matchedRoutes} from 'hono/route';
import type {ProblemCode} from '../../contract/problem.ts';
import {writeDown, writeOutcome} from '../console/audit.ts';
import {identify, type ConsoleEnv} from '../console/identify.ts';
import {rolesFor} from '../console/permissions.ts';
import {StoreUnavailableError} from '../persistence/store-unavailable-error.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';

/**
 * Lets the people who run the shop through, each as far as their role goes, and writes down what they do. It stands before
 * all of `/v1/console`: an operation that is added there is guarded and written down without a word of its own.
 */
export function consoleAccess(ports: ServerPorts): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    const route = matchedRoutes(c).findLast(({method}) => method !== 'ALL');
    // Nothing is at this address: that is no secret.
    if (!route) return next();
    const actor = await identify(ports, c);
    c.set('actor', actor);
    const operation = `${route.method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
    const isAllowed = rolesFor(operation).includes(actor.role);
    if (isAllowed && route.method === 'GET') return next();
    const subject = subjectOf(c, route.path);
    const requestId = c.env.requestId ?? crypto.randomUUID();
    const id = await writeDown(ports, {actor, operation, subject, requestId});
    if (isAllowed) {
      await next();
      const code = c.error && codeOf(c.error);
      return writeOutcome(ports, id, {status: c.res.status, code});
    }
    const refusal = new ProblemError(
      'console_role_insufficient',
      `This is for ${rolesFor(operation).join(' and ')}; the token of "${actor.name}" is for ${actor.role}.`,
    );
    await writeOutcome(ports, id, {status: 403, code: refusal.code});
    throw refusal;
  };
}

function codeOf(error: Error): ProblemCode {
  if (error instanceof ProblemError) return error.code;
  return error instanceof StoreUnavailableError ? 'shop_unavailable' : 'internal_error';
}

/** What the path names: the texts that stand where its pattern has parameters. */
function subjectOf(c: Context, pattern: string): string | undefined {
  const given = c.req.path.split('/');
  const named = pattern.split('/').flatMap((part, index) => (part.startsWith(':') ? (given[index] ?? '') : []));
  return named.length > 0 ? named.join('/') : undefined;
}
