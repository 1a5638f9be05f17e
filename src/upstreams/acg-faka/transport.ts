import * as v from 'valibot';
import {readText} from '../bounded-body.ts';
import {withDeadline} from '../deadline.ts';
import {readJson} from '../json-answer.ts';
import {UpstreamError} from '../port.ts';
import {envelope} from './answers.ts';
import {asUpstreamError, readRetryAfter, refuseHurry, refuseRedirect, type CallBounds} from '../exchange.ts';
import {evidence} from '../evidence.ts';
import {encodeForm, sign, type FormFields} from './sign.ts';

/** What the shop said: the data of a success, or its words of refusal. */
export type Answer =
  {readonly kind: 'success'; readonly data: unknown} | {readonly kind: 'refusal'; readonly message: string};

/**
 * Sends one signed call, such as `commodity/stock`, and reads its answer.
 * @throws {UpstreamError} when there is no answer that can be relied on: `timeout`, `connection` (the caller's abort, too),
 * `not_json`, `unexpected_answer`, `too_large`.
 */
export type Call = (endpoint: string, fields: FormFields, bounds: CallBounds) => Promise<Answer>;

export interface TransportOptions {
  readonly origin: string;
  readonly appId: string;
  readonly appKey: string;
  readonly fetch: typeof fetch;
}

export function createTransport({origin, appId, appKey, fetch}: TransportOptions): Call {
  return async (endpoint, fields, bounds) => {
    const text = await send(endpoint, fields, bounds);
    return readEnvelope(endpoint, text, [appKey]);
  };

  async function send(
    endpoint: string,
    fields: FormFields,
    {signal, milliseconds, bytes}: CallBounds,
  ): Promise<string> {
    const signed: FormFields = [['app_id', appId], ...fields];
    const body = encodeForm([...signed, ['sign', sign(signed, appKey)]]);
    try {
      return await withDeadline(signal, milliseconds, async inner => {
        const response = await fetch(`${origin}/shared/${endpoint}`, {
          method: 'POST',
          headers: {
            accept: 'application/json',
            // Newer shops translate their refusals into the language asked for; those known here are the source’s own.
            'accept-language': 'zh-CN',
            'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
          },
          body,
          redirect: 'manual',
          signal: inner,
        });
        checkStatus(endpoint, response);
        return readText(response, bytes);
      });
    } catch (error) {
      throw asUpstreamError(endpoint, error);
    }
  }
}

/**
 * The shop itself answers 200, whatever happened. Anything else comes from something in front of it: 404 and 405 are what
 * the shop's own page for a missing endpoint becomes there.
 */
function checkStatus(endpoint: string, response: Response): void {
  if (response.status === 200) return;
  refuseRedirect(endpoint, response);
  response.body?.cancel().catch(() => undefined);
  const retryAfterMs = readRetryAfter(response);
  refuseHurry(endpoint, {status: response.status, ...(retryAfterMs !== undefined && {retryAfterMs})});
  throw new UpstreamError(
    response.status === 404 || response.status === 405 ? 'not_json' : 'unexpected_answer',
    `${endpoint} was answered with HTTP status ${response.status}.`,
  );
}

function readEnvelope(endpoint: string, text: string, secrets: readonly string[]): Answer {
  const json = readJson(endpoint, {status: 200, text}, secrets);
  const parsed = v.safeParse(envelope, json);
  if (!parsed.success) throw new UpstreamError('unexpected_answer', `${endpoint} answered JSON without code and msg.`);
  const {code, msg, data} = parsed.output;
  if (code === '200') return {kind: 'success', data};
  if (code === '0' && msg !== undefined) return {kind: 'refusal', message: evidence(msg ?? '', secrets)};
  throw new UpstreamError(
    'unexpected_answer',
    `${endpoint} answered the unknown code ${evidence(code, secrets).slice(0, 20)}.`,
  );
}
