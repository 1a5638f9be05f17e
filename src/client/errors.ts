import type {Problem} from '../contract/problem.ts';

/** One place of a request that the server objects to: `path` as in `lines.0.quantity`, `message` for people. */
export interface ProblemPlace {
  readonly path: string;
  readonly message: string;
}

interface ErrorDetails {
  readonly status?: number | undefined;
  readonly errors?: readonly ProblemPlace[] | undefined;
  readonly cause?: unknown;
}

/** Every failure of the client, except an abort: that rejects with the signal's own reason. */
export class KeystallError extends Error {
  override readonly name: string = 'KeystallError';
  /** Stable, to decide by: a problem code of the API, or `connection`, `timeout`, `unreadable_answer`. */
  readonly code: string;
  /** HTTP status, when there was an answer. */
  readonly status: number | undefined;
  readonly errors: readonly ProblemPlace[];

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : {cause: details.cause});
    this.code = code;
    this.status = details.status;
    this.errors = details.errors ?? [];
  }
}

/** No answer came. Whether the server did what it was asked is not known; `cause` is what the network said. */
export class ConnectionError extends KeystallError {
  override readonly name: string = 'ConnectionError';
}

/** No answer came in time: a {@link ConnectionError}, so what became of the request is just as unknown. */
export class TimeoutError extends ConnectionError {
  override readonly name = 'TimeoutError';
}

/** Something answered, but not in the words of the API: a proxy, a captive portal, or another version. */
export class UnreadableAnswerError extends KeystallError {
  override readonly name = 'UnreadableAnswerError';
}

/** The server said no, with a code. Each known code has a class of its own. */
export class ProblemError extends KeystallError {
  override readonly name: string = 'ProblemError';

  constructor({code, title, detail, status, errors}: Problem) {
    super(code, `${title}${detail === undefined ? '' : `: ${detail}`} (${code}, HTTP ${status})`, {status, errors});
  }
}

export function isKeystallError(value: unknown): value is KeystallError {
  return value instanceof KeystallError;
}

export function isConnectionError(value: unknown): value is ConnectionError {
  return value instanceof ConnectionError;
}

export function isTimeoutError(value: unknown): value is TimeoutError {
  return value instanceof TimeoutError;
}

export function isUnreadableAnswerError(value: unknown): value is UnreadableAnswerError {
  return value instanceof UnreadableAnswerError;
}
