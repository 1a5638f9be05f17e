import {AsyncLocalStorage} from 'node:async_hooks';

/** What the process is working on, so that each line of the log says which request or job it belongs to. */
export interface WorkContext {
  readonly requestId?: string;
  readonly job?: string;
}

export const workContext = new AsyncLocalStorage<WorkContext>();
