import type {ConsoleRole} from '../../domain/console-role.ts';
import type {ConsoleTokenRecord} from '../persistence/console-records.ts';
import {randomToken} from '../security/encoding.ts';
import {hashText, newId} from '../security/ids.ts';

/** So that people, and those who look for leaked secrets, know one when they see it. */
const prefix = 'kst_';

/** What a token is made from. */
export interface TokenOrder {
  readonly name: string;
  readonly role: ConsoleRole;
  readonly now: number;
  readonly lifetimeMs: number;
}

/** A new token and what is kept of it. The token itself is kept nowhere. */
export function newConsoleToken({name, role, now, lifetimeMs}: TokenOrder): {
  readonly token: string;
  readonly record: ConsoleTokenRecord;
} {
  const token = `${prefix}${randomToken(256)}`;
  const record = {id: newId('tok'), name, role, hash: hashText(token), createdAt: now, expiresAt: now + lifetimeMs};
  return {token, record};
}

export type TokenState = 'open' | 'expired' | 'revoked';

export function stateOf({revokedAt, expiresAt}: ConsoleTokenRecord, now: number): TokenState {
  if (revokedAt !== undefined) return 'revoked';
  return expiresAt <= now ? 'expired' : 'open';
}
