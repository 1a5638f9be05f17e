import ky, {isHTTPError, isNetworkError, isTimeoutError, type KyInstance, type Options} from 'ky';
import {safeParse, type BaseIssue, type BaseSchema} from 'valibot';
import {problemSchema, type Problem} from '../contract/problem.ts';
import {ConnectionError, ProblemError, TimeoutError, UnreadableAnswerError, type KeystallError} from './errors.ts';

export interface HttpOptions {
  readonly address: string;
  readonly fetch?: typeof fetch | undefined;
  /** Milliseconds to wait for an answer's head, and again for its body. */
  readonly timeout: number;
  /** Default: no cookie is sent or kept. */
  readonly credentials?: RequestCredentials;
}

/** What goes with one request. Secrets travel in headers only: addresses end up in logs and histories. */
export interface Call {
  readonly method?: 'get' | 'post';
  readonly json?: unknown;
  /** Sent as it is, in place of `json`. */
  readonly body?: Blob;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  readonly token?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly accept?: string;
  /** Asks the server even where the browser's cache would do; an unchanged answer is not sent again. */
  readonly fresh?: boolean | undefined;
  /** Milliseconds, where this call may take longer than others. */
  readonly timeout?: number;
  readonly signal?: AbortSignal | undefined;
}

type Schema<T> = BaseSchema<unknown, T, BaseIssue<unknown>>;

/** Speaks HTTP with one shop server. Rejects with a `KeystallError`, or with the signal's reason when aborted. */
export interface Http {
  /** @param schema of the answer; it may be on its way while the answer is */
  json<T>(schema: Schema<T> | Promise<Schema<T>>, path: string, call: Call): Promise<T>;
  response(path: string, call: Call): Promise<Response>;
  /** Turns what reading an answer's body threw into one of our errors; throws instead when the caller had aborted. */
  explain(error: unknown, path: string, signal: AbortSignal | undefined): KeystallError;
}

export function createHttp({address, fetch, timeout, credentials = 'omit'}: HttpOptions): Http {
  const instance: KyInstance = ky.create({
    prefix: address,
    timeout,
    // Repeating is decided where it is known what a repeat means: by queries for reads, by the checkout for orders.
    retry: 0,
    credentials,
    ...(fetch && {fetch}),
  });

  return {
    async json(schema, path, call) {
      try {
        const answer = instance(pathAndQuery(path, call.query), kyOptions(call));
        const [known] = await Promise.all([schema, answer]);
        return await answer.json(known);
      } catch (error) {
        throw await failure(error, path, call.signal);
      }
    },
    async response(path, call) {
      try {
        return await instance(pathAndQuery(path, call.query), kyOptions(call));
      } catch (error) {
        throw await failure(error, path, call.signal);
      }
    },
    explain,
  };

  async function failure(error: unknown, path: string, signal: AbortSignal | undefined): Promise<KeystallError> {
    const url = `${address}/${path}`;
    if (!signal?.aborted && isHTTPError(error)) return refusal(error.data, error.response, url);
    if (!signal?.aborted && isUnreadable(error)) return unreadable(url, error);
    return explain(error, path, signal);
  }

  function explain(error: unknown, path: string, signal: AbortSignal | undefined): KeystallError {
    if (signal?.aborted) throw signal.reason;
    const url = `${address}/${path}`;
    // ky's errors hold the request, its headers included: they stay here.
    if (isTimeoutError(error)) {
      return new TimeoutError('timeout', `No answer from ${url} in time. Try again.`);
    }
    const cause = isNetworkError(error) ? error.cause : error;
    return new ConnectionError('connection', `No answer from ${url}. Check the connection and try again.`, {cause});
  }
}

function pathAndQuery(path: string, query: Call['query'] = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

function kyOptions({
  method = 'get',
  json,
  body,
  token,
  idempotencyKey,
  accept = 'application/json',
  timeout,
  fresh,
  signal,
}: Call): Options {
  return {
    method,
    headers: {
      accept,
      ...(token !== undefined && {authorization: `Bearer ${token}`}),
      ...(idempotencyKey !== undefined && {'idempotency-key': idempotencyKey}),
    },
    ...(json !== undefined && {json}),
    ...(fresh && {cache: 'no-cache'}),
    ...(body && {body}),
    ...(timeout !== undefined && {timeout}),
    ...(signal && {signal}),
  };
}

async function refusal(data: unknown, {status, headers}: Response, url: string): Promise<KeystallError> {
  const problem = safeParse(problemSchema, data);
  return problem.success ? problemError(problem.output, headers) : unreadable(url, undefined, status);
}

/** Most pages are refused nothing: the classes are loaded when they are needed, and `code` decides without them, too. */
function problemError(problem: Problem, headers: Headers): Promise<ProblemError> {
  return import('./problem-errors.ts').then(
    errors => errors.problemError(problem, headers),
    () => new ProblemError(problem),
  );
}

/** What is wrong with an answer is told at length, by code that most pages never need. */
function unreadable(url: string, error?: Error, status?: number): Promise<UnreadableAnswerError> {
  return import('./problem-errors.ts').then(
    errors => errors.unreadableAnswer(url, error, status),
    () => new UnreadableAnswerError('unreadable_answer', `The answer of ${url} cannot be read.`, {status}),
  );
}

/** JSON that is none, or that the schema does not know. Anything else that fails is the network's doing. */
function isUnreadable(error: unknown): error is Error {
  return error instanceof Error && (error.name === 'SyntaxError' || error.name === 'SchemaValidationError');
}
