import {createWriteStream} from 'node:fs';
import {rename, rm} from 'node:fs/promises';
import {once} from 'node:events';
import {finished} from 'node:stream/promises';
import {createGzip} from 'node:zlib';
import {systemClock} from '../server/clock.ts';
import {openForMaintenance} from '../server/persistence/maintenance.ts';
import {writeBackup} from '../server/persistence/sql/backup.ts';
import {exitCodes, exitCodesHelp, readOptions, UsageError, type Command} from './command.ts';
import {environmentHelp, loadShop, shopOptions, shopOptionsHelp} from './shop-options.ts';

export const backupCommand: Command = {
  summary: "writes the shop's data to a file",
  help: `Usage: keystall backup <file> [options]

Writes everything the shop keeps, as of one moment, to a file of gzipped text. On a PostgreSQL servers run on meanwhile;
an embedded database belongs to one process: stop the shop first. Either kind of database can be restored into the other.

Cards, messages and files stay encrypted in it: a backup without its master keys is useless, and with them beside it, it
is as good as the cards. Keep the keys that it names, in another place. Contacts and titles are readable in it.

Options
${shopOptionsHelp}

${environmentHelp}

${exitCodesHelp}`,
  async run(args, io) {
    const {values, positionals} = readOptions(args, shopOptions, 1);
    const [path] = positionals;
    if (path === undefined) throw new UsageError('Name the file to write.');
    const {database, close} = await openForMaintenance({
      ...(await loadShop(values, io)),
      clock: systemClock,
      tables: 'expect',
    });
    // It appears under its name when it is complete.
    const draft = `${path}.part`;
    try {
      const zip = createGzip();
      const file = createWriteStream(draft, {mode: 0o600, flush: true});
      const written = finished(zip.pipe(file));
      // Whoever waits below hears of it; until then it is nobody's.
      written.catch(() => {});
      const {rows, keyIds} = await writeBackup(database, new Date().toISOString(), async line => {
        if (file.errored) throw file.errored;
        if (!zip.write(`${line}\n`)) await Promise.race([once(zip, 'drain'), written]);
      });
      zip.end();
      await written;
      await rename(draft, path);
      io.print(`${rows} rows in ${path}`);
      if (keyIds.length > 0)
        io.print(`It is useless without the master keys: ${keyIds.join(', ')}. Keep them elsewhere.`);
      return exitCodes.done;
    } finally {
      await rm(draft, {force: true});
      await close();
    }
  },
};
