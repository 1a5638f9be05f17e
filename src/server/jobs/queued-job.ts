import type {Job} from '../jobs.ts';

/** A job on its way into the queue. `startAt` is epoch milliseconds; absent, or not after now, means at once. */
export interface QueuedJob {
  readonly job: Job;
  readonly startAt?: number;
}

/** Where jobs wait in memory. */
export interface JobQueue {
  /** Takes what a transaction enqueued. */
  accept(jobs: readonly QueuedJob[]): void;
  /** Whether a job with the same subject waits or runs. */
  knows(job: Job): boolean;
}

/** What a job is about: jobs of one subject never run side by side in one process. */
export function subjectOf(job: Job): string {
  switch (job.type) {
    case 'procure':
      return `procure:${job.procurementId}`;
    case 'check_payment':
      return `check_payment:${job.paymentId}`;
    case 'expire_order':
      return `expire_order:${job.orderId}`;
    case 'close_ticket':
      return `close_ticket:${job.ticketId}`;
    case 'deliver':
      return `deliver:${job.deliveryId}`;
    case 'refund':
      return `refund:${job.refundId}`;
    case 'reconcile_payments':
      return `reconcile_payments:${job.provider}`;
    case 'sync_catalogue':
      return `sync_catalogue:${job.connectionId}`;
    case 'watch_stock':
      return `watch_stock:${job.connectionId}`;
    case 'look_at_good':
      return `look_at_good:${job.connectionId}:${job.code}`;
    case 'sweep':
      return 'sweep';
  }
}

/** The id of what a job is about. */
export function subjectIdOf(job: Job): string {
  return subjectOf(job).slice(`${job.type}:`.length);
}

/**
 * The place a job waits in. A subject has two: one for now and one for later, so that a far-off look is not lost when
 * somebody asks for one at once, and waiting jobs cannot pile up. Two jobs that meet in one place become one, with the
 * earlier time.
 */
export function placeOf(queued: QueuedJob, now: number): string {
  return isForLater(queued, now) ? laterPlaceOf(queued.job) : subjectOf(queued.job);
}

export function laterPlaceOf(job: Job): string {
  return `${subjectOf(job)}@later`;
}

export function isForLater({startAt}: QueuedJob, now: number): boolean {
  return startAt !== undefined && startAt > now;
}
