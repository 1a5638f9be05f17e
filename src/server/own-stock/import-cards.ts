import {isPlaceholder, saysDone} from '../../domain/fulfilment.ts';
import type {Clock} from '../clock.ts';
import type {OwnCardRecord} from '../persistence/records.ts';
import type {Store, Transaction} from '../persistence/store.ts';
import {newId} from '../security/ids.ts';
import type {KeyRing} from '../security/key-ring.ts';
import {ownFingerprints, sealOwnCard} from './seal-own-card.ts';

/** Longest card, in UTF-16 units: a QR code as a data URL fits in. */
export const longestCard = 20_000;

/** A line of a file: a card, or what was wrong with it already when it was read. */
export type CardLine =
  | {readonly line: number; readonly text: string}
  | {readonly line: number; readonly problem: 'too_long' | 'wrong_columns' | 'line_break'};

/** Why a line is no card that can be put into stock. `empty` alone is nothing to worry about. */
export type LineProblem =
  | 'empty'
  | 'too_long'
  | 'wrong_columns'
  /** A card of several lines would come apart when it is sold with others. */
  | 'line_break'
  /** It has signs that no text has, or the file is in another encoding. */
  | 'unreadable'
  /** An apology, or a sentence that something was done, is nobody's card. */
  | 'no_card'
  | 'repeated'
  | 'in_stock'
  /** It was delivered before, to whomever. */
  | 'sold_before';

export interface ProblemLine {
  readonly line: number;
  readonly problem: LineProblem;
  /** The earlier line with the same card, of this file. */
  readonly sameAs?: number;
}

export interface ImportReport {
  /** Lines that were read. */
  readonly lines: number;
  /** Cards that are in stock by this import, or would be. */
  readonly cards: number;
  /** How often each problem came up. */
  readonly problems: Readonly<Partial<Record<LineProblem, number>>>;
  /** The first of them. */
  readonly problemLines: readonly ProblemLine[];
  /** Whether the cards are in stock now. */
  readonly kept: boolean;
}

export interface ImportOptions {
  readonly connectionId: string;
  readonly goodCode: string;
  /** Keeps the good lines where others are not. Otherwise it is all or nothing. */
  readonly skipBad?: boolean | undefined;
  /** Does everything and keeps nothing. */
  readonly dryRun?: boolean | undefined;
  /** Everybody gets the one card: a file with more is refused. */
  readonly reusable?: boolean | undefined;
  /** Called after every chunk with how many lines were read by now. */
  readonly onProgress?: ((lines: number) => void) | undefined;
  /** Done in the same transaction when the cards are kept. */
  readonly onKept?: ((tx: Transaction) => Promise<void>) | undefined;
}

interface ImportPorts {
  readonly store: Store;
  readonly keys: KeyRing;
  readonly clock: Clock;
}

/** Cards per statement. */
const chunkSize = 1000;
const mostProblemLines = 1000;

/** More than one card for a good that has one for everybody. Nothing was imported. */
export class TooManyCardsError extends Error {
  override readonly name = 'TooManyCardsError';
}

/**
 * Puts the cards of a file into own stock, in one transaction: all of it or nothing, also when it is killed. Only a chunk
 * of them is in memory at a time, and what is the same as what is told by the database, by keyed hashes.
 * @param lines opens the file; again where the database wants the transaction to be run again
 */
export async function importCards(
  ports: ImportPorts,
  options: ImportOptions,
  lines: () => AsyncIterable<CardLine>,
): Promise<ImportReport> {
  try {
    return await ports.store.transaction(async tx => {
      const report = await readInto(ports, tx, options, lines());
      if (!report.kept) throw new NotKept(report);
      await options.onKept?.(tx);
      return report;
    });
  } catch (error) {
    if (error instanceof NotKept) return error.report;
    throw error;
  }
}

/** Ends a transaction of which nothing is to be kept. */
class NotKept extends Error {
  readonly report: ImportReport;

  constructor(report: ImportReport) {
    super('Nothing was imported.');
    this.report = report;
  }
}

