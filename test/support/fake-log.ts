import type {Log, LogFacts} from '../../src/server/log.ts';

export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly facts: LogFacts;
}

/** A log that a test can read. */
export interface FakeLog extends Log {
  readonly entries: readonly LogEntry[];
  /** Events of one level, oldest first. */
  events(level: LogEntry['level']): readonly string[];
}

export function fakeLog(): FakeLog {
  const entries: LogEntry[] = [];
  const write =
    (level: LogEntry['level']) =>
    (event: string, facts: LogFacts = {}) =>
      void entries.push({level, event, facts});
  return {
    entries,
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    events: wanted => entries.filter(({level}) => level === wanted).map(({event}) => event),
  };
}
