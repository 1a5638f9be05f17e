import ky, {isHTTPError, isTimeoutError, type KyInstance, type Options} from 'ky';
import {safeParse, type BaseIssue, type BaseSchema} from 'valibot';
import {problemSchema} from '../contract/problem.ts';
import {ConnectionError, TimeoutError, UnreadableAnswerError, type KeystallError} from './errors.ts';
import {problemError} from './problem-errors.ts';

export interface HttpOptions {
  readonly address: string;
  readonly fetch?: typeof fetch | undefined;
  /** Milliseconds to wait for an answer's head, and again for its body. */
  readonly timeout: number;
}

/** What goes with one request. Secrets travel in headers only: addresses end up in logs and histories. */
export interface Call {
  readonly method?: 'get' | 'post';
  readonly json?: unknown;
  readonly query?: Readonly<Record<string, string | number | undefined>> | undefined;
  readonly token?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly accept?: string;
  readonly signal?: AbortSignal | undefined;
}

type Schema<T> = BaseSchema<unknown, T, BaseIssue<unknown>>;

/** Speaks HTTP with one shop server. Rejects with a `KeystallError`, or with the signal's reason when aborted. */
export interface Http {
  json<T>(schema: Schema<T>, path: string, call: Call): Promise<T>;
  response(path: string, call: Call): Promise<Response>;
  /** Turns what reading an answer threw into one of our errors; throws instead when the caller had aborted. */
  explain(error: unknown, path: string, signal: AbortSignal | undefined): KeystallError;
}

export function createHttp({address, fetch, timeout}: HttpOptions): Http {
  const instance: KyInstance = ky.create({
    prefix: address,
    timeout,
    // Repeating is decided where it is known what a repeat means: by queries for reads, by the checkout for orders.
    retry: 0,
    credentials: 'omit',
    ...(fetch && {fetch}),
  });

  return {
    async json(schema, path, call) {
      try {
        return await instance(path, kyOptions(call)).json(schema);
      } catch (error) {
        throw explain(error, path, call.signal);
      }
    },
    async response(path, call) {
      try {
        return await instance(path, kyOptions(call));
      } catch (error) {
        throw explain(error, path, call.signal);
      }
    },
    explain,
  };

  function explain(error: unknown, path: string, signal: AbortSignal | undefined): KeystallError {
    if (signal?.aborted) throw signal.reason;
    const url = `${address}/${path}`;
    if (isHTTPError(error)) return refusal(error.data, error.response.status, url, error);
    if (isTimeoutError(error)) {
      return new TimeoutError('timeout', `No answer from ${url} within ${timeout} ms. Try again.`, {cause: error});
    }
    if (isUnreadable(error)) {
      return new UnreadableAnswerError(
        'unreadable_answer',
        `The answer of ${url} is not what the API promises (${firstIssue(error)}). Check that the address is a shop server of a matching version.`,
        {cause: error},
      );
    }
    return new ConnectionError('connection', `No answer from ${url}. Check the connection and try again.`, {
      cause: error,
    });
  }
}

function kyOptions({method, json, query, token, idempotencyKey, accept, signal}: Call): Options {
  return {
    method: method ?? 'get',
    headers: {
      accept: accept ?? 'application/json',
      authorization: token === undefined ? undefined : `Bearer ${token}`,
      'idempotency-key': idempotencyKey,
    },
    ...(json !== undefined && {json}),
    ...(query && {searchParams: query}),
    ...(signal && {signal}),
  };
}

function refusal(data: unknown, status: number, url: string, cause: unknown): KeystallError {
  const problem = safeParse(problemSchema, data);
  return problem.success
    ? problemError(problem.output, cause)
    : new UnreadableAnswerError(
        'unreadable_answer',
        `${url} answered HTTP ${status} without saying why. A proxy may have answered in the shop server's place.`,
        {status, cause},
      );
}

/** JSON that is none, or that the schema does not know. Anything else that fails is the network's doing. */
function isUnreadable(error: unknown): error is Error {
  return error instanceof Error && (error.name === 'SyntaxError' || error.name === 'SchemaValidationError');
}

function firstIssue(error: Error): string {
  const issue = (error as {issues?: readonly {message: string; path?: readonly {key?: unknown}[]}[]}).issues?.[0];
  return issue ? `${issue.path?.map(step => String(step.key)).join('.') ?? ''}: ${issue.message}` : 'no JSON';
}
