import type {Context} from 'hono';
import {getCookie} from 'hono/cookie';
import {consoleHeader} from '../../contract/console.ts';
import type {ConsoleRole} from '../../domain/console-role.ts';
import {networkOf, type Caller} from '../caller.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {hashText} from '../security/ids.ts';
import {longestWindowMs, useScarcely} from '../security/scarce-uses.ts';
import {stateOf} from './console-token.ts';

/** Whoever runs the shop, as far as a request shows. */
export interface ConsoleActor {
  readonly tokenId: string;
  readonly name: string;
  readonly role: ConsoleRole;
  /** When the token, or the session, ends. */
  readonly expiresAt: number;
  /** Hash of the session; absent where the token itself was sent. */
  readonly session?: string;
}

/** What the routes of the console know of a request. */
export interface ConsoleEnv {
  readonly Bindings: Caller;
  readonly Variables: {readonly actor: ConsoleActor};
}

/** The prefix has browsers refuse it from anybody but this host, over a safe connection. */
export const sessionCookie = '__Host-keystall-console';

/** Wrong tokens from one network within {@link longestWindowMs}. */
const mostWrongTokens = 30;

/**
 * Who sent a request.
 * @throws {ProblemError} `console_token_invalid`, `origin_not_allowed`, `too_many_attempts`
 */
export async function identify(ports: ServerPorts, c: Context<ConsoleEnv>): Promise<ConsoleActor> {
  const token = /^Bearer (\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
  const cookie = token === undefined ? getCookie(c, sessionCookie) : undefined;
  if (cookie !== undefined) refuseOtherPages(ports, c);
  const actor = token !== undefined ? await holderOf(ports, token) : cookie && (await signedIn(ports, cookie));
  if (actor) return actor;
  const {address} = c.env;
  if ((token ?? cookie) !== undefined && address !== undefined) {
    const value = networkOf(address);
    await useScarcely(ports, [{kind: 'console tokens from', value, most: mostWrongTokens, windowMs: longestWindowMs}]);
  }
  throw new ProblemError(
    'console_token_invalid',
    'Send "Authorization: Bearer …" with a token that is still good; "keystall token create" makes one.',
  );
}

async function holderOf({store, clock}: ServerPorts, token: string): Promise<ConsoleActor | undefined> {
  const record = await store.consoleTokenByHash(hashText(token));
  if (!record || stateOf(record, clock.now()) !== 'open') return undefined;
  const {id: tokenId, name, role, expiresAt} = record;
  return {tokenId, name, role, expiresAt};
}

async function signedIn({store, clock}: ServerPorts, cookie: string): Promise<ConsoleActor | undefined> {
  const found = await store.consoleSession(hashText(cookie));
  const now = clock.now();
  if (!found || found.session.expiresAt <= now || stateOf(found.token, now) !== 'open') return undefined;
  const {id: tokenId, name, role} = found.token;
  return {tokenId, name, role, expiresAt: found.session.expiresAt, session: found.session.hash};
}

/**
 * A browser sends the cookie along with whatever a page of this site asks for. Only the shop's own address is the console;
 * what changes something must also be sent by a script, which no other origin may do.
 */
function refuseOtherPages({config}: ServerPorts, c: Context<ConsoleEnv>): void {
  const [site, origin] = [c.req.header('Sec-Fetch-Site'), c.req.header('Origin')];
  const isOther = (site ?? 'same-origin') !== 'same-origin' || (origin ?? config.address) !== config.address;
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD';
  const isTold = site !== undefined || origin !== undefined;
  if (
    isRead ? !isOther || (site === 'none' && origin === undefined) : !isOther && isTold && c.req.header(consoleHeader)
  )
    return;
  throw new ProblemError(
    'origin_not_allowed',
    `A session works for pages of ${config.address} only, and changes nothing without the header ${consoleHeader}.`,
  );
}
