import * as v from 'valibot';
import {evidence} from '../evidence.ts';
import {exchange, refuseHurry, type CallBounds, type PlainAnswer} from '../exchange.ts';
import {readJson} from '../json-answer.ts';
import {UpstreamError} from '../port.ts';
import {addressOf, createRestTransport, nameOf, type Answer, type Question, type Transport} from '../rest.ts';
import {envelope, refusal} from './answers.ts';
import {readRefusal} from './refusals.ts';
import {sign} from './sign.ts';

export const basePath = '/api/v1/upstream';

export interface TransportOptions {
  readonly origin: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly fetch: typeof fetch;
  readonly now: () => number;
}

export function createTransport({origin, apiKey, apiSecret, fetch, now}: TransportOptions): Transport {
  return createRestTransport(call, readRefusal);

  async function call(question: Question, bounds: CallBounds): Promise<Answer> {
    const {method, path, body} = question;
    const bytes = new TextEncoder().encode(body ?? '');
    const timestamp = String(Math.floor(now() / 1000));
    const fullPath = `${basePath}${path}`;
    const name = nameOf(question);
    const answer = await exchange(
      fetch,
      name,
      addressOf(`${origin}${basePath}`, question),
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
