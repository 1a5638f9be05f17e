/**
 * `npm start` that follows the sources: builds the pages anew after a change in components/ or demo/, and starts the
 * processes anew as well after one in src/. Reload the page to see it.
 */
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {watch} from 'node:fs';

/** Editors write a file in several steps; wait until they are done. */
const settleMilliseconds = 150;

const env = {...process.env, KEYSTALL_QUICK_BUILD: '1'};
const run = (...args: string[]): ChildProcess => spawn(process.execPath, args, {stdio: 'inherit', env});

const build = async (): Promise<void> => {
  await once(run('scripts/build.ts', '--pages', '--if-stale'), 'exit');
};

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

let processes: ChildProcess;
let restartNeeded = false;
let timer: NodeJS.Timeout | undefined;
let working = Promise.resolve();

async function follow(): Promise<void> {
  const restart = restartNeeded;
  restartNeeded = false;
  await build();
  if (!restart) return;
  await stop(processes);
  processes = run('scripts/start.ts');
}

await build();
processes = run('scripts/start.ts');

for (const folder of ['src', 'components', 'demo']) {
  watch(folder, {recursive: true}, () => {
    restartNeeded ||= folder === 'src';
    clearTimeout(timer);
    timer = setTimeout(() => {
      working = working.then(follow);
    }, settleMilliseconds);
  });
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void working.then(() => stop(processes)).then(() => process.exit()));
}
