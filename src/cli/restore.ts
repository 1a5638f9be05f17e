import {createReadStream} from 'node:fs';
import {access} from 'node:fs/promises';
import {pipeline} from 'node:stream/promises';
import {createGunzip} from 'node:zlib';
import {systemClock} from '../server/clock.ts';
import {masterKeysOf} from '../server/operations/master-keys.ts';
import {openForMaintenance} from '../server/persistence/maintenance.ts';
import {BackupError, readBackup} from '../server/persistence/sql/backup.ts';
import {sqlQueries} from '../server/persistence/sql/sql-queries.ts';
import {createKeyRing, KeyRingError} from '../server/security/key-ring.ts';
import {isOpenable, sealedKinds} from '../server/security/rotate-key.ts';
import {exitCodes, exitCodesHelp, readOptions, UsageError, type Command} from './command.ts';
import {environmentHelp, loadShop, shopOptions, shopOptionsHelp} from './shop-options.ts';

/** Rows of each kind that are opened for a try. */
const tries = 20;

export const restoreCommand: Command = {
  summary: 'reads a backup into an empty database',
  help: `Usage: keystall restore <file> [options]

Reads a backup into an empty database, all of it or nothing, and opens some of what is encrypted for a try: with a
master key missing it refuses. Keys that were rotated out are needed for backups made before.

What happened after the backup is not in it: orders that were paid since, and cards that were bought. Compare with the
payment provider and the platforms before the shop opens again.

Options
${shopOptionsHelp}

${environmentHelp}

${exitCodesHelp}`,
  async run(args, io) {
    const {values, positionals} = readOptions(args, shopOptions, 1);
    const [path] = positionals;
    if (path === undefined) throw new UsageError('Name the file to read.');
    await access(path);
    const shop = await loadShop(values, io);
    const masterKeys = masterKeysOf(io.environment);
    const keys = await createKeyRing(masterKeys);
    const {database, close} = await openForMaintenance({...shop, clock: systemClock, tables: 'bring'});
    try {
      const {rows} = await readBackup(database, linesOf(path), async (restored, {keyIds}) => {
        const missing = keyIds.filter(keyId => !masterKeys.some(({id}) => id === keyId));
        if (missing.length > 0) {
          throw new KeyRingError(
            `The backup needs the master key ${missing.join(', ')}, which is not among the given. Nothing was changed.`,
          );
        }
        const queries = sqlQueries(restored.withSchema('keystall'), {lock: false});
        for (const kind of sealedKinds) {
          for (const row of await queries.sealedRows(kind, '', tries)) {
            if (await isOpenable(keys, row)) continue;
            throw new KeyRingError(
              `${kind} ${row.record.id} does not open: a master key has the right id and another value. Nothing was changed.`,
            );
          }
        }
      });
      io.print(`${rows} rows restored`);
      return exitCodes.done;
    } finally {
      await close();
    }
  },
};

/** Split at line feeds alone: texts may hold what other readers take for the end of a line. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const gunzip = createGunzip();
  const decoder = new TextDecoder('utf-8', {fatal: true});
  const reading = pipeline(createReadStream(path), gunzip);
  reading.catch(() => {});
  let rest = '';
  try {
    for await (const chunk of gunzip as AsyncIterable<Uint8Array>) {
      const lines = (rest + decoder.decode(chunk, {stream: true})).split('\n');
      rest = lines.pop()!;
      yield* lines;
    }
  } catch (error) {
    throw new BackupError('The backup is cut off or damaged. Nothing was changed.', {cause: error});
  }
}
