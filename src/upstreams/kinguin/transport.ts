import * as v from 'valibot';
import {readAnswer} from '../answer-schemas.ts';
import {evidence} from '../evidence.ts';
import {exchange, type CallBounds} from '../exchange.ts';
import {readJson} from '../json-answer.ts';
import {UpstreamError} from '../port.ts';
import {problem} from './answers.ts';
import {readRefusal} from './refusals.ts';

export const basePath = '/esa/api';

export interface Question {
  readonly method: 'GET' | 'POST';
  /** Below {@link basePath}, with the version that the endpoint has: `/v1/products`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What Kinguin said: a success with everything in it, or the kind of its refusal. */
export type Answer =
  | {readonly kind: 'success'; readonly data: unknown}
  | {readonly kind: 'refusal'; readonly status: number; readonly code: string; readonly message: string};

export interface Transport {
  /** @throws {UpstreamError} when there is no answer that can be relied on. */
  call(question: Question, bounds: CallBounds): Promise<Answer>;
  /** @throws {UpstreamError} also when Kinguin says no: `refused`, `absent`, `credentials`. */
  read<Schema extends v.GenericSchema>(
    question: Question,
    schema: Schema,
    bounds: CallBounds,
  ): Promise<v.InferOutput<Schema>>;
}

export interface TransportOptions {
  readonly origin: string;
  readonly apiKey: string;
  readonly fetch: typeof fetch;
}

/** Nothing is signed: the key itself goes along with every question. */
export function createTransport({origin, apiKey, fetch}: TransportOptions): Transport {
  return {call, read};

  async function call({method, path, query, body}: Question, bounds: CallBounds): Promise<Answer> {
    const name = `${method} ${path}`;
    const search = query ? `?${new URLSearchParams(query).toString()}` : '';
    const answer = await exchange(
      fetch,
      name,
      `${origin}${basePath}${path}${search}`,
      {
        method,
        headers: {
          accept: 'application/json',
          'x-api-key': apiKey,
          ...(body !== undefined && {'content-type': 'application/json'}),
        },
        ...(body !== undefined && {body}),
      },
      bounds,
    );
    const {status} = answer;
    const data = readJson(name, answer, [apiKey]);
    if (status >= 200 && status < 300) return {kind: 'success', data};
    const said = v.safeParse(problem, data);
    const code = said.success ? evidence(said.output.kind, [apiKey]).slice(0, 60) : undefined;
    // What has no kind was said by something that stands before Kinguin.
    if (!said.success || status >= 500) {
      throw new UpstreamError(
        'unexpected_answer',
        `${name} was answered with HTTP status ${status}${code === undefined ? '' : ` and ${code}`}.`,
        {code},
      );
    }
    const {detail, title, type} = said.output;
    return {kind: 'refusal', status, code: code!, message: evidence(detail || title || type, [apiKey])};
  }

  async function read<Schema extends v.GenericSchema>(question: Question, schema: Schema, bounds: CallBounds) {
    const name = `${question.method} ${question.path}`;
    const answer = await call(question, bounds);
    if (answer.kind === 'success') return readAnswer(name, schema, answer.data);
    const {code, status, message} = answer;
    throw new UpstreamError(readRefusal(code, status), `${name} was refused: ${message || code}`, {code});
  }
}
