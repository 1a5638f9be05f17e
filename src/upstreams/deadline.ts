/** Thrown when a task took longer than it was given. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';

  constructor(milliseconds: number) {
    super(`No answer within ${milliseconds} ms.`);
  }
}

/** Thrown when the caller's signal was aborted before the task ended. */
export class AbortedError extends Error {
  override readonly name = 'AbortedError';

  constructor(signal: AbortSignal) {
    super('The caller stopped waiting.', {cause: signal.reason});
  }
}

/**
 * Runs a task until it ends, the caller aborts, or the time is up, whichever comes first. Ends at once in all three
 * cases, even when the task ignores the signal it is given.
 * `AbortSignal.any` would say the same in one line, but is younger than the oldest browsers supported.
 * @throws {DeadlineError} {@link AbortedError} or whatever the task throws.
 */
export async function withDeadline<T>(
  signal: AbortSignal,
  milliseconds: number,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (signal.aborted) throw new AbortedError(signal);
  const controller = new AbortController();
  let stop!: (reason: Error) => void;
  const stopped = new Promise<never>((_, reject) => {
    stop = reason => {
      reject(reason);
      controller.abort(reason);
    };
  });
  const onAbort = () => stop(new AbortedError(signal));
  const timer = setTimeout(() => stop(new DeadlineError(milliseconds)), milliseconds);
  signal.addEventListener('abort', onAbort, {once: true});
  try {
    return await Promise.race([stopped, task(controller.signal)]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
