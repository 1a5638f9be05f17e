import autocannon from 'autocannon';
import {paceOf, type Pace} from './in-parallel.ts';

export interface LoadedRequest {
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface LoadOptions {
  /** One for each process; the connections are spread over them. */
  readonly urls: readonly string[];
  readonly connections: number;
  /** How long, or how many requests. */
  readonly until: {readonly seconds: number} | {readonly requests: number};
  /** What is asked next. */
  readonly next: () => LoadedRequest;
}

/**
 * Loads servers with requests, each connection with the next as soon as the one before is answered.
 * @throws {Error} when one is not answered by 2xx: the figure would mean nothing
 */
export async function load({urls, connections, until, next}: LoadOptions): Promise<Pace> {
  const times: number[] = [];
  let [first, last] = [Infinity, 0];
  await Promise.all(
    urls.map(async url => {
      const {promise, resolve, reject} = Promise.withResolvers<autocannon.Result>();
      const run = autocannon(
        {
          url,
          connections: Math.ceil(connections / urls.length),
          ...('seconds' in until ? {duration: until.seconds} : {amount: Math.ceil(until.requests / urls.length)}),
          requests: [{setupRequest: request => ({...request, ...asAutocannon(next())})}],
        },
        (error: Error | null, result) => (error ? reject(error) : resolve(result)),
      );
      run.on('response', (_client, status, _bytes, time) => {
        if (status < 200 || status > 299)
          reject(new Error(`${url} answered by ${status}: the figure would mean nothing.`));
        last = performance.now();
        first = Math.min(first, last - time);
        times.push(time);
      });
      const {errors, timeouts} = await promise;
      if (errors + timeouts > 0) throw new Error(`${url} did not answer ${errors + timeouts} requests.`);
    }),
  );
  return paceOf(times, last - first);
}

function asAutocannon({path, method = 'GET', headers = {}, body}: LoadedRequest) {
  return {
    path,
    method,
    headers: {...headers, ...(body !== undefined && {'Content-Type': 'application/json'})},
    ...(body !== undefined && {body}),
  };
}
