import {createHash} from 'node:crypto';
import type pg from 'pg';
import type {Log} from '../../log.ts';

/** Remembered, and named, at most; a shop's transactions have some eighty usual ones. */
const [mostTexts, mostNames] = [1_000, 200];
/** Longer ones carry many rows, beside which their plan costs nothing. */
const longestText = 4_000;
/** One that was sent so often will be sent again. */
const usual = 3;

/**
 * The connection knows no statement of that name (a pooler gave the transaction another one), has one already, or may not
 * use its plan any more (a newer process changed the columns that it answers).
 * Source: PostgreSQL, Appendix A, invalid_sql_statement_name, duplicate_prepared_statement, feature_not_supported
 */
const lostCodes: ReadonlySet<unknown> = new Set(['26000', '42P05', '0A000']);

const lost = new WeakSet<Error>();

/** Whether the database gave a statement up for its name alone: nothing of its transaction is kept, and it may run again. */
export function isLostStatement(error: unknown): boolean {
  return error instanceof Error && lost.has(error);
}

/**
 * Names for the statements of transactions and for reads by key, by which PostgreSQL parses and plans each once for a
 * connection. They are few, come by the thousand, and find few rows whatever they are asked for. What searches is planned for
 * what it asks: one for one letter wants another plan than one for a word.
 */
export interface StatementNames {
  /** A name says the whole text: on a connection that other processes had before, it can mean no other statement. */
  of(text: string): string | undefined;
  /** A named statement failed by this. Where it was for its name, nothing is named any more: answers whether that is new. */
  failed(error: unknown): boolean;
}

export function createStatementNames(): StatementNames {
  const names = new Map<string, string>();
  const timesSent = new Map<string, number>();
  let isOver = false;

  return {
    of(text) {
      if (isOver || text.length > longestText) return undefined;
      const known = names.get(text);
      if (known !== undefined || names.size === mostNames) return known;
      const times = (timesSent.get(text) ?? 0) + 1;
      if (times < usual) {
        // Texts that never come again, such as those of so many rows, must not keep the usual ones out.
        if (timesSent.size >= mostTexts) timesSent.clear();
        timesSent.set(text, times);
        return undefined;
      }
      timesSent.delete(text);
      const name = `keystall_${createHash('sha256').update(text).digest('base64url')}`;
      names.set(text, name);
      return name;
    },
    failed(error) {
      if (!(error instanceof Error && 'code' in error && lostCodes.has(error.code))) return false;
      lost.add(error);
      const isNew = !isOver;
      isOver = true;
      return isNew;
    },
  };
}

/** Sends the statements of this connection's transactions, and reads by key, by their names. */
export function nameStatements(client: pg.PoolClient, names: StatementNames, log: Log): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  let transaction: {isAborted: boolean} | undefined;
  client.query = ((...given: unknown[]) => {
    const [text, values] = given;
    if (typeof text !== 'string') return query(...given);
    if (isBegin(text)) transaction = {isAborted: false};
    const own = transaction;
    if (isEnd(text)) transaction = undefined;
    const hasValues = given.length === 2 && Array.isArray(values) && values.length > 0;
    const name = (own || text.startsWith(byKey)) && hasValues ? names.of(text) : undefined;
    const answer = name === undefined ? query(...given) : query({name, text, values});
    if (own || name !== undefined) {
      (answer as Promise<unknown>).catch((error: unknown) => {
        // What comes after an error in the same packet is not planned, and so cannot be found by its name either.
        if (!own?.isAborted && names.failed(error)) {
          log.warn('prepared_statement_lost', {error: (error as Error).message});
        }
        if (own) own.isAborted = true;
      });
    }
    return answer;
  }) as typeof client.query;
}

/** What reads whole records does so by their keys, or a page of them. */
const byKey = 'select "record" from ';

/** What Kysely begins and ends a transaction with. */
export const isBegin = (text: string) => /^(begin|start transaction)\b/.test(text);
export const isEnd = (text: string) => text === 'commit' || text === 'rollback';
