import * as v from 'valibot';
import {readAnswer} from '../answer-schemas.ts';
import {evidence} from '../evidence.ts';
import {exchange, type CallBounds} from '../exchange.ts';
import {readJson} from '../json-answer.ts';
import {UpstreamError} from '../port.ts';
import {envelope} from './answers.ts';
import {sign, version, type Signer} from './sign.ts';

/** What the platform said: the data of a success, or a code without a published meaning and its words. */
export type Answer =
  | {readonly kind: 'success'; readonly data: unknown}
  | {readonly kind: 'refusal'; readonly code: string; readonly message: string};

/** The only code that is a success. */
const success = '1000';

export interface Transport {
  /**
   * @param body JSON; absent where nothing is asked for
   * @throws {UpstreamError} when there is no answer that can be relied on.
   */
  call(path: string, body: string | undefined, bounds: CallBounds): Promise<Answer>;
  /** @throws {UpstreamError} also when the platform says no: `refused`. */
  read<Schema extends v.GenericSchema>(
    path: string,
    body: string | undefined,
    schema: Schema,
    bounds: CallBounds,
  ): Promise<v.InferOutput<Schema>>;
}

export interface TransportOptions extends Signer {
  readonly origin: string;
  readonly fetch: typeof fetch;
  readonly now: () => number;
  readonly timestamps: 'seconds' | 'milliseconds';
  readonly emptyBody: 'object' | 'nothing';
}

export function createTransport(options: TransportOptions): Transport {
  const {origin, appId, appSecret, fetch, now, timestamps, emptyBody} = options;
  return {call, read};

  async function call(path: string, body: string | undefined, bounds: CallBounds): Promise<Answer> {
    const bytes = new TextEncoder().encode(body ?? (emptyBody === 'object' ? '{}' : ''));
    const timestamp = String(timestamps === 'seconds' ? Math.floor(now() / 1000) : now());
    const plain = await exchange(
      fetch,
      path,
      `${origin}/api/v3/${path}`,
      {
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          'x-app-id': appId,
          'x-version': version,
          'x-timestamp': timestamp,
          'x-signature': sign({timestamp, body: bytes}, {appId, appSecret}),
        },
        ...(bytes.length > 0 && {body: bytes}),
      },
      bounds,
    );
    const parsed = v.safeParse(envelope, readJson(path, plain, [appSecret]));
    // A server that failed is in no state to say whether it did something, whatever the page it sends says.
    if (!parsed.success || plain.status >= 500) {
      throw new UpstreamError(
        'unexpected_answer',
        `${path} answered HTTP status ${plain.status} and does not say whether it worked.`,
      );
    }
    const {code, msg, data} = parsed.output;
    if (code === success) return {kind: 'success', data};
    return {kind: 'refusal', code: evidence(code, [appSecret]).slice(0, 20), message: evidence(msg, [appSecret])};
  }

  async function read<Schema extends v.GenericSchema>(
    path: string,
    body: string | undefined,
    schema: Schema,
    bounds: CallBounds,
  ) {
    const answer = await call(path, body, bounds);
    if (answer.kind === 'success') return readAnswer(path, schema, answer.data);
    const {code, message} = answer;
    throw new UpstreamError('refused', `${path} was refused: ${message || code}`, {code});
  }
}
