import {randomUUID} from 'node:crypto';
import {link, mkdir, readFile, rename, rm, stat, utimes, writeFile} from 'node:fs/promises';
import {hostname} from 'node:os';
import {dirname, join, resolve} from 'node:path';

/** A folder that this process alone uses, until it releases it or ends. */
export interface FolderLock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in the system's own count; tells a process from a later one with the same number. */
  readonly startedAt: string;
  readonly id: string;
}

/** Lock files of this process: its own number in one says nothing about whether it is held. */
const held = new Set<string>();

/**
 * Takes a folder for this process. The lock is the file `lock` in it, with the process number; the lock of a process that
 * has ended, however it ended, is taken over.
 * @throws {Error} when a living process holds it, or nothing can be written in it.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(resolve(folder), 'lock');
  const me: Holder = {pid: process.pid, host: hostname(), startedAt: await startOf(process.pid), id: randomUUID()};
  if (held.has(path)) throw inUse(path, me);
  held.add(path);
  const draft = `${path}.${me.id}`;
  try {
    try {
      await mkdir(folder, {recursive: true});
      await writeFile(draft, JSON.stringify(me), {flush: true});
    } catch (error) {
      throw notWritable(folder, error);
    }
    // Linking is atomic, and the file is complete when it appears.
    while (!(await linked(draft, path)) && !(await succeed(draft, path)));
  } catch (error) {
    held.delete(path);
    throw error;
  } finally {
    // Where nothing could be written there is nothing to remove either, and that must not hide why.
    await rm(draft, {force: true}).catch(() => undefined);
  }
  const sign = setInterval(() => void touch(path), signPause).unref();
  return {
    async release() {
      clearInterval(sign);
      held.delete(path);
      if ((await holderOf(path))?.id === me.id) await rm(path, {force: true});
    },
  };
}

/**
 * Takes over from a dead holder. Several may try at once, and each may die while trying: a holder has one successor, the
 * file `lock.after.<id>`, which is linked once and then renamed over the lock. Whoever linked one after the lock had
 * changed hands takes it back.
 */
async function succeed(draft: string, path: string): Promise<boolean> {
  const first = await holderOf(path);
  const dead: string[] = [];
  for (let [last, file] = [first, path]; last;) {
    if (await isAlive(last, file)) throw inUse(path, last);
    const successor = `${path}.after.${last.id}`;
    if (!(await linked(draft, successor))) {
      dead.push(successor);
      file = successor;
      last = await holderOf(successor);
      continue;
    }
    if ((await holderOf(path))?.id !== first?.id) {
      await rm(successor, {force: true});
      return false;
    }
    await rename(successor, path);
    for (const left of dead) await rm(left, {force: true});
    return true;
  }
  return false;
}

function inUse(path: string, holder: Holder): Error {
  return new Error(
    `The data folder ${dirname(path)} is in use by process ${holder.pid} on ${holder.host}. ` +
      'Stop that process (if its machine is gone, wait half a minute), choose another folder, or use DATABASE_URL to ' +
      'run several.',
  );
}

function notWritable(folder: string, cause: unknown): Error {
  return new Error(
    `Nothing can be written in the data folder "${folder}" (${resolve(folder)}). ` +
      'Let dataFolder name one that this user may write in, or use DATABASE_URL.',
    {cause},
  );
}

/** @param path the file that names the holder. */
async function isAlive(holder: Holder, path: string): Promise<boolean> {
  // The processes of another machine or container cannot be asked: there, the file's age tells.
  if (holder.host !== hostname()) return Date.now() - (await touchedAt(path)) < silence;
  // Not by us, or we would know: by an earlier process of the same number.
  if (holder.pid === process.pid) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (isCode(error, 'ESRCH')) return false;
  }
  return (await startOf(holder.pid)) === holder.startedAt;
}

/** How often a holder shows that it lives, and how long it may be silent; in milliseconds. */
const signPause = 5_000;
const silence = 30_000;

async function touch(path: string): Promise<void> {
  const now = new Date();
  // A sign that fails is missed by nobody on this machine.
  await utimes(path, now, now).catch(() => undefined);
}

async function touchedAt(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return 0;
    throw error;
  }
}

/** Field 22 of `/proc/<pid>/stat` (proc(5)), with the boot it counts from; empty where there is no such file. */
async function startOf(pid: number): Promise<string> {
  try {
    const state = await readFile(`/proc/${pid}/stat`, 'utf8');
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    // The second field is a name in brackets that may hold spaces and brackets itself.
    return `${boot.trim()} ${state.slice(state.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return '';
  }
}

async function holderOf(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw new Error(`The lock file ${path} cannot be read; delete it if no process uses the folder.`, {cause: error});
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