async function readInto(
  ports: ImportPorts,
  tx: Transaction,
  options: ImportOptions,
  lines: AsyncIterable<CardLine>,
): Promise<ImportReport> {
  await tx.claimImport();
  const importId = newId('imp');
  const problems: Partial<Record<LineProblem, number>> = {};
  const problemLines: ProblemLine[] = [];
  let [read, cards] = [0, 0];
  for await (const chunk of chunksOf(lines)) {
    const {fresh, bad} = await sort(ports.keys, tx, importId, chunk);
    for (const each of bad) {
      problems[each.problem] = (problems[each.problem] ?? 0) + 1;
      if (problemLines.length < mostProblemLines) problemLines.push(each);
    }
    cards += fresh.length;
    if (options.reusable && cards > 1) {
      throw new TooManyCardsError(
        `${options.goodCode} is reusable: everybody gets its one card, and the file has more. Nothing was imported.`,
      );
    }
    await tx.insertOwnCards(await Promise.all(fresh.map(seal)));
    read += chunk.length;
    options.onProgress?.(read);
  }
  const isClean = Object.keys(problems).every(problem => problem === 'empty');
  const kept = cards > 0 && !options.dryRun && (isClean || options.skipBad === true);
  return {lines: read, cards, problems, problemLines, kept};

  function seal({line, text, fingerprint}: FreshCard): Promise<OwnCardRecord> {
    const {connectionId, goodCode} = options;
    return sealOwnCard(ports.keys, text, {
      connectionId,
      goodCode,
      fingerprint,
      importId,
      line,
      importedAt: ports.clock.now(),
    });
  }
}

interface FreshCard {
  readonly line: number;
  readonly text: string;
  readonly fingerprint: string;
}

/** Tells the cards that are new from all other lines, in the order of the file. */
async function sort(keys: KeyRing, tx: Transaction, importId: string, chunk: readonly CardLine[]) {
  const fresh: FreshCard[] = [];
  const bad: ProblemLine[] = [];
  const candidates: {line: number; text: string; fingerprints: readonly string[]}[] = [];
  for (const each of chunk) {
    const problem = 'problem' in each ? each.problem : problemOf(each.text);
    if (problem !== undefined) bad.push({line: each.line, problem});
    else if ('text' in each) candidates.push({line: each.line, text: each.text.trim(), fingerprints: []});
  }
  await Promise.all(
    candidates.map(async card => {
      card.fingerprints = await ownFingerprints(keys, card.text);
    }),
  );
  const known = new Map(
    (await tx.knownFingerprints(candidates.flatMap(({fingerprints}) => fingerprints))).map(
      ({fingerprint, ownCard}) => [fingerprint, ownCard] as const,
    ),
  );
  const here = new Map<string, number>();
  for (const {line, text, fingerprints} of candidates) {
    const [fingerprint] = fingerprints as [string, ...string[]];
    const problem = seenBefore(fingerprints);
    if (problem) bad.push({line, ...problem});
    else fresh.push({line, text, fingerprint});
    if (!problem) here.set(fingerprint, line);
  }
  return {fresh, bad: bad.sort((left, right) => left.line - right.line)};

  function seenBefore(fingerprints: readonly string[]): Omit<ProblemLine, 'line'> | undefined {
    const sameAs = here.get(fingerprints[0]!);
    if (sameAs !== undefined) return {problem: 'repeated', sameAs};
    const seen = fingerprints.find(fingerprint => known.has(fingerprint));
    if (seen === undefined) return undefined;
    const ownCard = known.get(seen);
    if (ownCard?.importId === importId) return {problem: 'repeated', sameAs: ownCard.line};
    return {problem: ownCard && ownCard.soldBy === undefined ? 'in_stock' : 'sold_before'};
  }
}

/** What is wrong with a text as a card, by itself. */
export function problemOf(text: string): LineProblem | undefined {
  if (text.trim() === '') return 'empty';
  if (text.length > longestCard) return 'too_long';
  if (/[\r\n]/.test(text)) return 'line_break';
  // U+FFFD stands where bytes could not be read.
  if (/[\p{Cc}\p{Cs}\ufffd]/u.test(text.replaceAll('\t', ' '))) return 'unreadable';
  return isPlaceholder(text) || saysDone(text) ? 'no_card' : undefined;
}

async function* chunksOf(lines: AsyncIterable<CardLine>): AsyncGenerator<readonly CardLine[]> {
  let chunk: CardLine[] = [];
  for await (const line of lines) {
    chunk.push(line);
    if (chunk.length < chunkSize) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
