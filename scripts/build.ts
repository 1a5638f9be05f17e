/**
 * Builds dist/. Options:
 *
 * - `--pages`: only what pages are made of (the CDN files and the demo), which is all that `npm start` needs
 * - `--if-stale`: nothing where dist/ is newer than every source
 *
 * With KEYSTALL_QUICK_BUILD=1 in the environment the files come out larger and sooner, as `npm run dev` wants them.
 */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {globSync, mkdirSync, rmSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {rollup} from 'rollup';
import {loadConfigFile} from 'rollup/loadConfigFile';
import {writeCompressed} from './build/compress.mjs';
import {writeIntegrity} from './build/integrity.mjs';

const pagesOnly = process.argv.includes('--pages');
const onlyIfStale = process.argv.includes('--if-stale');
const isQuick = Boolean(process.env['KEYSTALL_QUICK_BUILD']);

/** Empty files that say when something was built last. */
const stamps = {all: 'dist/.built-all', pages: 'dist/.built-pages', quick: 'dist/.built-quick'};
const stamp = isQuick ? stamps.quick : pagesOnly ? stamps.pages : stamps.all;
const sources = [
  'src',
  'components',
  'demo',
  'docs/embedding.md',
  'scripts/build',
  'custom-elements-manifest.config.mjs',
  'rollup.config.mjs',
  'package.json',
  'package-lock.json',
];

/** When `path` last changed, in milliseconds; 0 where it does not exist. */
const changedAt = (path: string): number => statSync(path, {throwIfNoEntry: false})?.mtimeMs ?? 0;

/** A folder's own time counts as well: it changes when a file in it goes away. */
function isStale(): boolean {
  const builtAt = changedAt(stamp);
  return sources.flatMap(path => [path, ...globSync(`${path}/**`)]).some(path => changedAt(path) > builtAt);
}

async function run(command: string, ...args: string[]): Promise<void> {
  const child = spawn(command, args, {stdio: 'inherit', shell: process.platform === 'win32'});
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed with exit code ${code ?? 'none'}.`);
}

/** Builds what rollup.config.mjs describes, or the named parts of it; prints warnings only. */
async function bundle(parts?: string): Promise<void> {
  const {options, warnings} = await loadConfigFile(resolve('rollup.config.mjs'), {configOnly: parts});
  for (const {output, ...input} of options) {
    const built = await rollup(input);
    for (const each of [output].flat()) await built.write(each);
    await built.close();
    warnings.flush();
  }
}

async function build(): Promise<void> {
  const startedAt = new Date();
  for (const path of Object.values(stamps)) rmSync(path, {force: true});
  // Chunks carry a hash in their name and would pile up.
  for (const folder of pagesOnly ? ['cdn', 'served', 'demo'] : ['cdn', 'served', 'demo', 'src', 'components']) {
    rmSync(`dist/${folder}`, {recursive: true, force: true});
  }
  mkdirSync('dist', {recursive: true});

  await Promise.all(
    pagesOnly
      ? [bundle('cdn,bundle,frame,served,demo')]
      : [
          bundle(),
          run('tsc', '--project', 'tsconfig.build.json'),
          run(process.execPath, 'scripts/build/manifest/write.ts'),
        ],
  );
  writeIntegrity('dist/cdn');
  if (!isQuick) await writeCompressed('dist/cdn');
  for (const path of stamp === stamps.all ? [stamps.all, stamps.pages] : [stamp]) {
    writeFileSync(path, '');
    // What changed while the build ran is newer than this.
    utimesSync(path, startedAt, startedAt);
  }
  console.log(`Built in ${((Date.now() - startedAt.getTime()) / 1000).toFixed(1)} s.`);
}

if (!onlyIfStale || isStale()) {
  await build().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
