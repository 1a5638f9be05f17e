import * as v from 'valibot';
import {seconds} from './values.ts';

/** How the server uses a PostgreSQL; the embedded database has one connection and nobody to wait for. */
export const databaseSchema = v.strictObject({
  /** Most connections of a process at once; the jobs, the listener and the watch of the others have five more. */
  connections: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)), 10),
  /** How long a request waits for a connection before it is told to come again. */
  patienceSeconds: v.exactOptional(seconds(1), 5),
});
