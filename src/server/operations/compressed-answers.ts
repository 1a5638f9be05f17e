import {promisify} from 'node:util';
import {brotliCompress, constants, gzip} from 'node:zlib';
import type {Context, MiddlewareHandler} from 'hono';
import {accepts} from 'hono/accepts';
import {LRUCache} from 'lru-cache';

/** The better one first. */
const encoders = {
  br: (text: string) => promisify(brotliCompress)(text, {params: {[constants.BROTLI_PARAM_QUALITY]: 5}}),
  gzip: (text: string) => promisify(gzip)(text),
};
type Encoding = keyof typeof encoders;
const encodings = Object.keys(encoders) as Encoding[];
const mostBytes = 16 * 2 ** 20;

/**
 * Compresses answers that are the same for everybody, each once: whoever asks next gets the same bytes. Their strong
 * validators tell them apart; an answer without one goes out as it is. Only for Node: other hosts compress by themselves.
 * Source: RFC 9110 §8.4, §8.8.3, §12.5.3
 */
export function compressAnswers(): MiddlewareHandler {
  const compressed = new LRUCache<string, Uint8Array<ArrayBuffer>, {encoding: Encoding; res: Response}>({
    maxSize: mostBytes,
    sizeCalculation: ({length}) => length,
    fetchMethod: async (_key, _stale, {context: {encoding, res}}) =>
      new Uint8Array(await encoders[encoding](await res.text())),
  });
  return async (c, next) => {
    await next();
    const {res} = c;
    // Also where nothing is compressed: a 304 stands for all copies, and a cache keeps what it says of them.
    res.headers.append('Vary', 'Accept-Encoding');
    const etag = res.headers.get('ETag');
    const encoding = chosenEncoding(c);
    if (res.status !== 200 || c.req.method === 'HEAD' || !etag?.startsWith('"') || !encoding) return;
    const headers = new Headers(res.headers);
    headers.set('Content-Encoding', encoding);
    headers.set('ETag', `W/${etag}`);
    const bytes = await compressed.fetch(`${encoding} ${etag}`, {context: {encoding, res}});
    // One answer put in another's place is given its headers, and copied for it.
    c.res = undefined;
    c.res = new Response(bytes, {headers});
  };
}

/** The best that is taken at all: what a client likes better is known to none of them. */
function chosenEncoding(c: Context): Encoding | undefined {
  const chosen = accepts(c, {
    header: 'Accept-Encoding',
    supports: encodings,
    default: '',
    match: given =>
      encodings.find(encoding => given.some(({type, q}) => type.toLowerCase() === encoding && q > 0)) ?? '',
  });
  return encodings.find(encoding => encoding === chosen);
}
