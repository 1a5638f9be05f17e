import type {JobHandler} from '../jobs.ts';
import type {Tracing} from './tracing.ts';

/** A span for each job that `handler` does. */
export function tracedJobs(tracing: Tracing, handler: JobHandler): JobHandler {
  return (job, signal) =>
    tracing.inSpan({kind: 'job', name: `job ${job.type}`, attributes: {'keystall.job': job.type}}, () =>
      handler(job, signal),
    );
}
