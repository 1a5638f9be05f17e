import * as v from 'valibot';
import {readAnswer} from '../answer-schemas.ts';
import {evidence} from '../evidence.ts';
import {exchange, type CallBounds} from '../exchange.ts';
import {readJson} from '../json-answer.ts';
import {UpstreamError} from '../port.ts';
import {refusal} from './answers.ts';
import type {Tokens} from './tokens.ts';

const mediaType = 'application/com.reloadly.giftcards-v1+json';

export interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What Reloadly said: a success with everything in it, or its words of refusal; most have no code. */
export type Answer =
  | {readonly kind: 'success'; readonly data: unknown}
  | {readonly kind: 'refusal'; readonly status: number; readonly code: string; readonly message: string};

export interface Transport {
  /** @throws {UpstreamError} when there is no answer that can be relied on. */
  call(question: Question, bounds: CallBounds): Promise<Answer>;
  /** @throws {UpstreamError} also when Reloadly says no: `refused`, `absent`, `credentials`. */
  read<Schema extends v.GenericSchema>(
    question: Question,
    schema: Schema,
    bounds: CallBounds,
  ): Promise<v.InferOutput<Schema>>;
}

export interface TransportOptions {
  readonly origin: string;
  readonly tokens: Tokens;
  readonly fetch: typeof fetch;
}

export function createTransport({origin, tokens, fetch}: TransportOptions): Transport {
  return {call, read};

  /** A token that is not taken was looked at before anything else was done: with a new one the question is put again, once. */
  async function call(question: Question, bounds: CallBounds): Promise<Answer> {
    const token = await tokens.get(bounds.signal);
    const answer = await send(question, token, bounds);
    const isStale = answer.kind === 'refusal' && answer.status === 401 && answer.code === 'INVALID_TOKEN';
    if (!isStale) return answer;
    tokens.drop(token);
    return send(question, await tokens.get(bounds.signal), bounds);
  }

  async function send({method, path, query, body}: Question, token: string, bounds: CallBounds): Promise<Answer> {
    const name = `${method} ${path}`;
    const search = query ? `?${new URLSearchParams(query).toString()}` : '';
    const answer = await exchange(
      fetch,
      name,
      `${origin}${path}${search}`,
      {
        method,
        headers: {
          accept: mediaType,
          authorization: `Bearer ${token}`,
          ...(body !== undefined && {'content-type': 'application/json'}),
        },
        ...(body !== undefined && {body}),
      },
      bounds,
    );
    const {status} = answer;
    const data = readJson(name, answer, [token]);
    if (status >= 200 && status < 300) return {kind: 'success', data};
    const said = v.safeParse(refusal, data);
    if (!said.success || status >= 500) {
      throw new UpstreamError('unexpected_answer', `${name} was answered with HTTP status ${status}.`);
    }
    const {message, errorCode} = said.output;
    return {
      kind: 'refusal',
      status,
      code: evidence(errorCode, [token]).slice(0, 60),
      message: evidence(message, [token]),
    };
  }

  async function read<Schema extends v.GenericSchema>(question: Question, schema: Schema, bounds: CallBounds) {
    const name = `${question.method} ${question.path}`;
    const answer = await call(question, bounds);
    if (answer.kind === 'success') return readAnswer(name, schema, answer.data);
    const {code, status, message} = answer;
    throw new UpstreamError(readRefusal(status), `${name} was refused: ${message || code}`, {code: code || undefined});
  }
}

/** What a refused read was refused for. */
function readRefusal(status: number): UpstreamError['reason'] {
  if (status === 401) return 'credentials';
  if (status === 404) return 'absent';
  return status === 400 || status === 403 ? 'refused' : 'unexpected_answer';
}
