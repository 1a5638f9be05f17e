import {Hono, type Context} from 'hono';
import {deleteCookie, setCookie} from 'hono/cookie';
import {auditQuerySchema, type AuditEntry, type ConsoleSession} from '../../contract/console.ts';
import {sessionCookie, type ConsoleActor, type ConsoleEnv} from '../console/identify.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {randomToken} from '../security/encoding.ts';
import {hashText} from '../security/ids.ts';
import {readQuery} from './input.ts';

const noStore = {'Cache-Control': 'no-store'};
const sessionMs = 12 * 3_600_000;
const defaultLimit = 50;
/** A session of a page alone: not for other sites, not for scripts, not without TLS. */
const cookie = {path: '/', httpOnly: true, secure: true, sameSite: 'Strict'} as const;

/** Signing a console page in and out, and the log of what was done. */
export function consoleSessionRoutes(ports: ServerPorts): Hono<ConsoleEnv> {
  const {store, clock} = ports;
  const app = new Hono<ConsoleEnv>();

  app.get('/console/sessions', c => c.json(sessionView(c.var.actor), 200, noStore));

  app.post('/console/sessions', async c => {
    const actor = bearerOf(c);
    const secret = randomToken(256);
    const now = clock.now();
    const expiresAt = Math.min(now + sessionMs, actor.expiresAt);
    const session = {hash: hashText(secret), tokenId: actor.tokenId, createdAt: now, expiresAt};
    await store.transaction(tx => tx.insertConsoleSession(session));
    setCookie(c, sessionCookie, secret, {...cookie, maxAge: Math.floor((expiresAt - now) / 1000)});
    return c.json(sessionView({...actor, expiresAt}), 201, noStore);
  });

  app.delete('/console/sessions', async c => {
    const {session} = c.var.actor;
    if (session !== undefined) await store.transaction(tx => tx.deleteConsoleSession(session));
    deleteCookie(c, sessionCookie, cookie);
    return c.body(null, 204, noStore);
  });

  app.get('/console/audit', async c => {
    const {cursor, limit = defaultLimit} = readQuery(c, auditQuerySchema);
    const before = cursor === undefined ? {} : {before: readCursor(cursor)};
    const found = await store.auditedActions({...before, limit: limit + 1});
    const page = found.slice(0, limit);
    const items = page.map(({line: _, at, ...rest}): AuditEntry => ({...rest, at: new Date(at).toISOString()}));
    return c.json({items, ...(found.length > limit && {nextCursor: `l${page.at(-1)!.line}`})}, 200, noStore);
  });

  return app;
}

/** A session does not prolong itself: only a token begins one. */
function bearerOf(c: Context<ConsoleEnv>): ConsoleActor {
  if (c.var.actor.session === undefined) return c.var.actor;
  throw new ProblemError('console_token_invalid', 'A session begins with a token, sent as "Authorization: Bearer …".');
}

function sessionView({tokenId, name, role, expiresAt}: ConsoleActor): ConsoleSession {
  return {tokenId, name, role, expiresAt: new Date(expiresAt).toISOString()};
}

function readCursor(cursor: string): number {
  const match = /^l(\d{1,15})$/.exec(cursor);
  if (match) return Number(match[1]);
  throw new ProblemError('validation_failed', 'The cursor was not given out by this shop.', {
    errors: [{path: 'cursor', message: 'not one of ours'}],
  });
}
