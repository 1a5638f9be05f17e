/**
 * What the store asks of the place it runs in. In a page that is the browser; tests pass their own, with a clock that
 * stands still and a storage that fails. Anything may be absent: the shop then works without it.
 */
export interface Environment {
  /** Epoch milliseconds. */
  now(): number;
  /** From 0 to 1. */
  random(): number;
  /** An id like no other, on whatever device. */
  newId(): string;
  /** Runs `task` once, `delay` milliseconds from now; answers the way to call it off. */
  after(delay: number, task: () => void): () => void;
  readonly storage: TextStorage | undefined;
  /** Calls `listener` when what other tabs wrote to the storage is to be seen here, which may be later than they say so. */
  onStored(listener: () => void): () => void;
  readonly indexedDB: IDBFactory | undefined;
  /** Joins the other tabs of this origin that use the same name; their posts reach `listener`, one's own do not. */
  openChannel(name: string, listener: () => void): TabChannel | undefined;
  /** The code that the page's address carries for a shop server, of a payment its buyer comes back from; once. */
  takeReturn(address: string): string | undefined;
  /**
   * Calls `listener` when the page comes to the front or the network comes back. `wasAway`: it lay in the back/forward
   * cache, so that other pages came after whatever it had begun.
   */
  onAwake(listener: (wasAway?: boolean) => void): () => void;
}

/** The part of `localStorage` that is used; each call may throw. */
export interface TextStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

export interface TabChannel {
  post(): void;
  close(): void;
}
