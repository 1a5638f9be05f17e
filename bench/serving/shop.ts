import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {startChild, type Child} from '../../scripts/start/child.ts';
import {freePort} from '../../scripts/start/free-port.ts';
import type {TestPostgres} from '../../test/support/postgres.ts';
import {credentials} from './credentials.ts';
import type {DatabaseKind} from './database.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const config = fileURLToPath(new URL('keystall.config.ts', import.meta.url));

export interface ServedShop {
  /** One for each process; all of them serve the same shop. */
  readonly urls: readonly string[];
  readonly platform: string;
  stop(): Promise<void>;
}

/**
 * A platform and a shop in processes of their own, started as a merchant would start them, with the catalogue listed and
 * cards for so many orders.
 */
export async function serveShop(
  kind: DatabaseKind,
  postgres: TestPostgres,
  {processes, orders}: {readonly processes: number; readonly orders: number},
): Promise<ServedShop> {
  const folder = await mkdtemp(join(tmpdir(), 'keystall-bench-'));
  const platform = fork(new URL('platform.ts', import.meta.url), [String(orders)], {
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const platformUrl = await addressOf(platform);
  const databaseUrl = kind === 'postgres' ? await postgres.createDatabase() : undefined;
  const urls: string[] = [];
  const children: Child[] = [];
  const {promise: listed, resolve: onListed} = Promise.withResolvers<void>();
  for (let index = 0; index < processes; index++) {
    const port = await freePort(0);
    urls.push(`http://127.0.0.1:${port}`);
    const environment = {
      ...(databaseUrl !== undefined && {DATABASE_URL: databaseUrl}),
      KEYSTALL_KEYS: `bench:${Buffer.alloc(32, 1).toString('base64')}`,
      SHOP_PORT: String(port),
      SHOP_URL: urls[0]!,
      SHOP_DATA: join(folder, 'shop'),
      PLATFORM_URL: platformUrl,
      PLATFORM_ID: credentials.appId,
      PLATFORM_KEY: credentials.appKey,
      PAYMENT_KEY: credentials.payKey,
      PAYMENT_WEBHOOK_SECRET: credentials.webhookSecret,
    };
    children.push(
      await startChild([main, 'serve', '--config', config], environment, 'shop ', {
        onError(line) {
          if (line.includes('"catalogue listed"')) onListed();
          if (process.env['LOG'] || /"level":"(warn|error)"/.test(line)) process.stderr.write(`${line}\n`);
        },
      }),
    );
  }
  await listed;
  return {
    urls,
    platform: platformUrl,
    async stop() {
      for (const child of children) await child.stop();
      platform.disconnect();
      await rm(folder, {recursive: true});
    },
  };
}

/** Where a process listens that says so once it does. */
export async function addressOf(child: ChildProcess): Promise<string> {
  const [{url}] = (await once(child, 'message')) as [{url: string}];
  return url;
}
