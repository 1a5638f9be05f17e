import type {Kysely} from 'kysely';
import type {ConsoleQueries, ConsoleWrites} from '../console-records.ts';
import type {Tables} from './tables.ts';

/* Who may run the shop, and the log of what they did. */

export function consoleQueries(database: Kysely<Tables>): ConsoleQueries {
  return {
    async consoleTokens() {
      const rows = await database.selectFrom('console_token').select('record').orderBy('seq').execute();
      return rows.map(({record}) => record);
    },
    async consoleTokenByHash(hash) {
      const row = await database
        .selectFrom('console_token')
        .select('record')
        .where('hash', '=', hash)
        .executeTakeFirst();
      return row?.record;
    },
    async consoleSession(hash) {
      return database
        .selectFrom('console_session')
        .innerJoin('console_token', 'console_token.id', 'console_session.token_id')
        .select(['console_session.record as session', 'console_token.record as token'])
        .where('console_session.hash', '=', hash)
        .executeTakeFirst();
    },
    async auditedActions({before, limit}) {
      const rows = await database
        .selectFrom('console_audit')
        .leftJoin('console_audit_outcome', 'console_audit_outcome.audit_id', 'console_audit.id')
        .select(['console_audit.line', 'console_audit.record', 'console_audit_outcome.record as outcome'])
        .$if(before !== undefined, query => query.where('console_audit.line', '<', String(before)))
        .orderBy('console_audit.line', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({line, record, outcome}) => {
        if (!outcome) return {...record, line: Number(line)};
        const {auditId: _, ...rest} = outcome;
        return {...record, line: Number(line), outcome: rest};
      });
    },
  };
}

export function consoleWrites(database: Kysely<Tables>): ConsoleWrites {
  return {
    async insertConsoleToken(token) {
      const {id, hash} = token;
      await database
        .insertInto('console_token')
        .values({id, hash, record: JSON.stringify(token)})
        .execute();
    },
    async revokeConsoleToken(id, at) {
      const row = await database
        .selectFrom('console_token')
        .select('record')
        .where('id', '=', id)
        .forNoKeyUpdate()
        .executeTakeFirst();
      if (!row || row.record.revokedAt !== undefined) return false;
      const record = JSON.stringify({...row.record, revokedAt: at});
      await database.updateTable('console_token').set({record}).where('id', '=', id).execute();
      await database.deleteFrom('console_session').where('token_id', '=', id).execute();
      return true;
    },
    async insertConsoleSession(session) {
      const {hash, tokenId, expiresAt} = session;
      await database
        .insertInto('console_session')
        .values({hash, token_id: tokenId, expires_at: expiresAt, record: JSON.stringify(session)})
        .execute();
    },
    async deleteConsoleSession(hash) {
      await database.deleteFrom('console_session').where('hash', '=', hash).execute();
    },
    async forgetConsoleSessions(moment) {
      await database.deleteFrom('console_session').where('expires_at', '<', moment).execute();
    },
    async appendAudit(action) {
      await database
        .insertInto('console_audit')
        .values({id: action.id, record: JSON.stringify(action)})
        .execute();
    },
    async appendAuditOutcome(outcome) {
      await database
        .insertInto('console_audit_outcome')
        .values({audit_id: outcome.auditId, record: JSON.stringify(outcome)})
        .execute();
    },
  };
}
