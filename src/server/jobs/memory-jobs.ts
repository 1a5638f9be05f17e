import type {Clock} from '../clock.ts';
import type {Job, JobHandler, Jobs} from '../jobs.ts';
import {silentLog, type Log} from '../log.ts';
import {laterPlaceOf, placeOf, subjectOf, type JobQueue, type QueuedJob} from './queued-job.ts';
import {errorText, retryPause, stopPatience} from './retry.ts';

/** {@link Jobs} in memory, for tests and for the shop that runs inside a page. Nothing outlives the process. */
export interface MemoryJobs extends Jobs, JobQueue {
  /** Looks at the clock again: for clocks that are moved by hand. */
  wake(): void;
  /** Resolves when nothing runs and nothing waits that is due. */
  idle(): Promise<void>;
  /** What waits, due or not, in the order it would start. */
  waiting(): readonly QueuedJob[];
}

export interface MemoryJobsOptions {
  readonly clock: Clock;
  readonly log?: Log;
  /** Handlers that may run at once. Default 8. */
  readonly concurrency?: number;
  /** Milliseconds before the try after `failures` failures. */
  readonly pause?: (failures: number) => number;
}

interface Waiting extends QueuedJob {
  readonly startAt: number;
  readonly failures: number;
}

export function createMemoryJobs(options: MemoryJobsOptions): MemoryJobs {
  const {clock, log = silentLog, concurrency = 8, pause = retryPause} = options;
  const places = new Map<string, Waiting>();
  const running = new Map<string, Promise<void>>();
  const abort = new AbortController();
  let idleWaiters: (() => void)[] = [];
  let handler: JobHandler | undefined;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  return {accept, knows, wake, idle, waiting, start, send, stop};

  function accept(jobs: readonly QueuedJob[]): void {
    for (const queued of jobs) put(placeOf(queued, clock.now()), queued.job, queued.startAt ?? clock.now(), 0);
    schedule();
  }

  function knows(job: Job): boolean {
    const subject = subjectOf(job);
    return running.has(subject) || [subject, laterPlaceOf(job), retryPlaceOf(job)].some(place => places.has(place));
  }

  async function send(job: Job, {startAt}: {readonly startAt?: number} = {}): Promise<void> {
    accept([startAt === undefined ? {job} : {job, startAt}]);
  }

  async function start(given: JobHandler): Promise<void> {
    if (handler) throw new Error('The jobs have been started already; start them once per process.');
    handler = given;
    schedule();
  }

  async function stop(): Promise<void> {
    stopped = true;
    clearTimeout(timer);
    const patience = setTimeout(() => abort.abort(), stopPatience);
    await Promise.all(running.values());
    clearTimeout(patience);
    answerIdle();
  }

  function waiting(): readonly QueuedJob[] {
    return due(Infinity).map(([, {job, startAt}]) => ({job, startAt}));
  }

  function idle(): Promise<void> {
    if (stopped) return Promise.resolve();
    return new Promise(resolve => {
      idleWaiters.push(resolve);
      schedule();
    });
  }

  function put(place: string, job: Job, startAt: number, failures: number): void {
    const present = places.get(place);
    places.set(place, {job, failures, startAt: Math.min(startAt, present?.startAt ?? Infinity)});
  }

  function due(at: number): [string, Waiting][] {
    return [...places].filter(([, {startAt}]) => startAt <= at).sort(([, a], [, b]) => a.startAt - b.startAt);
  }

  /** A task of its own, so that the caller of `send` or of a transaction is never inside a handler. */
  function schedule(delay = 0): void {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(wake, delay);
  }

  function wake(): void {
    if (stopped || !handler) return answerIdle();
    for (const [place, entry] of due(clock.now())) {
      if (running.size >= concurrency) break;
      const subject = subjectOf(entry.job);
      if (running.has(subject)) continue;
      places.delete(place);
      running.set(subject, run(handler, subject, entry));
    }
    answerIdle();
    const next = due(Infinity).find(([, {job}]) => !running.has(subjectOf(job)));
    if (next && running.size < concurrency) schedule(Math.max(0, Math.min(next[1].startAt - clock.now(), longestWait)));
  }

  async function run(handle: JobHandler, subject: string, {job, failures}: Waiting): Promise<void> {
    try {
      await handle(job, abort.signal);
    } catch (error) {
      log.warn('job_failed', {job: subject, failures: failures + 1, error: errorText(error)});
      put(retryPlaceOf(job), job, clock.now() + pause(failures + 1), failures + 1);
    } finally {
      running.delete(subject);
      schedule();
    }
  }

  function answerIdle(): void {
    if (running.size > 0 || (handler && !stopped && due(clock.now()).length > 0)) return;
    for (const resolve of idleWaiters) resolve();
    idleWaiters = [];
  }
}

const retryPlaceOf = (job: Job): string => `${subjectOf(job)}@retry`;

/** A moved clock or a slept-through night is noticed within this many milliseconds. */
const longestWait = 1_000;
