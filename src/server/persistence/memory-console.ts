import type {AuditedAction, ConsoleQueries, ConsoleWrites} from './console-records.ts';
import type {MemoryTables} from './memory-tables.ts';
import {DuplicateRecordError, MissingRecordError} from './rule-errors.ts';

export function memoryConsoleQueries(tables: MemoryTables): ConsoleQueries {
  return {
    consoleTokens: async () => tables.consoleTokens.all(),
    consoleTokenByHash: async hash => tables.consoleTokens.where('hash', hash)[0],
    async consoleSession(hash) {
      const session = tables.consoleSessions.get(hash);
      const token = session && tables.consoleTokens.get(session.tokenId);
      return session && token && {session, token};
    },
    async auditedActions({before = Infinity, limit}) {
      const lines = tables.audit.all().map((action, index) => ({...action, line: index + 1}));
      const found = lines.toReversed().filter(({line}) => line < before);
      return found.slice(0, limit).map(action => ({...action, ...outcomeOf(tables, action.id)}));
    },
  };
}

export function memoryConsoleWrites(tables: MemoryTables): ConsoleWrites {
  return {
    async insertConsoleToken(token) {
      const isTaken = tables.consoleTokens.has(token.id) || tables.consoleTokens.where('hash', token.hash).length > 0;
      if (isTaken) throw new DuplicateRecordError('one console token per hash');
      tables.consoleTokens.set(token.id, token);
    },
    async revokeConsoleToken(id, at) {
      const token = tables.consoleTokens.get(id);
      if (!token || token.revokedAt !== undefined) return false;
      tables.consoleTokens.set(id, {...token, revokedAt: at});
      for (const [hash, {tokenId}] of tables.consoleSessions.entries()) {
        if (tokenId === id) tables.consoleSessions.delete(hash);
      }
      return true;
    },
    async insertConsoleSession(session) {
      if (!tables.consoleTokens.has(session.tokenId)) throw new MissingRecordError('session of a console token');
      tables.consoleSessions.set(session.hash, session);
    },
    async deleteConsoleSession(hash) {
      tables.consoleSessions.delete(hash);
    },
    async forgetConsoleSessions(moment) {
      for (const [hash, {expiresAt}] of tables.consoleSessions.entries()) {
        if (expiresAt < moment) tables.consoleSessions.delete(hash);
      }
    },
    async appendAudit(action) {
      if (tables.audit.has(action.id)) throw new DuplicateRecordError('console_audit_pkey');
      tables.audit.set(action.id, action);
    },
    async appendAuditOutcome(outcome) {
      if (!tables.audit.has(outcome.auditId)) throw new MissingRecordError('outcome of an action');
      if (tables.auditOutcomes.has(outcome.auditId)) throw new DuplicateRecordError('console_audit_outcome_pkey');
      tables.auditOutcomes.set(outcome.auditId, outcome);
    },
  };
}

function outcomeOf(tables: MemoryTables, id: string): Pick<AuditedAction, 'outcome'> {
  const found = tables.auditOutcomes.get(id);
  if (!found) return {};
  const {auditId: _, ...outcome} = found;
  return {outcome};
}
