import {AsyncLocalStorage} from 'node:async_hooks';

/** What the process is working on, so that each line of the log says which request or job it belongs to. */
export interface WorkContext {
  readonly requestId?: string;
  readonly job?: string;
  /** Of the span that is open, where the process is traced; named as collectors look for them in a log. */
  readonly trace_id?: string;
  readonly span_id?: string;
}

export const workContext = new AsyncLocalStorage<WorkContext>();
