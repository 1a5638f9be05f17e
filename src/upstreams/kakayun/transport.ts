import * as v from 'valibot';
import {readAnswer} from '../answer-schemas.ts';
import type {Pace} from '../call-pace.ts';
import {evidence} from '../evidence.ts';
import {asUpstreamError, exchange, refuseHurry, type CallBounds, type PlainAnswer} from '../exchange.ts';
import {readJson} from '../json-answer.ts';
import {UpstreamError} from '../port.ts';
import {envelope} from './answers.ts';

/** What a call says beside who asks; texts and numbers as they are written on the wire. */
export type Members = Readonly<Record<string, string | number | readonly unknown[]>>;

/** What the platform said: the whole of a success, since some of it stands beside `data`, or its words of refusal. */
export type Answer =
  | {readonly kind: 'success'; readonly whole: unknown}
  | {readonly kind: 'refusal'; readonly code: string; readonly message: string};

export interface Transport {
  /** @throws {UpstreamError} when there is no answer that can be relied on. */
  call(path: string, members: Members, bounds: CallBounds): Promise<Answer>;
  /** The whole of a success. @throws {UpstreamError} also when the platform says no. */
  read<Schema extends v.GenericSchema>(
    path: string,
    members: Members,
    schema: Schema,
    bounds: CallBounds,
  ): Promise<v.InferOutput<Schema>>;
}

/** How one version of the protocol asks, and what its answers' codes mean. */
export interface Dialect {
  request(path: string, members: Members): {readonly url: string; readonly contentType: string; readonly body: string};
  /** Whether a code that is no success certainly means that nothing was done. */
  isRefusal(code: string): boolean;
  readRefusal(code: string): UpstreamError['reason'];
  /** For how long a refused read that came too often is to be left alone; absent where it was refused for anything else. */
  restMs?(path: string, code: string): number | undefined;
  /** Where a version limits how often a path may be called. */
  readonly paces?: Readonly<Record<string, Pace>>;
}

const succeeded = '1';

export function createTransport(dialect: Dialect, key: string, fetch: typeof globalThis.fetch): Transport {
  return {call, read};

  async function call(path: string, members: Members, bounds: CallBounds): Promise<Answer> {
    return judge(path, await send(path, members, bounds));
  }

  function send(path: string, members: Members, bounds: CallBounds): Promise<PlainAnswer> {
    return inPace(path, bounds.signal, () => {
      // Written when it is sent: it carries the time.
      const {url, contentType, body} = dialect.request(path, members);
      const headers = {accept: 'application/json', 'content-type': contentType};
      return exchange(fetch, path, url, {method: 'POST', headers, body}, bounds);
    });
  }

  /** @throws {UpstreamError} */
  function judge(path: string, plain: PlainAnswer): Answer {
    const whole = readJson(path, plain, [key]);
    const parsed = v.safeParse(envelope, whole);
    // A server that failed is in no state to say whether it did something, whatever the page it sends says.
    if (!parsed.success || plain.status >= 500) {
      throw new UpstreamError(
        'unexpected_answer',
        `${path} answered HTTP status ${plain.status} and does not say whether it worked.`,
      );
    }
    if (parsed.output.code === succeeded) return {kind: 'success', whole};
    const code = evidence(parsed.output.code, [key]).slice(0, 20);
    const message = evidence(parsed.output.msg, [key]);
    if (dialect.isRefusal(code)) return {kind: 'refusal', code, message};
    throw new UpstreamError('unexpected_answer', `${path} answered code ${code}: ${message}`, {code});
  }

  async function inPace<T>(path: string, signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    const pace = dialect.paces?.[path];
    try {
      return await (pace ? pace(signal, task) : task());
    } catch (error) {
      throw asUpstreamError(path, error);
    }
  }

  async function read<Schema extends v.GenericSchema>(
    path: string,
    members: Members,
    schema: Schema,
    bounds: CallBounds,
  ) {
    const plain = await send(path, members, bounds);
    refuseHurry(path, plain);
    const answer = judge(path, plain);
    if (answer.kind === 'success') return readAnswer(path, schema, answer.whole);
    const {code, message} = answer;
    throw new UpstreamError(dialect.readRefusal(code), `${path} was refused: ${message || code}`, {
      code,
      retryAfterMs: dialect.restMs?.(path, code),
    });
  }
}
