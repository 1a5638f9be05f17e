import {CompiledQuery, sql, type Kysely} from 'kysely';
import {fromKysely, PgBoss, type ConstructorOptions, type Db, type JobWithMetadata} from 'pg-boss';
import type {Clock} from '../clock.ts';
import type {Job, JobHandler, Jobs} from '../jobs.ts';
import {silentLog, type Log} from '../log.ts';
import {unawaited} from '../persistence/sql/sent-together.ts';
import type {SqlJobQueue} from '../persistence/sql/sql-transaction.ts';
import type {Tables} from '../persistence/sql/tables.ts';
import {isForLater, laterPlaceOf, placeOf, subjectOf, type QueuedJob} from './queued-job.ts';
import {errorText, firstRetryPause, longestRetryPause, stopPatience} from './retry.ts';

/** Inserts of pg-boss that nobody waits for: each counts as done. */
function unawaitedIn(transaction: Kysely<Tables>): Db {
  return {
    async executeSql(text, values) {
      await transaction.executeQuery(CompiledQuery.raw(unawaited(text), values));
      return {rows: [{id: ''}]};
    },
  };
}

/** {@link Jobs} in PostgreSQL, and the queue that a SQL store's transactions put jobs into. */
export interface BossJobs extends Jobs, SqlJobQueue {}

export interface BossJobsOptions {
  /** Where the queue lives: `connectionString`, or `db` with `backend: 'pglite'`. */
  readonly database: ConstructorOptions;
  readonly clock: Clock;
  readonly log?: Log;
  /** Handlers that may run at once in this process. Default 8. */
  readonly concurrency?: number;
  /**
   * Called when the jobs start, before the first is taken. `release` puts all jobs that count as running back into the
   * queue; call it if no other process can be running any.
   */
  readonly claimDeadJobs: (release: () => Promise<void>) => Promise<void>;
}

const queueName = 'jobs';
export const jobsSchemaName = 'keystall_jobs';

/** Longest run of a handler in seconds: then its signal aborts, and the job is tried again. */
const longestRun = 600;

/** How often the queue is looked at without being told to, in milliseconds. */
const pollPause = 1_000;

/** How often a process shows that its jobs are running, and looks for those of silent ones. Milliseconds. */
const heartbeatPause = 1_000;

/** A running job whose process was silent for this many seconds belongs to nobody; should it live, the job runs twice. */
const heartbeatLimit = 3;

/** The same for pg-boss itself, which takes no less and is slower: it only stands by. */
const bossHeartbeatLimit = 30;

const queueOptions = {
  retryLimit: 1_000_000,
  retryDelay: firstRetryPause,
  retryBackoff: true,
  retryDelayMax: longestRetryPause,
  expireInSeconds: longestRun,
  heartbeatSeconds: bossHeartbeatLimit,
  deleteAfterSeconds: 3_600,
};

/**
 * Jobs on pg-boss. All jobs share one queue in which one job waits per place (see {@link placeOf}). One loop fetches for
 * the whole process: it is told of jobs committed here at once, and finds all others by polling.
 */
