import * as v from 'valibot';
import {withDeadline} from '../deadline.ts';
import {asUpstreamError, exchange} from '../exchange.ts';
import {readJson} from '../json-answer.ts';
import {UpstreamError} from '../port.ts';
import {readAnswer} from '../answer-schemas.ts';
import {refusal, token as tokenSchema} from './answers.ts';

/** Bearer tokens of one account, had when they are needed and kept until shortly before they end. */
export interface Tokens {
  /** @throws {UpstreamError} `credentials` when the account is not let in. */
  get(signal: AbortSignal): Promise<string>;
  /** The token was not taken: the next question for one asks for another. */
  drop(token: string): void;
}

export interface TokenOptions {
  readonly authOrigin: string;
  /** What the token opens. */
  readonly audience: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly fetch: typeof fetch;
  readonly now: () => number;
  readonly milliseconds: number;
}

const path = '/oauth/token';
const name = `POST ${path}`;
const longestAnswer = 65_536;
const earliestRenewalMs = 24 * 3_600_000;
/** Whoever waits for a token may stop waiting; the question goes on for the others. */
const everybody = new AbortController().signal;

/** One question for a token is under way at a time, and all who need it wait for that one. */
export function createTokens(options: TokenOptions): Tokens {
  const {authOrigin, audience, clientId, clientSecret, fetch, now, milliseconds} = options;
  let kept: {readonly token: string; readonly until: number} | undefined;
  let coming: Promise<string> | undefined;
  return {
    async get(signal) {
      if (kept && now() < kept.until) return kept.token;
      coming ??= ask().finally(() => {
        coming = undefined;
      });
      const answer = coming;
      try {
        return await withDeadline(signal, milliseconds, () => answer);
      } catch (error) {
        throw asUpstreamError(name, error);
      }
    },
    drop(token) {
      if (kept?.token === token) kept = undefined;
    },
  };

  async function ask(): Promise<string> {
    const body = {client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials', audience};
    const headers = {accept: 'application/json', 'content-type': 'application/json'};
    const answer = await exchange(
      fetch,
      name,
      `${authOrigin}${path}`,
      {method: 'POST', headers, body: JSON.stringify(body)},
      {signal: everybody, milliseconds, bytes: longestAnswer},
    );
    const {status} = answer;
    const data = readJson(name, answer, [clientSecret]);
    const said = status === 401 ? v.safeParse(refusal, data) : undefined;
    if (said?.success) {
      throw new UpstreamError('credentials', `${name}: the client id and secret were not accepted.`, {
        code: said.output.errorCode || undefined,
      });
    }
    if (status !== 200)
      throw new UpstreamError('unexpected_answer', `${name} was answered with HTTP status ${status}.`);
    const {access_token: token, expires_in: seconds} = readAnswer(name, tokenSchema, data);
    const lifeMs = seconds * 1000;
    kept = {token, until: now() + lifeMs - Math.min(earliestRenewalMs, lifeMs / 10)};
    return token;
  }
}
