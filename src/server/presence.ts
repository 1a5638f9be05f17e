/**
 * How the processes that share a store tell which of them are alive. What a process claims carries its name, and what a
 * dead one had claimed is free at once, instead of when its time is over.
 */
export interface Presence {
  /** What this process claims under. Another process, also the next one on this store, has another name. */
  readonly worker: string;
  /** Begins a stretch in which the others see this process; nothing while they cannot see it. */
  watch(): Watch | undefined;
  /**
   * Does `work` if the process of this name is certainly dead, and keeps it from being taken for alive meanwhile. A process
   * that is slow, or hangs, is alive.
   */
  ifDead(worker: string | undefined, work: () => Promise<void>): Promise<void>;
}

export interface Watch {
  /** Whether the others have seen this process all the time, up to now: nobody has taken over what it has claimed. */
  isUnbroken(): Promise<boolean>;
}

/** For a process that alone may use its store: every other name is that of an earlier one, and dead. */
export function alone(): Presence {
  const worker = newWorker();
  return {
    worker,
    watch: () => ({isUnbroken: async () => true}),
    async ifDead(other, work) {
      if (other !== worker) await work();
    },
  };
}

/** Eight hexadecimal digits: as many as PostgreSQL has room for in the second half of a lock's number. */
export function newWorker(): string {
  return crypto.getRandomValues(new Uint32Array(1))[0]!.toString(16).padStart(8, '0');
}
