import type * as v from 'valibot';
import {readAnswer} from './answer-schemas.ts';
import type {CallBounds} from './exchange.ts';
import {UpstreamError} from './port.ts';

/*
 * What platforms with a REST API have in common: a question has a method, a path and a query, and a refusal has a status
 * and, mostly, a code.
 */

export interface Question {
  readonly method: 'GET' | 'POST';
  /** Below where the protocol lives: `/products`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the platform said: a success with everything in it, or its words of refusal; `code` is empty where it has none. */
export type Answer =
  | {readonly kind: 'success'; readonly data: unknown}
  | {readonly kind: 'refusal'; readonly status: number; readonly code: string; readonly message: string};

export interface Transport {
  /** @throws {UpstreamError} when there is no answer that can be relied on. */
  call(question: Question, bounds: CallBounds): Promise<Answer>;
  /** @throws {UpstreamError} also when the platform says no, for the reason that its code and status mean. */
  read<Schema extends v.GenericSchema>(
    question: Question,
    schema: Schema,
    bounds: CallBounds,
  ): Promise<v.InferOutput<Schema>>;
}

/** @param readRefusal what a refused read was refused for */
export function createRestTransport(
  call: Transport['call'],
  readRefusal: (code: string, status: number) => UpstreamError['reason'],
): Transport {
  return {
    call,
    async read(question, schema, bounds) {
      const answer = await call(question, bounds);
      if (answer.kind === 'success') return readAnswer(nameOf(question), schema, answer.data);
      const {code, status, message} = answer;
      throw new UpstreamError(readRefusal(code, status), `${nameOf(question)} was refused: ${message || code}`, {
        code: code || undefined,
      });
    },
  };
}

/** What a question is called in evidence: never its query, which may name what nobody else should know. */
export function nameOf({method, path}: Question): string {
  return `${method} ${path}`;
}

/** @param base origin and path that the protocol lives at */
export function addressOf(base: string, {path, query}: Question): string {
  return `${base}${path}${query ? `?${new URLSearchParams(query).toString()}` : ''}`;
}
