import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {gzipSync} from 'node:zlib';
import type {Sandbox} from '../../../src/sandbox/index.ts';

/** What a platform answered, before anybody meddled with it. */
export interface HonestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Something between a platform and us that spoils one answer. */
export interface Meddling {
  /** Whether the platform gets to see the request at all. */
  readonly reachesPlatform: boolean;
  answer(honest: HonestAnswer, outgoing: ServerResponse): void | Promise<void>;
}

/** A sandbox behind real HTTP, with somebody on the line. Faults of transport are made here, for every protocol alike. */
export interface Meddler {
  readonly url: string;
  /** Spoils the answers to the requests that match, until told otherwise. */
  meddle(meddling: Meddling, matches: (method: string, path: string) => boolean): void;
  leaveAlone(): void;
  /** The longest body that a matching request was honestly answered with. */
  readonly longestBody: number;
  close(): Promise<void>;
}

export async function startMeddler(sandbox: Sandbox): Promise<Meddler> {
  let current: {meddling: Meddling; matches: (method: string, path: string) => boolean} | undefined;
  let longestBody = 0;
  const server = createServer((incoming, outgoing) => {
    outgoing.on('error', () => undefined);
    // Cut by a fault, or broken in the sandbox itself: the adapter sees the same, and the case says which was meant.
    handle(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const method = incoming.method ?? 'GET';
    const path = incoming.url ?? '/';
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const meddling = current?.matches(method, path) ? current.meddling : undefined;
    if (meddling && !meddling.reachesPlatform) {
      return meddling.answer({status: 200, headers: {}, body: Buffer.alloc(0)}, outgoing);
    }
    const response = await sandbox.fetch(
      new Request(url + path, {
        method,
        headers: Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
        ...(body.length > 0 && {body}),
      }),
    );
    const honest: HonestAnswer = {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    };
    if (!meddling) return send(honest, outgoing);
    longestBody = Math.max(longestBody, honest.body.length);
    return meddling.answer(honest, outgoing);
  }

  return {
    url,
    meddle(meddling, matches) {
      current = {meddling, matches};
    },
    leaveAlone() {
      current = undefined;
    },
    get longestBody() {
      return longestBody;
    },
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

function send({status, headers, body}: HonestAnswer, outgoing: ServerResponse): void {
  outgoing.writeHead(status, {...headers, 'content-length': String(body.length)});
  outgoing.end(body);
}

/** Lets everything through and only looks. */
export const watch: Meddling = {reachesPlatform: true, answer: send};

/** The connection breaks after so many bytes of the answer's body. */
export function cutAfter(bytes: number): Meddling {
  return {
    reachesPlatform: true,
    answer({status, headers, body}, outgoing) {
      outgoing.writeHead(status, {...headers, 'content-length': String(body.length)});
      outgoing.write(body.subarray(0, Math.min(bytes, body.length - 1)), () => outgoing.destroy());
    },
  };
}

/** The answer ends after so many bytes as if that were all. */
export function endAfter(bytes: number): Meddling {
  return {
    reachesPlatform: true,
    answer: ({body, ...rest}, outgoing) =>
      send({...rest, body: body.subarray(0, Math.min(bytes, body.length - 1))}, outgoing),
  };
}

/** Nothing is answered, for ever; the platform has done what it was asked. */
export const silence: Meddling = {reachesPlatform: true, answer: () => undefined};

/** A page in place of the answer. */
export function htmlPage(reachesPlatform: boolean): Meddling {
  const body = Buffer.from('<!doctype html><title>Just a moment…</title><p>Checking your browser</p>');
  return {
    reachesPlatform,
    answer: (_honest, outgoing) => send({status: 200, headers: {'content-type': 'text/html'}, body}, outgoing),
  };
}

/** A small answer that unpacks to 256 MB. */
export const gzipBomb: Meddling = {
  reachesPlatform: true,
  answer: (_honest, outgoing) =>
    send(
      {status: 200, headers: {'content-type': 'application/json', 'content-encoding': 'gzip'}, body: packedBomb()},
      outgoing,
    ),
};

let packed: Buffer | undefined;
function packedBomb(): Buffer {
  packed ??= gzipSync(Buffer.alloc(256 * 1_048_576, 0x20));
  return packed;
}

/** Writes on until 100 MB or until the reader has enough, and says how much was taken. */
export function hundredMegabytes(): Meddling & {readonly written: () => number; readonly ended: Promise<void>} {
  const {promise: ended, resolve: end} = Promise.withResolvers<void>();
  const chunk = Buffer.alloc(65_536, 0x20);
  let written = 0;
  return {
    reachesPlatform: true,
    written: () => written,
    ended,
    answer(_honest, outgoing) {
      outgoing.on('close', end);
      outgoing.writeHead(200, {'content-type': 'application/json'});
      const more = (): void => {
        if (outgoing.destroyed) return;
        if (written >= 100 * 1_048_576) return void outgoing.end();
        written += chunk.length;
        outgoing.write(chunk, error => {
          if (!error) more();
        });
      };
      more();
    },
  };
}

/** Says a charset that is not the one the bytes are in. */
export function declaredAs(charset: string): Meddling {
  return {
    reachesPlatform: true,
    answer: (honest, outgoing) =>
      send({...honest, headers: {...honest.headers, 'content-type': `application/json; charset=${charset}`}}, outgoing),
  };
}
