import * as v from 'valibot';
import {readAnswer} from '../answer-schemas.ts';
import {evidence} from '../evidence.ts';
import {exchange, refuseHurry, type CallBounds, type PlainAnswer} from '../exchange.ts';
import {readJson} from '../json-answer.ts';
import {UpstreamError} from '../port.ts';
import {envelope, refusal} from './answers.ts';
import {readRefusal} from './refusals.ts';
import {sign} from './sign.ts';

export const basePath = '/api/v1/upstream';

export interface Question {
  readonly method: 'GET' | 'POST';
  /** Below {@link basePath}, such as `/products`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the shop said: a success with everything in it, or its words of refusal. */
export type Answer =
  | {readonly kind: 'success'; readonly data: unknown}
  | {readonly kind: 'refusal'; readonly status: number; readonly code: string; readonly message: string};

export interface Transport {
  /** @throws {UpstreamError} when there is no answer that can be relied on. */
  call(question: Question, bounds: CallBounds): Promise<Answer>;
  /** @throws {UpstreamError} also when the shop says no: `refused`, `absent`, `credentials`, `clock`. */
  read<Schema extends v.GenericSchema>(
    question: Question,
    schema: Schema,
    bounds: CallBounds,
  ): Promise<v.InferOutput<Schema>>;
}

export interface TransportOptions {
  readonly origin: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly fetch: typeof fetch;
  readonly now: () => number;
}

export function createTransport({origin, apiKey, apiSecret, fetch, now}: TransportOptions): Transport {
  return {call, read};

  async function call(question: Question, bounds: CallBounds): Promise<Answer> {
    const {method, path, query, body} = question;
    const bytes = new TextEncoder().encode(body ?? '');
    const timestamp = String(Math.floor(now() / 1000));
    const fullPath = `${basePath}${path}`;
    const search = query ? `?${new URLSearchParams(query).toString()}` : '';
    const name = `${method} ${path}`;
    const answer = await exchange(
      fetch,
      name,
      `${origin}${fullPath}${search}`,
      {
        method,
        headers: {
          accept: 'application/json',
          ...(body !== undefined && {'content-type': 'application/json'}),
          'dujiao-next-api-key': apiKey,
          'dujiao-next-timestamp': timestamp,
          'dujiao-next-signature': sign({method, path: fullPath, timestamp, body: bytes}, apiSecret),
        },
        ...(body !== undefined && {body: bytes}),
      },
      bounds,
    );
    if (method === 'GET') refuseHurry(name, answer);
    return readEnvelope(name, answer);
  }

  async function read<Schema extends v.GenericSchema>(question: Question, schema: Schema, bounds: CallBounds) {
    const name = `${question.method} ${question.path}`;
    const answer = await call(question, bounds);
    if (answer.kind === 'success') return readAnswer(name, schema, answer.data);
    const {code, status, message} = answer;
    throw new UpstreamError(readRefusal(code, status), `${name} was refused: ${message || code}`, {code});
  }

  /** `ok` decides and never the status alone; what has no `ok` was not said by the shop. */
  function readEnvelope(name: string, plain: PlainAnswer): Answer {
    const {status} = plain;
    const data = readJson(name, plain, [apiSecret]);
    const parsed = v.safeParse(envelope, data);
    if (!parsed.success || status >= 500) {
      throw new UpstreamError(
        'unexpected_answer',
        `${name} answered HTTP status ${status} and does not say whether it worked.`,
      );
    }
    if (parsed.output.ok && status < 300) return {kind: 'success', data};
    if (parsed.output.ok) {
      throw new UpstreamError('unexpected_answer', `${name} says that it worked, with HTTP status ${status}.`);
    }
    const said = v.safeParse(refusal, data);
    return {
      kind: 'refusal',
      status,
      code: said.success ? evidence(said.output.error_code, [apiSecret]).slice(0, 60) : '',
      message: said.success ? evidence(said.output.error_message, [apiSecret]) : '',
    };
  }
}
