import {existsSync} from 'node:fs';
import {extname} from 'node:path';
import {systemClock} from '../server/clock.ts';
import type {CheckedConfig} from '../server/config/config.ts';
import type {OwnGoodConfig} from '../server/config/own-stock-config.ts';
import {masterKeysOf} from '../server/operations/master-keys.ts';
import {importCards, longestCard, type ImportReport, type LineProblem} from '../server/own-stock/import-cards.ts';
import {isReusable, ownStockOf} from '../server/own-stock/own-stock.ts';
import {showImportedStock} from '../server/own-stock/show-own-stock.ts';
import {openForMaintenance} from '../server/persistence/maintenance.ts';
import {createKeyRing} from '../server/security/key-ring.ts';
import {cardLines, type CardFile} from './card-lines.ts';
import {exitCodes, exitCodesHelp, readOptions, UsageError, type Command, type Io} from './command.ts';
import {environmentHelp, loadShop, shopOptions, shopOptionsHelp} from './shop-options.ts';

const mostShown = 50;
const progressEvery = 5_000;

export const importCardsCommand: Command = {
  summary: "puts cards into the shop's own stock",
  help: `Usage: keystall import-cards --connection <id> --good <code> <file> [options]

Reads cards from a file, or from standard input where <file> is "-", and puts them into the shop's own stock, encrypted.
They are for sale at once. On a PostgreSQL the shop runs on meanwhile; an embedded database belongs to one process: stop
the shop first.

A TXT has a card a line. A CSV has a card a row: one column is the card, two are number and password. A first row may
name the columns that are meant (card or 卡密; number or 卡号 with password or 密码); others are then left out.

It is all or nothing. Lines that are repeated, in stock, sold before, too long (${longestCard} characters), unreadable or
an apology are told by their number, never by what stands in them, and nothing is imported; with --skip-bad the others
are. Empty lines do no harm. It may be killed at any moment and run again: a card is never in stock twice.

Options
  --connection <id>  the connection of protocol own-stock
  --good <code>      the good's code in the configuration
  --format <format>  txt or csv; by the file's name if absent, txt for standard input
  --encoding <name>  utf-8 or gb18030 (which holds GBK and GB2312); utf-8 if absent
  --dry-run          reads and tells, and keeps nothing
  --skip-bad         imports the good lines and leaves with 4 where others were left out
${shopOptionsHelp}

${environmentHelp}

${exitCodesHelp}`,
  async run(args, io) {
    const {values, positionals} = readOptions(
      args,
      {
        ...shopOptions,
        connection: {type: 'string'},
        good: {type: 'string'},
        format: {type: 'string'},
        encoding: {type: 'string'},
        'dry-run': {type: 'boolean'},
        'skip-bad': {type: 'boolean'},
      },
      1,
    );
    const file = fileOf(positionals[0], values);
    const shop = await loadShop(values, io);
    const {connectionId, good} = ownGoodOf(shop.config, values);
    const keys = await createKeyRing(masterKeysOf(io.environment));
    const {store, close} = await openForMaintenance({...shop, clock: systemClock, tables: 'expect'});
    try {
      const report = await importCards(
        {store, keys, clock: systemClock},
        {
          connectionId,
          goodCode: good.code,
          skipBad: values['skip-bad'],
          dryRun: values['dry-run'],
          reusable: isReusable(good),
          onProgress: lines => lines % progressEvery === 0 && io.tell(`${lines} lines`),
          onKept: tx => showImportedStock({config: shop.config, clock: systemClock}, tx, connectionId, good),
        },
        once(file),
      );
      tellReport(io, report, file);
      const stock = ownStockOf(good, await store.ownStock(connectionId), systemClock.now());
      io.print(`${stock.kind === 'counted' ? stock.count : 'no end of'} pieces of ${good.code} are for sale`);
      return exitCodeOf(report, {dryRun: values['dry-run']});
    } finally {
      await close();
    }
  },
};

