/**
 * `npm start`: builds the pages where they are not up to date, starts the sandbox platform, the shop server and the
 * pages, and prints where they are. Ctrl-C ends all of it.
 *
 * Environment: PORT, from where on to look for free ports (4100); KEYSTALL_FOLDER, where the data lies (.keystall).
 */
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {dataFolder, DataFolderError} from './start/data-folder.ts';
import {startLocalShop} from './start/local-shop.ts';

const folder = folderOrEnd();
const {status} = spawnSync(process.execPath, ['scripts/build.ts', '--pages', '--if-stale'], {stdio: 'inherit'});
if (status !== 0) process.exit(status ?? 1);

/** The processes hear Ctrl-C as well: until the last has ended, some of them miss the others, which is no news. */
let isEnding = false;

const hadSecrets = existsSync(join(folder, 'secrets.json'));

const shop = await startLocalShop({
  folder,
  firstPort: Number(process.env['PORT'] ?? 4100),
  onLog(name, line) {
    // A quiet start: only what somebody should look at.
    const matters = isEnding ? /^(?!\{)|"level":"error"/ : /^(?!\{)|"level":"(warn|error)"/;
    if (matters.test(line)) process.stderr.write(`[${name}] ${line}\n`);
  },
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // npm passes on what the terminal sends to all of them.
    if (isEnding) return;
    isEnding = true;
    void shop.stop().then(() => process.exit(0));
  });
}

process.stdout.write(
  `${Object.entries(shop.urls)
    .map(([name, url]) => `${name} ${url}`)
    .join('\n')}\n`,
);

if (!hadSecrets) {
  process.stderr.write(
    `A master key was made for this shop. It lies in ${join(folder, 'secrets.json')}; without it nothing secret of the shop can be read.\n`,
  );
}

function folderOrEnd(): string {
  try {
    return dataFolder(process.env['KEYSTALL_FOLDER']);
  } catch (error) {
    if (!(error instanceof DataFolderError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
