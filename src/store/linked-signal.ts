/** A signal that aborts with any of several sources, or by itself. */
export interface LinkedSignal {
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
  /** Lets the sources go. */
  release(): void;
}

/** What `AbortSignal.any` does, which is too new for the browsers we support. */
export function linkedSignal(...sources: readonly (AbortSignal | undefined)[]): LinkedSignal {
  const controller = new AbortController();
  const released = new AbortController();
  for (const source of sources) {
    if (source?.aborted) controller.abort(source.reason);
    source?.addEventListener('abort', () => controller.abort(source.reason), {signal: released.signal});
  }
  return {
    signal: controller.signal,
    abort(reason) {
      controller.abort(reason);
    },
    release() {
      released.abort();
    },
  };
}
