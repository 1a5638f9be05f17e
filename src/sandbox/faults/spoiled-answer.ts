import {ConnectionDropped} from '../connection-dropped.ts';
import type {Strike} from './fault-box.ts';

const megabyte = 1_048_576;
const chunkBytes = 65_536;

/** What is left of an answer after the faults that are about its bytes. */
export async function spoiled(response: Response, strike: Strike, endpoint: string): Promise<Response> {
  const cut = strike.get('cut-answer');
  const short = strike.get('short-answer');
  if (cut ?? short) {
    const body = new Uint8Array(await response.arrayBuffer());
    const left = body.slice(0, Math.min((cut ?? short)!.bytes ?? body.length >> 1, Math.max(0, body.length - 1)));
    return cut ? cutOff(response, left, body.length, endpoint) : withBody(response, left);
  }
  if (strike.has('gzip-bomb')) return bomb();
  if (strike.has('huge-answer')) return new Response(spaces(100 * megabyte), {headers: jsonType});
  if (strike.has('wrong-charset'))
    return withBody(response, response.body, {'content-type': 'application/json; charset=gb2312'});
  return response;
}

const jsonType = {'content-type': 'application/json'};

function withBody(response: Response, body: BodyInit | null, more: Readonly<Record<string, string>> = {}): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  return new Response(body, {status: response.status, headers});
}

/** Announces the whole body, sends what is left, and breaks. */
function cutOff(response: Response, left: Uint8Array<ArrayBuffer>, announced: number, endpoint: string): Response {
  let isSent = left.length === 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (isSent) controller.error(new ConnectionDropped(endpoint));
      else controller.enqueue(left);
      isSent = true;
    },
  });
  return withBody(response, body, {'content-length': String(announced)});
}

/** Packed once, when it is first asked for. */
let packed: Promise<ArrayBuffer> | undefined;

async function bomb(): Promise<Response> {
  packed ??= new Response(spaces(256 * megabyte).pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
  return new Response(await packed, {headers: {...jsonType, 'content-encoding': 'gzip'}});
}

/** Made as it is read: whoever stops reading stops the making. */
function spaces(bytes: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunk = new Uint8Array(chunkBytes).fill(0x20);
  let left = bytes;
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(left < chunkBytes ? chunk.subarray(0, left) : chunk);
      left -= chunkBytes;
      if (left <= 0) controller.close();
    },
  });
}
