import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {startChild, type Child} from '../../scripts/start/child.ts';
import {freePort} from '../../scripts/start/free-port.ts';
import {credentials, masterKeys} from './credentials.ts';
import {endsWithUs, removedWithUs} from './ends-with-us.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export interface ServedShop {
  /** One for each process; all of them serve the same shop. */
  readonly urls: readonly string[];
  readonly platform: string;
  readonly servers: readonly ShopProcess[];
  /** Milliseconds that its processes have computed so far, all together. */
  computed(): Promise<number>;
  stop(): Promise<void>;
}

/** One of the shop's processes. */
export interface ShopProcess {
  readonly url: string;
  /** Ends it as a crash does (SIGKILL): it says and writes nothing more. */
  kill(): Promise<void>;
  /** Starts it again after it ended, on the same port. */
  restart(): Promise<void>;
}

export interface ServeShopOptions {
  readonly processes: number;
  /** How many orders there have to be cards for. */
  readonly orders: number;
  /** A PostgreSQL; without it the shop lies in a folder of its own. */
  readonly databaseUrl?: string | undefined;
  /** Where the shop is found; absent: at its first process. */
  readonly address?: string;
  readonly config?: URL;
}

/**
 * A platform and a shop in processes of their own, started as a merchant would start them, with the catalogue listed and
 * cards for so many orders.
 */
export async function serveShop({
  processes,
  orders,
  databaseUrl,
  address,
  config = new URL('keystall.config.ts', import.meta.url),
}: ServeShopOptions): Promise<ServedShop> {
  const folder = await mkdtemp(join(tmpdir(), 'keystall-bench-'));
  removedWithUs(folder);
  const platform = fork(new URL('platform.ts', import.meta.url), [String(orders)], {
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  endsWithUs(platform);
  const platformUrl = await addressOf(platform);
  const children: Child[] = [];
  const servers: ShopProcess[] = [];
  const {promise: listed, resolve: onListed} = Promise.withResolvers<void>();
  for (let index = 0; index < processes; index++) {
    const port = await freePort(0);
    const url = `http://127.0.0.1:${port}`;
    const environment = {
      ...(databaseUrl !== undefined && {DATABASE_URL: databaseUrl}),
      KEYSTALL_KEYS: masterKeys,
      SHOP_PORT: String(port),
      SHOP_URL: address ?? servers[0]?.url ?? url,
      SHOP_DATA: join(folder, 'shop'),
      PLATFORM_URL: platformUrl,
      PLATFORM_ID: credentials.appId,
      PLATFORM_KEY: credentials.appKey,
      PAYMENT_KEY: credentials.payKey,
      PAYMENT_WEBHOOK_SECRET: credentials.webhookSecret,
      METRICS_TOKEN: credentials.metricsToken,
      NODE_COMPILE_CACHE: join(folder, 'compiled'),
    };
    const start = async () => {
      children[index] = await startChild([main, 'serve', '--config', fileURLToPath(config)], environment, 'shop ', {
        onSpawn: endsWithUs,
        onError(line) {
          if (line.includes('"catalogue listed"')) onListed();
          // What is no line of the log are the last words of a process that ended by itself.
          if (process.env['LOG'] || !/"level":"info"/.test(line)) process.stderr.write(`${line}\n`);
        },
      });
    };
    servers.push({
      url,
      async kill() {
        const {process: child} = children[index]!;
        if (child.exitCode !== null) throw new Error(`The shop's process ended by itself, with ${child.exitCode}.`);
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      },
      restart: start,
    });
    await start();
  }
  await listed;
  return {
    urls: servers.map(({url}) => url),
    platform: platformUrl,
    servers,
    async computed() {
      const times = await Promise.all(servers.map(({url}) => computedBy(url)));
      return times.reduce((all, time) => all + time, 0);
    },
    async stop() {
      for (const child of children) await child.stop();
      platform.disconnect();
      await rm(folder, {recursive: true});
    },
  };
}

/** As the process says itself: {@link https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics}. */
async function computedBy(url: string): Promise<number> {
  const response = await fetch(`${url}/metrics`, {headers: {Authorization: `Bearer ${credentials.metricsToken}`}});
  const seconds = /^process_cpu_seconds_total (\S+)/m.exec(await response.text())?.[1];
  return Number(seconds) * 1000;
}

/** Where a process listens that says so once it does. */
export async function addressOf(child: ChildProcess): Promise<string> {
  const [{url}] = (await once(child, 'message')) as [{url: string}];
  return url;
}
