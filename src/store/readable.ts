/** A value that changes, and somebody to tell. The value is replaced, never mutated: compare by identity. */
export interface Readable<T> {
  readonly value: T;
  /** Calls `listener` after each change; answers the way to stop. Work behind it runs only while somebody listens. */
  subscribe(listener: () => void): () => void;
}
