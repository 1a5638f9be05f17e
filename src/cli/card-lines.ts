import {createReadStream} from 'node:fs';
import {Readable} from 'node:stream';
import {CsvError, parse, type Info} from 'csv-parse';
import {longestCard, type CardLine} from '../server/own-stock/import-cards.ts';

export type CardEncoding = 'utf-8' | 'gb18030';

export interface CardFile {
  /** `-`: standard input. */
  readonly path: string;
  readonly format: 'txt' | 'csv';
  readonly encoding: CardEncoding;
}

/** A file that cannot be read any further. Its message holds nothing of what stands in it. */
export class CardFileError extends Error {
  override readonly name = 'CardFileError';
}

/** The lines of a file of cards, one after the other: the file may be larger than the memory. */
export async function* cardLines({path, format, encoding}: CardFile): AsyncGenerator<CardLine> {
  const bytes: Readable = path === '-' ? process.stdin : createReadStream(path, {highWaterMark: 256 * 1024});
  const texts = decoded(bytes, encoding);
  yield* format === 'csv' ? recordsOf(texts) : linesOf(texts);
}

/** What cannot be read becomes U+FFFD, so that the line is found. The byte order mark is left out. */
async function* decoded(bytes: Readable, encoding: CardEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes as AsyncIterable<Uint8Array>) yield decoder.decode(chunk, {stream: true});
  yield decoder.decode();
}

/** A card a line, ended by CRLF, LF or CR. */
export async function* linesOf(texts: AsyncIterable<string>): AsyncGenerator<CardLine> {
  let [line, rest, isTooLong] = [0, '', false];
  const ended = (text: string): CardLine => {
    line++;
    const tooLong = isTooLong || text.length > longestCard;
    isTooLong = false;
    return tooLong ? {line, problem: 'too_long'} : {line, text};
  };
  for await (const text of texts) {
    rest += text;
    // A CR at the end may be half of a CRLF.
    const held = rest.endsWith('\r') ? '\r' : '';
    const parts = (held ? rest.slice(0, -1) : rest).split(/\r\n|\n|\r/);
    rest = parts.pop()!;
    for (const part of parts) yield ended(part);
    if (rest.length > longestCard) [rest, isTooLong] = ['', true];
    rest += held;
  }
  if (rest.endsWith('\r')) yield ended(rest.slice(0, -1));
  else if (rest !== '' || isTooLong) yield ended(rest);
}

const cardNames = /^(?:card|code|key|cdk|cdkey|link|url|卡密|兑换码|激活码|序列号|密钥|链接)$/i;
const numberNames = /^(?:number|card number|卡号|账号)$/i;
const passwordNames = /^(?:password|pin|密码|卡密)$/i;

/** Where in a row a card stands. */
type Columns = ({readonly card: number} | {readonly number: number; readonly password: number}) & {
  /** Cells of every row, where no first row has named them. */
  readonly width?: number;
};

/**
 * A card a row: one column is the card, two are its number and its password. A first row that names its columns says
 * which are meant, and the others are left out.
 */
export async function* recordsOf(texts: AsyncIterable<string>): AsyncGenerator<CardLine> {
  let last = 0;
  const parser = Readable.from(texts).pipe(
    parse({
      info: true,
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: 50 * longestCard,
      // Told before the row is read from the stream: an error overtakes rows that wait there.
      on_record(row, {lines}) {
        last = lines;
        return row;
      },
    }),
  );
  let columns: Columns | undefined;
  try {
    for await (const row of parser as AsyncIterable<{record: readonly string[]; info: Info}>) {
      const {record, info} = row;
      if (record.length === 1 && record[0] === '') {
        yield {line: info.lines, text: ''};
        continue;
      }
      if (!columns) {
        columns = namedColumns(record);
        if (columns) continue;
        // A number that has lost its password must not be taken for a card.
        columns = record.length === 1 ? {card: 0, width: 1} : {number: 0, password: 1, width: 2};
      }
      yield cardOf(record, columns, info.lines);
    }
  } catch (error) {
    if (error instanceof CsvError) throw new CardFileError(csvMistake(error, last + 1));
    throw error;
  }
}

function namedColumns(record: readonly string[]): Columns | undefined {
  const find = (names: RegExp) => record.findIndex(cell => names.test(cell.trim()));
  const [number, password, card] = [find(numberNames), find(passwordNames), find(cardNames)];
  if (number >= 0 && password >= 0) return {number, password};
  return card >= 0 ? {card} : undefined;
}

function cardOf(record: readonly string[], {width, ...columns}: Columns, line: number): CardLine {
  const cells = Object.values(columns).map(index => record[index]?.trim() ?? '');
  const isRagged = width !== undefined && record.length !== width;
  if (isRagged || cells.some(cell => cell === '')) return {line, problem: 'wrong_columns'};
  if (cells.some(cell => /[\r\n]/.test(cell))) return {line, problem: 'line_break'};
  const text = 'card' in columns ? cells[0]! : `卡号：${cells[0]} 密码：${cells[1]}`;
  return text.length > longestCard ? {line, problem: 'too_long'} : {line, text};
}

/** The parser's own messages quote the file, and are about where it stopped and not about where the row began. */
function csvMistake({code}: CsvError, line: number): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return `The row in line ${line} has no end: the file is cut off, or a quote is left open.`;
    case 'CSV_MAX_RECORD_SIZE':
      return `The row in line ${line} has no end within a million characters; is a quote left open?`;
    default:
      return `The row in line ${line} has a quote where none may be; a quote within a cell is written twice.`;
  }
}
