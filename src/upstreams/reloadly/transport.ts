import * as v from 'valibot';
import {evidence} from '../evidence.ts';
import {exchange, type CallBounds} from '../exchange.ts';
import {readJson} from '../json-answer.ts';
import {UpstreamError} from '../port.ts';
import {addressOf, createRestTransport, nameOf, type Answer, type Question, type Transport} from '../rest.ts';
import {refusal} from './answers.ts';
import type {Tokens} from './tokens.ts';

const mediaType = 'application/com.reloadly.giftcards-v1+json';

export interface TransportOptions {
  readonly origin: string;
  readonly tokens: Tokens;
  readonly fetch: typeof fetch;
}

export function createTransport({origin, tokens, fetch}: TransportOptions): Transport {
  return createRestTransport(call, (_code, status) => readRefusal(status));

  /** A token that is not taken was looked at before anything else was done: with a new one the question is put again, once. */
  async function call(question: Question, bounds: CallBounds): Promise<Answer> {
    const token = await tokens.get(bounds.signal);
    const answer = await send(question, token, bounds);
    const isStale = answer.kind === 'refusal' && answer.status === 401 && answer.code === 'INVALID_TOKEN';
    if (!isStale) return answer;
    tokens.drop(token);
    return send(question, await tokens.get(bounds.signal), bounds);
  }

  async function send(question: Question, token: string, bounds: CallBounds): Promise<Answer> {
    const {method, body} = question;
    const name = nameOf(question);
    const answer = await exchange(
      fetch,
      name,
      addressOf(origin, question),
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
}

/** What a refused read was refused for. */
function readRefusal(status: number): UpstreamError['reason'] {
  if (status === 401) return 'credentials';
  if (status === 404) return 'absent';
  return status === 400 || status === 403 ? 'refused' : 'unexpected_answer';
}
