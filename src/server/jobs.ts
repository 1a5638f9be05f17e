/** Work to be done outside a request. A job is a hint to look at a record: running it twice does no harm. */
export type Job =
  /** Move a procurement as far as it will go: buy, reconcile or follow. */
  | {readonly type: 'procure'; readonly procurementId: string}
  /** Ask the provider about a payment; closes it, and the order's payment window, when its time is up. */
  | {readonly type: 'check_payment'; readonly paymentId: string}
  /** Close an order's payment window when it is over. */
  | {readonly type: 'expire_order'; readonly orderId: string}
  /** Read a connection's catalogue, or what changed in it, if it is time to. */
  | {readonly type: 'sync_catalogue'; readonly connectionId: string}
  /** Ask singly for the stock of goods that buyers are looking at. */
  | {readonly type: 'watch_stock'; readonly connectionId: string}
  /** Read one good anew, since its platform says that it changed. */
  | {readonly type: 'look_at_good'; readonly connectionId: string; readonly code: string}
  /** Close a ticket whose buyer let the deadline pass. */
  | {readonly type: 'close_ticket'; readonly ticketId: string}
  /** Send a message about an order, if it is time to. */
  | {readonly type: 'deliver'; readonly deliveryId: string}
  /** Move a refund on: send it, or ask its provider what came of it. */
  | {readonly type: 'refund'; readonly refundId: string}
  /** Compare a provider's payments with ours, if it is time to. */
  | {readonly type: 'reconcile_payments'; readonly provider: string}
  /** Find what a crash left without a job (see Store.unfinished) and enqueue it. */
  | {readonly type: 'sweep'};

export type JobType = Job['type'];

export type JobHandler = (job: Job, signal: AbortSignal) => Promise<void>;

/**
 * Runs jobs that a store's transactions enqueued (see Transaction.enqueue) and jobs sent directly. A handler that throws is
 * tried again with growing pauses. A job a killed process was running is run again by the next one.
 *
 * Jobs that are alike and wait become one, at the earlier time; one that may start at once and one for later are kept
 * apart. A job asked for while it runs is run again afterwards. So a handler that finds it is too early, or that has more
 * to do, asks for its next look itself.
 */
export interface Jobs {
  start(handler: JobHandler): Promise<void>;
  send(job: Job, options?: {readonly startAt?: number}): Promise<void>;
  /** Stops taking jobs and waits for those that run. */
  stop(): Promise<void>;
}
