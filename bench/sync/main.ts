/**
 * How long a shop server takes to bring its shelves in step with a dujiao-next platform, beside the floor: the bare HTTP
 * transfer and JSON parse of the same pages, one after the other, in this process and against the same platform, in
 * turns. The platform is the sandbox in a process of its own; it makes each page anew, as a real one does. The store is
 * a PostgreSQL server of its own, which does without fsync. `npm run bench:sync`; `-- --json` prints one JSON object per
 * line; `GOODS=5000` and `RUNS=1` make it shorter.
 */
import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {createServer} from '../../src/server/app.ts';
import {askForSync} from '../../src/server/catalogue/sync-run.ts';
import {systemClock, type Clock} from '../../src/server/clock.ts';
import {checkConfig} from '../../src/server/config/config.ts';
import {createUpstream} from '../../src/server/connections.ts';
import {silentLog} from '../../src/server/log.ts';
import {openStore} from '../../src/server/persistence/open.ts';
import type {ServerPorts} from '../../src/server/ports.ts';
import {createKeyRing} from '../../src/server/security/key-ring.ts';
import {sign} from '../../src/upstreams/dujiao-next/sign.ts';
import {startPostgres} from '../../test/support/postgres.ts';
import {median, report, type Figure} from '../report.ts';

const count = Number(process.env['GOODS'] ?? 50_000);
const changes = Math.min(500, count);
const rounds = Number(process.env['RUNS'] ?? 3);
const deltasEach = 7;
const appKey = 'benchbenchbench0';
const connectionId = 'bench';
/** A reading of changes asks for a little more than that. */
const overlapMs = 120_000;
const signal = new AbortController().signal;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const platform = fork(new URL('platform.ts', import.meta.url), [String(count), appKey], {
  stdio: ['ignore', 2, 2, 'ipc'],
});
const {url} = await heard<{url: string}>(platform);
const postgres = await startPostgres();

const clock: Clock & {ahead: number} = {ahead: 0, now: () => Date.now() + clock.ahead};
const {config, secrets} = checkConfig(
  {
    shop: {name: 'Bench', currency: 'CNY', reveal: 'in-page'},
    address: 'http://127.0.0.1',
    origins: [],
    connections: [
      {
        id: connectionId,
        protocol: 'dujiao-next',
        url,
        credentials: {apiKey: {env: 'ID'}, apiSecret: {env: 'KEY'}},
        listing: {price: {markup: {percent: '12'}}},
      },
    ],
    payments: [{provider: 'sandbox', url, merchantKey: {env: 'KEY'}, webhookSecret: {env: 'KEY'}}],
  },
  {ID: '1000', KEY: appKey},
);

const figures: Figure[] = [];
const first = await openShop();
const floor = await timed(() => transfer());
const value = await timed(() => first.syncFull(count));
figures.push(...spent(`sync/first/${count}`, [{value, floor}]));

const fulls: Pair[] = [];
const deltas: Pair[] = [];
for (let round = 0; round < rounds; round++) {
  await changePrices();
  // A full reading finds those changes, and nothing else to write.
  const bare = await timed(() => transfer());
  fulls.push({floor: bare, value: await timed(() => first.syncFull(changes))});
  // One reading of changes takes less time than the machine's moods: its median is of more.
  for (let time = 0; time < deltasEach; time++) {
    // What was changed before has to be older than what is asked for.
    await pause(1100);
    const since = Date.now() - 1000;
    await changePrices();
    await first.letTimePass(since);
    deltas.push({floor: await timed(() => transfer(since)), value: await timed(() => first.syncChanges())});
  }
}
figures.push(...spent(`sync/full/${count}`, fulls), ...spent(`sync/delta/${changes}`, deltas));

// What lives while a catalogue is read, collected again and again: not timed.
figures.push({name: `sync/full/${count}/memory`, value: await living(() => first.syncFull(0)), unit: 'MB'});

report(figures);
await first.close();
await postgres.stop();
platform.disconnect();

