import {closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import type {SandboxSnapshot} from '../sandbox.ts';

/** Longest time a change stays in memory only. */
const writeAfterMs = 200;

export interface DataFile {
  /** What was kept, if anything was. */
  read(): SandboxSnapshot | undefined;
  /** Something changed: write it down soon. */
  readonly touch: () => void;
  /** Writes what is not written yet, now. */
  flush(): void;
}

/** Keeps a sandbox in one JSON file. A write goes to a second file first, so a kill never leaves half of one. */
export function openDataFile(path: string, snapshot: () => SandboxSnapshot): DataFile {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    writeWhole(path, JSON.stringify(snapshot()));
  };
  return {
    read: () => readSnapshot(path),
    touch: () => (timer ??= setTimeout(flush, writeAfterMs)),
    flush,
  };
}

function readSnapshot(path: string): SandboxSnapshot | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const snapshot = JSON.parse(text) as Partial<SandboxSnapshot>;
  if (snapshot.version === 1) return snapshot as SandboxSnapshot;
  throw new Error(
    `"${path}" holds version ${snapshot.version} of the sandbox's data; this one reads 1. Remove the file.`,
  );
}

function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), {recursive: true});
  const unfinished = `${path}.new`;
  const file = openSync(unfinished, 'w', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, path);
}
