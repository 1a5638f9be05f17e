import * as v from 'valibot';
import {seconds} from './values.ts';

/** How a process that is asked to end (SIGTERM) takes its leave. */
export const shutdownSchema = v.strictObject({
  /** How long it says "not ready" and still serves, for balancers that have to notice it first. */
  noticeSeconds: v.exactOptional(seconds(0), 0),
  /** How long requests at work have to finish; then their connections are cut. */
  graceSeconds: v.exactOptional(seconds(0), 25),
});
