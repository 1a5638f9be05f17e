import type {ConsoleRole} from '../../domain/console-role.ts';

/* Who may run the shop, and what they did. Times are epoch milliseconds; a token and a session are kept as hashes only. */

/** A token of one person or program. What they did keeps its name for ever, so it is never deleted, only revoked. */
export interface ConsoleTokenRecord {
  readonly id: string;
  /** Who holds it, in the owner's words: `mei`, `reports`. */
  readonly name: string;
  readonly role: ConsoleRole;
  /** SHA-256 of the token, as hex. A token is 256 random bits: nobody finds it by trying. */
  readonly hash: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly revokedAt?: number;
}

/** A console page that somebody signed in at. It opens as much as its token, and no longer. */
export interface ConsoleSessionRecord {
  /** SHA-256 of what the cookie holds, as hex. */
  readonly hash: string;
  readonly tokenId: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** An action as it is written down before anything is done. */
export interface AuditRecord {
  readonly id: string;
  readonly at: number;
  readonly tokenId: string;
  readonly name: string;
  readonly role: ConsoleRole;
  /** Method and path template: `POST /v1/console/cases/{caseId}/decisions`. */
  readonly action: string;
  /** What the path named: an order, a connection; absent where it names nothing. */
  readonly subject?: string;
  readonly requestId: string;
}

/** What came of an action. */
export interface AuditOutcomeRecord {
  readonly auditId: string;
  /** HTTP status of the answer. */
  readonly status: number;
  /** The problem that the answer was. */
  readonly code?: string;
}

/** An action with its outcome; absent while it is under way, and for ever where the process ended in between. */
export type AuditedAction = AuditRecord & {readonly outcome?: Omit<AuditOutcomeRecord, 'auditId'>};

/** The place of a page in the log: how many lines there were when it was begun to be read, and how many are read. */
export interface AuditPage {
  /** Lines before this one; absent: the newest. */
  readonly before?: number;
  readonly limit: number;
}

export interface ConsoleQueries {
  /** All tokens, also those that open nothing any more, oldest first. */
  consoleTokens(): Promise<readonly ConsoleTokenRecord[]>;
  consoleTokenByHash(hash: string): Promise<ConsoleTokenRecord | undefined>;
  /** A session with the token it came from. */
  consoleSession(
    hash: string,
  ): Promise<{readonly session: ConsoleSessionRecord; readonly token: ConsoleTokenRecord} | undefined>;
  /** The newest first. `line` counts up. */
  auditedActions(page: AuditPage): Promise<readonly (AuditedAction & {readonly line: number})[]>;
}

export interface ConsoleWrites {
  insertConsoleToken(token: ConsoleTokenRecord): Promise<void>;
  /** Ends a token and every session that came from it; false where there is no such token that still opens something. */
  revokeConsoleToken(id: string, at: number): Promise<boolean>;
  insertConsoleSession(session: ConsoleSessionRecord): Promise<void>;
  deleteConsoleSession(hash: string): Promise<void>;
  /** Drops the sessions that ended before `moment`. */
  forgetConsoleSessions(moment: number): Promise<void>;
  /** Writes an action down. What is written is never changed and never deleted. */
  appendAudit(action: AuditRecord): Promise<void>;
  /** Writes down what came of it, once. */
  appendAuditOutcome(outcome: AuditOutcomeRecord): Promise<void>;
}
