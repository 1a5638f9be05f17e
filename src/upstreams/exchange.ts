import {readBytes, readText} from './bounded-body.ts';
import {AbortedError, DeadlineError, withDeadline} from './deadline.ts';
import {resolvePicture} from './picture-address.ts';
import {UpstreamError, type Picture} from './port.ts';

export interface CallBounds {
  readonly signal: AbortSignal;
  readonly milliseconds: number;
  /** Longest answer. */
  readonly bytes: number;
}

/** An answer whose status and text say what it is; nothing about it has been judged yet. */
export interface PlainAnswer {
  readonly status: number;
  readonly text: string;
  /** Asked too often: for so long the platform wants to be left alone. */
  readonly retryAfterMs?: number;
}

/**
 * Sends one request and reads its whole answer, within bounds. `name` stands for it in errors.
 * @throws {UpstreamError} `timeout`, `connection` (the caller's abort, too), `too_large`, and `unexpected_answer` for a
 * redirect: followed, it would carry the signature to somebody else.
 */
export async function exchange(
  fetch: typeof globalThis.fetch,
  name: string,
  url: string,
  request: Pick<RequestInit, 'method' | 'headers' | 'body'>,
  {signal, milliseconds, bytes}: CallBounds,
): Promise<PlainAnswer> {
  try {
    return await withDeadline(signal, milliseconds, async inner => {
      const response = await fetch(url, {...request, redirect: 'manual', signal: inner});
      refuseRedirect(name, response);
      const retryAfterMs = readRetryAfter(response);
      const text = await readText(response, bytes);
      return {status: response.status, text, ...(retryAfterMs !== undefined && {retryAfterMs})};
    });
  } catch (error) {
    throw asUpstreamError(name, error);
  }
}

/**
 * For how long a platform that is asked too often wants to be left alone; absent where it does not say that it is.
 * Source: RFC 9110, section 10.2.3; RFC 6585, section 4
 */
export function readRetryAfter(response: Response): number | undefined {
  const said = response.headers.get('retry-after')?.trim();
  if (response.status !== 429 && !(response.status === 503 && said)) return undefined;
  if (said && /^\d{1,9}$/.test(said)) return Number(said) * 1000;
  // A moment by its clock, not by ours.
  const wait = Date.parse(said ?? '') - Date.parse(response.headers.get('date') ?? new Date().toUTCString());
  return wait > 0 ? wait : usualRetryAfterMs;
}

const usualRetryAfterMs = 60_000;

/** @throws {UpstreamError} for an answer that says no more than that questions come too often */
export function refuseHurry(name: string, {status, retryAfterMs}: Omit<PlainAnswer, 'text'>): void {
  if (retryAfterMs === undefined) return;
  const seconds = Math.ceil(retryAfterMs / 1000);
  throw new UpstreamError(
    'unexpected_answer',
    `${name} was answered with HTTP status ${status}: it is asked too often, and wants ${seconds} s of peace.`,
    {retryAfterMs},
  );
}

/** Turns whatever ended a request into the error every read throws. */
export function asUpstreamError(name: string, error: unknown): UpstreamError {
  if (error instanceof UpstreamError) return error;
  if (error instanceof DeadlineError) return new UpstreamError('timeout', `${name}: ${error.message}`, {cause: error});
  if (error instanceof AbortedError) {
    return new UpstreamError('connection', `${name}: ${error.message}`, {cause: error});
  }
  return new UpstreamError('connection', `${name}: the shop could not be reached, or the connection broke.`, {
    cause: error,
  });
}

export function refuseRedirect(name: string, response: Response): void {
  if (response.type !== 'opaqueredirect' && (response.status < 300 || response.status >= 400)) return;
  response.body?.cancel().catch(() => undefined);
  throw new UpstreamError(
    'unexpected_answer',
    `${name} was redirected, which is not followed. Configure the shop's final address.`,
  );
}

/**
 * Fetches a picture that the catalogue named.
 * @throws {UpstreamError} `absent`, `refused` for an address no server should ask, and as {@link exchange}.
 */
export async function fetchPicture(
  fetch: typeof globalThis.fetch,
  url: string,
  origin: string,
  {signal, milliseconds, bytes}: CallBounds,
): Promise<Picture> {
  const address = resolvePicture(url, origin);
  if (address === undefined) {
    throw new UpstreamError('refused', `${JSON.stringify(url)} is no address to fetch a picture from.`);
  }
  const name = `The picture ${address}`;
  try {
    return await withDeadline(signal, milliseconds, async inner => {
      const response = await fetch(address, {headers: {accept: 'image/*'}, redirect: 'manual', signal: inner});
      if (response.status === 404) throw new UpstreamError('absent', `There is no picture at ${address}.`);
      refuseRedirect(name, response);
      if (response.status !== 200) {
        response.body?.cancel().catch(() => undefined);
        throw new UpstreamError('unexpected_answer', `${name} was answered with HTTP status ${response.status}.`);
      }
      const mediaType = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
      if (!mediaType.startsWith('image/')) {
        throw new UpstreamError(
          'unexpected_answer',
          `${address} is ${mediaType || 'of no named type'}, not a picture.`,
        );
      }
      return {mediaType, bytes: await readBytes(response, bytes)};
    });
  } catch (error) {
    throw asUpstreamError(name, error);
  }
}
