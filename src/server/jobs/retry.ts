/** First pause and longest pause between tries of a job, in seconds. The pause doubles with every failure. */
export const firstRetryPause = 1;
export const longestRetryPause = 300;

/** Milliseconds before the next try after `failures` failures: doubling, with jitter, within the bounds above. */
export function retryPause(failures: number, random: () => number = Math.random): number {
  const half = (firstRetryPause * 2 ** Math.min(failures, 16)) / 2;
  return Math.round(Math.min(longestRetryPause, half + half * random()) * 1_000);
}

/** What an operator reads about a failure. */
export function errorText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Milliseconds that stopping waits for running handlers before it aborts their signal. A purchase should end by itself. */
export const stopPatience = 20_000;
