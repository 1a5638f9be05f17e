import {lookup as systemLookup, type LookupAddress, type LookupOptions} from 'node:dns';
import {request as httpRequest} from 'node:http';
import {request as httpsRequest} from 'node:https';
import {isIP, type LookupFunction} from 'node:net';
import {isPublicAddress} from './public-address.ts';

export interface GuardedRequest {
  readonly url: string;
  readonly method: 'POST' | 'GET';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface GuardedAnswer {
  readonly status: number;
  /** The beginning of it, so many characters at most. */
  readonly text: string;
}

export interface GuardOptions {
  readonly allowPrivateAddresses: boolean;
  readonly signal: AbortSignal;
  /** For one try, from the question for the address to the end of the answer. */
  readonly patienceMs?: number;
  /** Default: the system's. */
  readonly lookup?: typeof systemLookup;
}

/** Why an address was not asked, or gave no answer, in words that tell nothing of what was sent. */
export class GuardedRequestError extends Error {
  override readonly name = 'GuardedRequestError';
}

const mostAnswerBytes = 16_384;
const defaultPatienceMs = 10_000;

/**
 * Asks an http(s) address once. The address that is connected to is checked, not the name: a name that pointed elsewhere a
 * moment ago gets nothing. Redirects are not followed: their answer is the answer.
 * @throws {GuardedRequestError}
 */
export async function guardedRequest(
  {url, method, headers, body}: GuardedRequest,
  {allowPrivateAddresses, signal, patienceMs = defaultPatienceMs, lookup = systemLookup}: GuardOptions,
): Promise<GuardedAnswer> {
  const target = new URL(url);
  if (target.protocol !== 'http:' && target.protocol !== 'https:') {
    throw new GuardedRequestError('Only http and https addresses are called.');
  }
  const host = target.hostname.replace(/^\[(.*)\]$/, '$1');
  // A name is checked when it is looked up; an address never is.
  if (isIP(host) && !allowPrivateAddresses && !isPublicAddress(host)) throw privateAddress();
  const patience = AbortSignal.timeout(patienceMs);
  const ended = AbortSignal.any([signal, patience]);
  try {
    return await new Promise<GuardedAnswer>((resolve, reject) => {
      const ask = target.protocol === 'https:' ? httpsRequest : httpRequest;
      const bytes = body === undefined ? undefined : Buffer.from(body, 'utf8');
      const request = ask(target, {
        method,
        headers: {...headers, ...(bytes && {'Content-Length': bytes.length}), 'Accept-Encoding': 'identity'},
        // A connection of its own: one that is kept was checked for another moment.
        agent: false,
        lookup: allowPrivateAddresses ? lookup : publicOnly(lookup),
        signal: ended,
      });
      request.once('error', reject);
      request.once('response', response => {
        const parts: Buffer[] = [];
        let size = 0;
        response.on('data', (part: Buffer) => {
          parts.push(part);
          size += part.length;
          if (size < mostAnswerBytes) return;
          finish();
          request.destroy();
        });
        response.once('end', finish);
        response.once('error', reject);
        function finish(): void {
          const text = Buffer.concat(parts).subarray(0, mostAnswerBytes).toString('utf8');
          resolve({status: response.statusCode ?? 0, text});
        }
      });
      request.end(bytes);
    });
  } catch (error) {
    if (error instanceof GuardedRequestError) throw error;
    throw new GuardedRequestError(reasonOf(error, ended));
  }
}

function publicOnly(lookup: typeof systemLookup): LookupFunction {
  return (hostname, options, answer) => {
    const all: LookupOptions & {all: true} = {...options, all: true};
    lookup(hostname, all, (error, addresses: readonly LookupAddress[]) => {
      if (error) return answer(error, []);
      // One that is not to be called makes the name suspicious as a whole.
      if (addresses.length === 0 || !addresses.every(({address}) => isPublicAddress(address))) {
        return answer(privateAddress(), []);
      }
      if (options.all) return answer(null, [...addresses]);
      const [{address, family}] = addresses as [LookupAddress];
      return answer(null, address, family);
    });
  };
}

function privateAddress(): GuardedRequestError {
  return new GuardedRequestError(
    'It leads to an address inside a private network, which is not called unless "allowPrivateAddresses" says so.',
  );
}

function reasonOf(error: unknown, ended: AbortSignal): string {
  if (ended.aborted) return 'It did not answer in time.';
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'Its name cannot be found.';
  if (code === 'ECONNREFUSED') return 'It refused the connection.';
  if (/CERT|TLS|SSL|SELF_SIGNED|ALTNAME/.test(code)) return 'Its certificate cannot be trusted.';
  return 'It cannot be reached, or broke the connection off.';
}
