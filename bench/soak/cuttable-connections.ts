import {connect, createServer, type AddressInfo, type Socket} from 'node:net';
import {once} from 'node:events';
import type {Random} from '../../src/sandbox/random.ts';

/** Stands before a PostgreSQL and cuts connections to it, in the middle of whatever they are doing. */
export interface CuttableConnections {
  /** Where the database is found behind it. */
  readonly url: string;
  /** Cuts one of those that are open, if any is; tells whether. What was sent before reaches the database all the same. */
  cut(random: Random): boolean;
  close(): void;
}

/** What is cut is not answered: a commit on its way is kept, and who sent it does not hear of it. */
export async function startCuttableConnections(databaseUrl: string): Promise<CuttableConnections> {
  const {hostname, port} = new URL(databaseUrl);
  const open = new Set<Socket>();
  const server = createServer({noDelay: true}, client => {
    const database = connect({host: hostname, port: Number(port), noDelay: true});
    open.add(client);
    client.pipe(database);
    database.pipe(client);
    const end = () => {
      open.delete(client);
      client.destroy();
      database.end();
    };
    for (const socket of [client, database]) socket.on('error', end).on('close', end);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const behind = new URL(databaseUrl);
  behind.port = String((server.address() as AddressInfo).port);
  return {
    url: behind.href,
    cut(random) {
      if (open.size === 0) return false;
      random.pick([...open]).resetAndDestroy();
      return true;
    },
    close() {
      server.close();
      for (const client of open) client.destroy();
    },
  };
}