function fileOf(
  path: string | undefined,
  {format, encoding = 'utf-8'}: {format?: string | undefined; encoding?: string | undefined},
): CardFile {
  if (path === undefined) throw new UsageError('Name the file to read, or "-" for standard input.');
  if (path !== '-' && !existsSync(path)) throw new UsageError(`There is no file ${path}.`);
  const found = format ?? (extname(path).toLowerCase() === '.csv' ? 'csv' : 'txt');
  if (found !== 'txt' && found !== 'csv') throw new UsageError(`"${found}" is no format: txt or csv.`);
  const named = encoding.toLowerCase();
  if (named !== 'utf-8' && named !== 'gb18030') throw new UsageError(`"${encoding}" is no encoding: utf-8 or gb18030.`);
  return {path, format: found, encoding: named};
}

function ownGoodOf(
  {connections}: CheckedConfig,
  {connection: id, good: code}: {connection?: string | undefined; good?: string | undefined},
): {readonly connectionId: string; readonly good: OwnGoodConfig} {
  const own = connections.filter(each => each.protocol === 'own-stock');
  const among = (names: readonly string[]) => (names.length > 0 ? names.join(', ') : 'none');
  const connection = own.find(each => each.id === id);
  if (!connection) {
    const ids = among(own.map(each => each.id));
    throw new UsageError(
      `${id === undefined ? 'Name' : `"${id}" is no`} connection of own stock: --connection ${ids}.`,
    );
  }
  const good = connection.goods.find(each => each.code === code);
  if (!good) {
    const codes = among(connection.goods.map(each => each.code));
    throw new UsageError(
      `${code === undefined ? 'Name a' : `"${code}" is no`} good of "${connection.id}": --good ${codes}.`,
    );
  }
  return {connectionId: connection.id, good};
}

/** Standard input cannot be read a second time. */
function once(file: CardFile): () => ReturnType<typeof cardLines> {
  let isRead = false;
  return () => {
    if (isRead && file.path === '-')
      throw new Error('The database gave the import up. Nothing was imported; run it again.');
    isRead = true;
    return cardLines(file);
  };
}

const words: Readonly<Record<LineProblem, string>> = {
  empty: 'empty',
  too_long: `longer than ${longestCard} characters`,
  wrong_columns: 'not the columns of a card',
  line_break: 'a card of several lines',
  unreadable: 'not readable as text',
  no_card: 'no card but an apology or a notice',
  repeated: 'the same card as',
  in_stock: 'in stock already',
  sold_before: 'sold before',
};

function tellReport(
  {print, tell}: Io,
  {lines, cards, problems, problemLines, kept}: ImportReport,
  file: CardFile,
): void {
  const told = problemLines.filter(({problem}) => problem !== 'empty');
  for (const {line, problem, sameAs} of told.slice(0, mostShown)) {
    tell(`line ${line}: ${words[problem]}${sameAs === undefined ? '' : ` line ${sameAs}`}`);
  }
  const {empty = 0, ...bad} = problems;
  const left = Object.values(bad).reduce((sum, count) => sum + count, 0);
  if (left > mostShown) tell(`… and ${left - mostShown} more lines`);
  if ((bad.unreadable ?? 0) * 2 > lines && file.encoding === 'utf-8') {
    tell('Most lines are not UTF-8: a file from a Chinese Windows is read with --encoding gb18030.');
  }
  const summary = Object.entries({...bad, ...(empty > 0 && {empty})}).map(([problem, count]) => `${count} ${problem}`);
  print(`${lines} lines, ${cards} cards${summary.length > 0 ? `, ${summary.join(', ')}` : ''}`);
  print(
    kept
      ? `${cards} cards imported`
      : `Nothing was imported${cards > 0 && left > 0 ? '; --skip-bad imports the others' : ''}`,
  );
}

function exitCodeOf(
  {problems: {empty: _, ...bad}, kept}: ImportReport,
  {dryRun}: {dryRun: boolean | undefined},
): number {
  const isClean = Object.keys(bad).length === 0;
  if (dryRun) return isClean ? exitCodes.done : exitCodes.incomplete;
  if (!kept) return exitCodes.failed;
  return isClean ? exitCodes.done : exitCodes.incomplete;
}