async function openShop() {
  const opened = await openStore({databaseUrl: await postgres.createDatabase(), clock, log: silentLog});
  const ports: ServerPorts = {
    config,
    store: opened.store,
    presence: opened.presence,
    upstreams: new Map([[connectionId, createUpstream(config.connections[0]!, {secrets, clock: systemClock, fetch})]]),
    payments: [],
    keys: await createKeyRing([{id: 'bench', bytes: new Uint8Array(32)}]),
    clock,
    log: silentLog,
  };
  const server = createServer(ports);
  const sync = () => server.runJob({type: 'sync_catalogue', connectionId}, signal);
  return {
    close: () => opened.close(),
    async syncFull(written: number) {
      await ports.store.transaction(tx => askForSync(tx, connectionId));
      await sync();
      const {lastFull} = (await ports.store.catalogueSync(connectionId))!;
      expect('goods', lastFull!.counts.goods, count);
      expect('listings written', lastFull!.counts.written, written);
    },
    /** As if the last reading had begun so long ago that it is time to ask what changed since. */
    async letTimePass(since: number) {
      await ports.store.transaction(async tx => {
        const {lastChanges: _, ...record} = await tx.lockCatalogueSync(connectionId);
        const lastFull = {...record.lastFull!, startedAt: since + overlapMs};
        await tx.saveCatalogueSync({...record, lastFull});
      });
    },
    async syncChanges() {
      clock.ahead = overlapMs + 1.1 * config.connections[0]!.changesEverySeconds * 1000;
      await sync();
      clock.ahead = 0;
      const {lastChanges} = (await ports.store.catalogueSync(connectionId))!;
      expect('changed goods', lastChanges!.counts.goods, changes);
      expect('listings written', lastChanges!.counts.written, changes);
    },
  };
}

/** The same pages, asked for and parsed, and nothing else. */
async function transfer(since?: number): Promise<void> {
  const changed = since === undefined ? '' : `&updated_after=${new Date(since).toISOString()}&include_inactive=true`;
  await ask('/categories', '');
  for (let page = 1; ; page++) {
    const {total, page_size} = (await ask('/products', `?page=${page}&page_size=50${changed}`)) as {
      total: number;
      page_size: number;
    };
    if (page * page_size >= total) return;
  }
}

async function ask(endpoint: string, query: string): Promise<unknown> {
  const path = `/api/v1/upstream${endpoint}`;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = sign({method: 'GET', path, timestamp, body: new Uint8Array()}, appKey);
  const headers = {
    'dujiao-next-api-key': '1000',
    'dujiao-next-timestamp': timestamp,
    'dujiao-next-signature': signature,
  };
  const response = await fetch(`${url}${path}${query}`, {headers});
  if (response.status !== 200) throw new Error(`${path} was answered by ${response.status}.`);
  return response.json();
}

async function changePrices(): Promise<void> {
  platform.send(changes);
  await heard(platform);
}

async function heard<Message>(from: ChildProcess): Promise<Message> {
  const [message] = (await once(from, 'message')) as [Message];
  return message;
}

interface Spent {
  readonly wall: number;
  /** What this process computed: says the same on a busy machine, and leaves out what others did for it. */
  readonly cpu: number;
}

async function timed(work: () => Promise<void>): Promise<Spent> {
  const [from, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const {user, system} = process.cpuUsage(cpu);
  return {wall: performance.now() - from, cpu: (user + system) / 1000};
}

/** By how many megabytes the living heap grows at most meanwhile. */
async function living(work: () => Promise<void>): Promise<number> {
  collect();
  const before = process.memoryUsage().heapUsed;
  let most = before;
  const timer = setInterval(() => {
    collect();
    most = Math.max(most, process.memoryUsage().heapUsed);
  }, 1000);
  await work();
  clearInterval(timer);
  return (most - before) / 2 ** 20;
}

interface Pair {
  readonly value: Spent;
  readonly floor: Spent;
}

function spent(name: string, pairs: readonly Pair[]): readonly Figure[] {
  const of = (side: keyof Pair, kind: keyof Spent) => median(pairs.map(pair => pair[side][kind]));
  return [
    {name, value: of('value', 'wall'), floor: of('floor', 'wall'), unit: 'ms'},
    {name: `${name}/cpu`, value: of('value', 'cpu'), floor: of('floor', 'cpu'), unit: 'ms'},
  ];
}

function expect(what: string, found: number, expected: number): void {
  if (found !== expected) throw new Error(`${found} ${what} instead of ${expected}: the figure would mean nothing.`);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
