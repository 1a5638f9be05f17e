import type {CardLine} from '../platform/supply.ts';

/** More than any supplier brings at once, and no more than fits into memory beside everything else. */
const mostLines = 500_000;
const longestLine = 2000;

/** An upload that cannot be read; none of its lines has been taken in. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
}

/**
 * Reads one card a line out of UTF-8 as it arrives. Space around a card is not part of it, empty lines count and are
 * left out.
 * @throws {UploadError} when a line is too long, there are too many, or the bytes are no UTF-8
 */
export async function readCardLines(body: ReadableStream<Uint8Array>): Promise<readonly CardLine[]> {
  const decoder = new TextDecoder('utf-8', {fatal: true});
  const cards: CardLine[] = [];
  let line = 0;
  let rest = '';
  const take = (text: string): void => {
    line += 1;
    if (line > mostLines) throw new UploadError(`An upload holds at most ${mostLines} lines; send the rest by itself.`);
    const secret = text.trim();
    if (secret.length > longestLine) {
      throw new UploadError(`Line ${line} is longer than ${longestLine} characters; one card stands on each line.`);
    }
    if (secret !== '') cards.push({line, secret});
  };
  for await (const chunk of chunksOf(body)) {
    const lines = (rest + decoded(() => decoder.decode(chunk, {stream: true}), line)).split('\n');
    rest = lines.pop()!;
    for (const text of lines) take(text);
    if (rest.length > longestLine * 2) take(rest);
  }
  take(rest + decoded(() => decoder.decode(), line));
  return cards;
}

function decoded(decode: () => string, line: number): string {
  try {
    return decode();
  } catch {
    throw new UploadError(`What follows line ${line} is no UTF-8.`);
  }
}

/** Not every engine lets a stream be iterated. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    await reader.cancel();
  }
}
