import type {Context} from 'hono';
import {networkOf, type Caller} from '../caller.ts';
import type {ServerPorts} from '../ports.ts';
import {ProblemError} from '../problem-error.ts';
import {isSameSecret} from '../security/same-secret.ts';
import {longestWindowMs, useScarcely} from '../security/scarce-uses.ts';

/** Wrong tokens from one network within {@link longestWindowMs}. */
const mostWrongTokens = 30;

/** Lets the people who run the shop through. Every route under `/console` begins with it. */
export type ConsoleAccess = (c: Context<{Bindings: Caller}>) => Promise<void>;

export function consoleAccess(ports: ServerPorts): ConsoleAccess {
  return async c => {
    const given = /^Bearer (\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
    const {consoleToken} = ports;
    if (given !== undefined && consoleToken !== undefined && (await isSameSecret(given, consoleToken))) return;
    const {address} = c.env;
    if (given !== undefined && address !== undefined) {
      const value = networkOf(address);
      await useScarcely(ports, [
        {kind: 'console tokens from', value, most: mostWrongTokens, windowMs: longestWindowMs},
      ]);
    }
    throw new ProblemError(
      'console_token_invalid',
      'Send "Authorization: Bearer …" with the token that the configuration names as consoleToken.',
    );
  };
}
