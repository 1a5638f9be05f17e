/** What keeps the database from answering: all connections to it are in use, or it is not there. */
export type StoreUnavailableReason = 'busy' | 'away';

/**
 * The database gave no connection in time, or went away. A transaction that was under way may have been kept all the same:
 * whoever repeats it does so under the same key.
 */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
  readonly reason: StoreUnavailableReason;

  constructor(reason: StoreUnavailableReason, options?: ErrorOptions) {
    super(
      reason === 'busy'
        ? 'No connection to the database came free in time. Give the shop more of them, or look what holds them.'
        : 'The database does not answer. Look whether it runs and can be reached.',
      options,
    );
    this.reason = reason;
  }
}
