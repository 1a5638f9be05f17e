import * as v from 'valibot';
import {readAnswer} from '../answer-schemas.ts';
import {evidence} from '../evidence.ts';
import {exchange, refuseHurry, type CallBounds, type PlainAnswer} from '../exchange.ts';
import {readJson} from '../json-answer.ts';
import {UpstreamError} from '../port.ts';
import {envelope} from './answers.ts';
import {requestBody, sign, type Members} from './sign.ts';

/** What the platform said: the data of a success, or its words of refusal. There are no codes for reasons. */
export type Answer =
  {readonly kind: 'success'; readonly data: unknown} | {readonly kind: 'refusal'; readonly message: string};

/** How long a platform is left alone that says no more than that it is asked too often. */
const usualRestMs = 60_000;

/** The code of every refusal. */
export const refusalCode = '400';

export interface Transport {
  /** @throws {UpstreamError} when there is no answer that can be relied on. */
  call(path: string, members: Members, bounds: CallBounds): Promise<Answer>;
  /** @throws {UpstreamError} also when the platform says no: `refused`. */
  read<Schema extends v.GenericSchema>(
    path: string,
    members: Members,
    schema: Schema,
    bounds: CallBounds,
  ): Promise<v.InferOutput<Schema>>;
}

export interface TransportOptions {
  readonly origin: string;
  readonly userId: string;
  readonly apiKey: string;
  readonly fetch: typeof fetch;
  readonly now: () => number;
}

export function createTransport({origin, userId, apiKey, fetch, now}: TransportOptions): Transport {
  return {call, read};

  async function call(path: string, members: Members, bounds: CallBounds): Promise<Answer> {
    return judge(path, await send(path, members, bounds));
  }

  function send(path: string, members: Members, bounds: CallBounds): Promise<PlainAnswer> {
    const body = requestBody(members);
    const timestamp = String(now());
    return exchange(
      fetch,
      path,
      `${origin}/api/v1/${path}`,
      {
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          userid: userId,
          timestamp,
          sign: sign(timestamp, body, apiKey),
        },
        body,
      },
      bounds,
    );
  }

  /** @throws {UpstreamError} */
  function judge(path: string, plain: PlainAnswer): Answer {
    const parsed = v.safeParse(envelope, readJson(path, plain, [apiKey]));
    // A server that failed is in no state to say whether it did something, whatever the page it sends says.
    if (!parsed.success || plain.status >= 500) {
      throw new UpstreamError(
        'unexpected_answer',
        `${path} answered HTTP status ${plain.status} and does not say whether it worked.`,
      );
    }
    const {code, msg, data} = parsed.output;
    if (code === '200') return {kind: 'success', data};
    if (code === refusalCode) return {kind: 'refusal', message: evidence(msg, [apiKey])};
    const known = evidence(code, [apiKey]).slice(0, 20);
    throw new UpstreamError('unexpected_answer', `${path} answered code ${known}: ${evidence(msg, [apiKey])}`, {
      code: known,
    });
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
    if (answer.kind === 'success') return readAnswer(path, schema, answer.data);
    throw new UpstreamError('refused', `${path} was refused: ${answer.message || 'without a word'}`, {
      code: refusalCode,
      // There is no code for it.
      ...(/频繁/.test(answer.message) && {retryAfterMs: usualRestMs}),
    });
  }
}
