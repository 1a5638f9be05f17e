import type {ServerPorts} from '../ports.ts';
import {newId} from '../security/ids.ts';
import type {ConsoleActor} from './identify.ts';

const longestSubject = 200;

export interface Action {
  readonly actor: ConsoleActor;
  /** Method and path template. */
  readonly operation: string;
  readonly subject: string | undefined;
  readonly requestId: string;
}

/** Writes an action down before it is done, so that nothing is done that is not written down. */
export async function writeDown({store, clock}: ServerPorts, action: Action): Promise<string> {
  const {actor, operation, subject, requestId} = action;
  const {tokenId, name, role} = actor;
  const id = newId('aud');
  const named = subject === undefined ? {} : {subject: subject.slice(0, longestSubject)};
  await store.transaction(tx =>
    tx.appendAudit({id, at: clock.now(), tokenId, name, role, action: operation, ...named, requestId}),
  );
  return id;
}

/** Writes down what came of it. It has happened: a log that cannot be written any more does not undo it. */
export async function writeOutcome(
  {store, log}: ServerPorts,
  auditId: string,
  outcome: {readonly status: number; readonly code?: string | undefined},
): Promise<void> {
  const {status, code} = outcome;
  try {
    await store.transaction(tx => tx.appendAuditOutcome({auditId, status, ...(code !== undefined && {code})}));
  } catch (error) {
    log.error('outcome of a console action not written down', {auditId, status, error: String(error)});
  }
}
