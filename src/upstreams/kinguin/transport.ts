import * as v from 'valibot';
import {evidence} from '../evidence.ts';
import {exchange, type CallBounds} from '../exchange.ts';
import {readJson} from '../json-answer.ts';
import {UpstreamError} from '../port.ts';
import {addressOf, createRestTransport, nameOf, type Answer, type Question, type Transport} from '../rest.ts';
import {problem} from './answers.ts';
import {readRefusal} from './refusals.ts';

export const basePath = '/esa/api';

export interface TransportOptions {
  readonly origin: string;
  readonly apiKey: string;
  readonly fetch: typeof fetch;
}

/** Nothing is signed: the key itself goes along with every question. */
export function createTransport({origin, apiKey, fetch}: TransportOptions): Transport {
  return createRestTransport(call, readRefusal);

  async function call(question: Question, bounds: CallBounds): Promise<Answer> {
    const {method, body} = question;
    const name = nameOf(question);
    const answer = await exchange(
      fetch,
      name,
      addressOf(`${origin}${basePath}`, question),
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
}
