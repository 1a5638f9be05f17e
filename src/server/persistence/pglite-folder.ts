import {existsSync, closeSync, fdatasyncSync, fsyncSync, openSync} from 'node:fs';
import {rename, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {PGlite} from '@electric-sql/pglite';
import {NodeFS} from '@electric-sql/pglite/nodefs';
import {lockFolder} from './folder-lock.ts';

/** A PGlite database in a local folder, used by this process alone. */
export interface PgliteFolder {
  readonly pglite: PGlite;
  close(): Promise<void>;
}

/**
 * Opens the database in `folder`, creating it when there is none. What was committed is on the disk before the commit
 * is answered, and survives both `kill -9` and a power cut.
 * @throws {Error} when another living process has it open.
 */
export async function openPgliteFolder(folder: string): Promise<PgliteFolder> {
  const lock = await lockFolder(folder);
  try {
    const data = join(folder, 'pglite');
    if (!existsSync(data)) await create(folder, data);
    const pglite = await open(data);
    return {
      pglite,
      async close() {
        if (!pglite.closed) await pglite.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** A database appears under its name only when it is complete: a kill while it is made leaves none. */
async function create(folder: string, data: string): Promise<void> {
  const draft = join(folder, 'pglite.new');
  await rm(draft, {recursive: true, force: true});
  await (await open(draft)).close();
  await rename(draft, data);
  syncFolder(folder);
}

function open(data: string): Promise<PGlite> {
  return PGlite.create({fs: new SyncedNodeFS(data), startParams});
}

/**
 * PGlite starts PostgreSQL with `-F`, which skips every fsync. `wal_sync_method=fsync` because Emscripten's `fdatasync`
 * does nothing, while its `fsync` reaches the file system object.
 */
const startParams = [...PGlite.defaultStartParams.filter(given => given !== '-F'), '-c', 'wal_sync_method=fsync'];

/** PGlite's folder on the disk with a working fsync: Emscripten's NODEFS has none, and a missing one counts as done. */
class SyncedNodeFS extends NodeFS {
  override async init(...given: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const initialised = await super.init(...given);
    const options = initialised.emscriptenOpts;
    options.preRun = [options.preRun ?? []].flat().concat(module => addSync(module));
    return initialised;
  }
}

/** The part of Emscripten's NODEFS that is touched here (emscripten/src/lib/libnodefs.js). */
interface EmscriptenModule {
  readonly NODEFS: {
    readonly stream_ops: {fsync?: (stream: NodeStream) => number};
    realPath(node: unknown): string;
  };
}

/** `nfd` is the file descriptor in Node; folders have none. */
interface NodeStream {
  readonly nfd?: number;
  readonly node: unknown;
}

function addSync({NODEFS}: EmscriptenModule): void {
  NODEFS.stream_ops.fsync = ({nfd, node}) => {
    if (nfd === undefined) syncFolder(NODEFS.realPath(node));
    else fdatasyncSync(nfd);
    return 0;
  };
}

function syncFolder(path: string): void {
  // Windows cannot open folders, and keeps their entries safe without being told.
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
