import type {Clock} from '../../src/server/clock.ts';
import type {Job, JobHandler} from '../../src/server/jobs.ts';
import {placeOf, subjectOf, type JobQueue, type QueuedJob} from '../../src/server/jobs/queued-job.ts';

/** Jobs that run when a test says so, one after the other, and at no other moment. */
export interface HandDrivenJobs extends JobQueue {
  /** Runs what is due, and what that makes due. A job that throws is put back for a second later. */
  runDue(handler: JobHandler): Promise<void>;
  /** What waits, due or not, the first one first. */
  waiting(): readonly (QueuedJob & {readonly startAt: number})[];
  /** Errors that jobs threw, oldest first. */
  readonly failures: readonly unknown[];
  /** As after a restart with an empty queue. */
  forget(): void;
}

/** More than any test needs: a job that makes itself due for ever is found, not waited for. */
const mostRuns = 500;

export function handDrivenJobs(clock: Clock): HandDrivenJobs {
  const places = new Map<string, {readonly job: Job; readonly startAt: number}>();
  const failures: unknown[] = [];
  const waiting = () => [...places.values()].toSorted((left, right) => left.startAt - right.startAt);
  return {
    failures,
    waiting,
    knows: job => waiting().some(other => subjectOf(other.job) === subjectOf(job)),
    forget: () => places.clear(),
    accept(jobs) {
      for (const queued of jobs) {
        const place = placeOf(queued, clock.now());
        const startAt = Math.min(queued.startAt ?? clock.now(), places.get(place)?.startAt ?? Infinity);
        places.set(place, {job: queued.job, startAt});
      }
    },
    async runDue(handler) {
      for (let run = 0; run < mostRuns; run++) {
        const next = waiting().find(({startAt}) => startAt <= clock.now());
        if (!next) return;
        for (const [place, entry] of places) if (entry === next) places.delete(place);
        try {
          await handler(next.job, new AbortController().signal);
        } catch (error) {
          failures.push(error);
          places.set(`retry ${run}`, {job: next.job, startAt: clock.now() + 1000});
        }
      }
      throw new Error(`Jobs are due again and again: ${JSON.stringify(waiting().slice(0, 3))}`);
    },
  };
}
