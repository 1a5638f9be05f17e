/**
 * `npm start`: builds the pages where they are not up to date, starts the sandbox platform, the shop server and the
 * pages, and prints where they are. Ctrl-C ends all of it.
 */
import {spawnSync} from 'node:child_process';
import {startLocalShop} from './start/local-shop.ts';

const {status} = spawnSync(process.execPath, ['scripts/build.ts', '--pages', '--if-stale'], {stdio: 'inherit'});
if (status !== 0) process.exit(status ?? 1);

const shop = await startLocalShop({
  folder: '.keystall',
  firstPort: Number(process.env['PORT'] ?? 4100),
  onLog(name, line) {
    // A quiet start: only what somebody should look at.
    if (/"level":"(warn|error)"/.test(line) || !line.startsWith('{')) process.stderr.write(`[${name}] ${line}\n`);
  },
});

process.stdout.write(
  `${Object.entries(shop.urls)
    .map(([name, url]) => `${name} ${url}`)
    .join('\n')}\n`,
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void shop.stop().then(() => process.exit(0)));
}
