import {UpstreamError} from './port.ts';

/**
 * Reads an answer's body and stops at `limit` bytes, so that a broken or hostile platform cannot fill our memory.
 * @throws {UpstreamError} `too_large`.
 */
export async function readBytes(response: Response, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.body) return new Uint8Array();
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const {done, value} = await reader.read();
    if (done) return join(chunks, length);
    length += value.byteLength;
    if (length > limit) {
      // Not awaited: a stream that never ends its cancellation must not hold us.
      reader.cancel().catch(() => undefined);
      throw new UpstreamError('too_large', `The answer is longer than ${limit} bytes and was not read to its end.`);
    }
    chunks.push(value);
  }
}

/** {@link readBytes} as UTF-8 whatever charset the answer claims; a byte order mark is dropped, bad bytes replaced. */
export async function readText(response: Response, limit: number): Promise<string> {
  return new TextDecoder().decode(await readBytes(response, limit));
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