export async function createBossJobs(options: BossJobsOptions): Promise<BossJobs> {
  const {database, clock, log = silentLog, concurrency = 8, claimDeadJobs} = options;
  const boss = new PgBoss({
    schedule: false,
    registerInstance: false,
    superviseIntervalSeconds: 30,
    monitorIntervalSeconds: 30,
    maintenanceIntervalSeconds: 600,
    queueCacheIntervalSeconds: 600,
    flowIntervalSeconds: 600,
    // On one connection a rebuild of indexes would hold up the shop; at this size none is needed.
    reindex: false,
    monitorVacuum: false,
    // Its spans carry messages of errors; jobs have a span of ours.
    openTelemetry: {enabled: false},
    ...database,
    schema: jobsSchemaName,
  });
  boss.on('error', error => log.error('jobs_database_failed', {error: errorText(error)}));
  await boss.start();
  await boss.createQueue(queueName, {policy: 'short', ...queueOptions});
  await boss.updateQueue(queueName, queueOptions);

  const running = new Map<string, {readonly attempt: JobWithMetadata<Job>; readonly ended: Promise<void>}>();
  const abort = new AbortController();
  let stopping = false;
  let hasNews = false;
  let endWait: (() => void) | undefined;
  /** Earliest time a job put in by this process is due, by its clock. */
  let nextDue = Infinity;
  let loop: Promise<void> | undefined;
  let heartbeat: ReturnType<typeof setInterval> | undefined;

  return {
    async start(handler) {
      if (loop) throw new Error('The jobs have been started already; start them once per process.');
      await claimDeadJobs(() => release(0));
      heartbeat = setInterval(() => void beat(), heartbeatPause);
      loop = work(handler);
    },
    async send(job, {startAt} = {}) {
      await put(startAt === undefined ? {job} : {job, startAt});
      wake();
    },
    insert: put,
    forgotten,
    wake,
    async stop() {
      stopping = true;
      wake();
      await loop;
      const patience = setTimeout(() => abort.abort(), stopPatience);
      await Promise.all([...running.values()].map(({ended}) => ended));
      clearTimeout(patience);
      clearInterval(heartbeat);
      await boss.stop({graceful: false});
    },
  };

  /**
   * Where a job waits in the same place already, that row is changed instead, and thereby locked: a worker cannot take
   * it before the transaction ends, so it sees what the transaction wrote.
   */
  async function put(queued: QueuedJob, transaction?: Kysely<Tables>, isFirst = false): Promise<boolean> {
    const connection = transaction ? {db: isFirst ? unawaitedIn(transaction) : fromKysely(transaction)} : {};
    const now = clock.now();
    const place = placeOf(queued, now);
    // A time span, so that the clocks of this process and of the database need not agree.
    const seconds = isForLater(queued, now) ? (queued.startAt! - now) / 1_000 : 0;
    if (seconds > 0) nextDue = Math.min(nextDue, queued.startAt!);
    const isSoon = seconds * 1_000 <= pollPause;
    for (;;) {
      const inserted = await boss.send(queueName, queued.job, {
        ...connection,
        singletonKey: place,
        group: {id: subjectOf(queued.job)},
        ...(seconds > 0 ? {startAfter: seconds} : {}),
      });
      if (inserted !== null) return isSoon;
      const {updated} = await boss.update(queueName, undefined, {...connection, singletonKey: place, priority: 0});
      // None: a worker took it in between, so there is room for a new one.
      if (updated === 0) continue;
      const [present] = await boss.findJobs<Job>(queueName, {...connection, key: place, queued: true});
      const dueIn = present ? (present.startAfter.getTime() - Date.now()) / 1_000 : Infinity;
      if (seconds < dueIn)
        await boss.update(queueName, undefined, {...connection, singletonKey: place, startAfter: seconds});
      return isSoon;
    }
  }

  /** pg-boss finds jobs by one key at a time. What waits is found by its place here, what runs by its group. */
  async function forgotten(jobs: readonly Job[], transaction: Kysely<Tables>): Promise<readonly Job[]> {
    const subjects = jobs.map(subjectOf);
    const places = [...subjects, ...jobs.map(laterPlaceOf)];
    const table = sql.table(`${jobsSchemaName}.job`);
    const {rows} = await sql<{group_id: string}>`
      select group_id from ${table}
      where name = ${queueName} and state < 'active' and singleton_key = any(${places}::text[])
      union
      select group_id from ${table}
      where name = ${queueName} and state = 'active' and group_id = any(${subjects}::text[])`.execute(transaction);
    const present = new Set(rows.map(row => row.group_id));
    return jobs.filter(job => !present.has(subjectOf(job)));
  }

  async function work(handler: JobHandler): Promise<void> {
    while (!stopping) {
      hasNews = false;
      const free = concurrency - running.size;
      if (free > 0) {
        for (const attempt of await fetch(free)) run(handler, attempt);
      }
      if (!hasNews && !stopping) await wait();
    }
  }

  /** Of one subject, one job at a time. */
  async function fetch(free: number): Promise<readonly JobWithMetadata<Job>[]> {
    try {
      return await boss.fetch<Job>(queueName, {batchSize: free, groupConcurrency: 1, includeMetadata: true});
    } catch (error) {
      log.error('jobs_database_failed', {error: errorText(error)});
      return [];
    }
  }

  function run(handler: JobHandler, attempt: JobWithMetadata<Job>): void {
    const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(longestRun * 1_000)]);
    const ended = settle(handler, attempt, signal).finally(() => {
      running.delete(attempt.id);
      wake();
    });
    running.set(attempt.id, {attempt, ended});
  }

  async function settle(handler: JobHandler, attempt: JobWithMetadata<Job>, signal: AbortSignal): Promise<void> {
    try {
      try {
        await handler(attempt.data, signal);
      } catch (error) {
        const failures = attempt.retryCount + 1;
        log.warn('job_failed', {job: subjectOf(attempt.data), failures, error: errorText(error)});
        await boss.fail(queueName, attempt, {error: errorText(error)});
        return;
      }
      await boss.complete(queueName, attempt);
    } catch (error) {
      // Still counted as running: it comes back when its heartbeat is missed.
      log.error('jobs_database_failed', {error: errorText(error)});
    }
  }

  function wake(): void {
    hasNews = true;
    endWait?.();
  }

  function wait(): Promise<void> {
    return new Promise(resolve => {
      const untilDue = nextDue - clock.now();
      if (untilDue < 0) nextDue = Infinity;
      const timer = setTimeout(done, Math.max(0, Math.min(pollPause, untilDue + 1)));
      endWait = done;
      function done(): void {
        clearTimeout(timer);
        endWait = undefined;
        resolve();
      }
    });
  }

  async function beat(): Promise<void> {
    try {
      const attempts = [...running.values()].map(({attempt}) => attempt);
      // First our own: after a long sleep of this process they must not look abandoned to itself.
      if (attempts.length > 0) await boss.touch(queueName, attempts);
      await release(heartbeatLimit);
    } catch (error) {
      log.error('jobs_database_failed', {error: errorText(error)});
    }
  }

  /** Puts jobs back whose process was silent for so long. pg-boss has no call for this without a pause for each. */
  async function release(silentSeconds: number): Promise<void> {
    await boss.getDb().executeSql(
      `update ${jobsSchemaName}.job set state = 'retry', start_after = now(), heartbeat_on = null
       where name = $1 and state = 'active' and heartbeat_on <= now() - $2::integer * interval '1 second'`,
      [queueName, silentSeconds],
    );
  }
}
