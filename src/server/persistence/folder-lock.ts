import {randomUUID} from 'node:crypto';
import {link, mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {hostname} from 'node:os';
import {join, resolve} from 'node:path';

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

/** Folders this process holds: its own number in a lock file says nothing about them. */
const held = new Set<string>();

/**
 * Takes a folder for this process. The lock is the file `lock` in it, with the process number; the lock of a process that
 * has ended, however it ended, is taken over.
 * @throws {Error} when a living process holds it.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(resolve(folder), 'lock');
  await mkdir(folder, {recursive: true});
  const me: Holder = {pid: process.pid, host: hostname(), startedAt: await startOf(process.pid), id: randomUUID()};
  const draft = `${path}.${me.id}`;
  await writeFile(draft, JSON.stringify(me), {flush: true});
  try {
    // Linking is atomic and the file is complete when it appears.
    while (!(await linked(draft, path))) await removeIfDead(path, folder);
  } finally {
    await rm(draft, {force: true});
  }
  held.add(path);
  return {
    async release() {
      held.delete(path);
      if ((await holderOf(path))?.id === me.id) await rm(path, {force: true});
    },
  };
}

async function removeIfDead(path: string, folder: string): Promise<void> {
  const holder = await holderOf(path);
  if (!holder) return;
  if (await isAlive(holder, path)) {
    throw new Error(
      `The data folder ${resolve(folder)} is in use by process ${holder.pid} on ${holder.host}. ` +
        'Stop that process, choose another folder, or use DATABASE_URL to run several.',
    );
  }
  // Two that find the same dead lock must not remove each other's new one: what was moved away is looked at again.
  const moved = `${path}.${randomUUID()}`;
  try {
    await rename(path, moved);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  if ((await holderOf(moved))?.id !== holder.id) await linked(moved, path);
  await rm(moved, {force: true});
}

async function isAlive(holder: Holder, path: string): Promise<boolean> {
  // Another machine's processes cannot be asked: such a lock is believed.
  if (holder.host !== hostname()) return true;
  if (holder.pid === process.pid) return held.has(path);
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (isCode(error, 'ESRCH')) return false;
  }
  return (await startOf(holder.pid)) === holder.startedAt;
}

/** Field 22 of `/proc/<pid>/stat` (proc(5)), with the boot it counts from; empty where there is no such file. */
async function startOf(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    // The second field is a name in brackets that may hold spaces and brackets itself.
    return `${boot.trim()} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
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
