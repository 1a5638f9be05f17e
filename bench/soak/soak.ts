import {setTimeout as pause} from 'node:timers/promises';
import pg from 'pg';
import type {ProductPage} from '../../src/contract/product.ts';
import type {Ledger, Payment} from '../../src/sandbox/index.ts';
import {createRandom} from '../../src/sandbox/random.ts';
import {schemaName} from '../../src/server/persistence/sql/tables.ts';
import {startBalancer} from '../../test/support/balancer.ts';
import {startPostgres} from '../../test/support/postgres.ts';
import {skuIdsOf} from '../serving/buyer.ts';
import {credentials} from '../serving/credentials.ts';
import {serveShop, type ServedShop} from '../serving/shop.ts';
import {audit, type Audited, type Books, type Purchase} from './audit.ts';
import {startCuttableConnections, type CuttableConnections} from './cuttable-connections.ts';
import {busyShare} from './busy-share.ts';
import {buyOnce, type Step} from './purchase.ts';
import {startDrain} from './drain.ts';

export interface SoakOptions {
  readonly buyers: number;
  /** How long they buy, once in peace and once in the storm. */
  readonly seconds: number;
  /** How many orders each places at most in one run. */
  readonly each: number;
  readonly seed: number;
  readonly tell: (news: string) => void;
}

/** What buyers went through in one of the two runs. */
export interface Run {
  readonly seconds: number;
  readonly orders: number;
  /** How busy the machine's cores were, of 1: what nears 1 is what limited it. */
  readonly busy: number;
  readonly times: Readonly<Partial<Record<Step, readonly number[]>>>;
}

export interface Soaked {
  readonly quiet: Run;
  readonly storm: Run;
  readonly kills: number;
  readonly cuts: number;
  /** Purchases that a buyer could not go through with, by what was said to them. */
  readonly failures: readonly string[];
  readonly audited: Audited;
}

const processes = 2;
/** One is killed so many times in a run: every 10 s of 60. */
const killsInARun = 6;
const cutsEveryMs = [100, 1000] as const;
const mostPieces = 3;
/** What two processes on a machine of this kind sell at most, so that there are cards for it. */
const mostOrdersPerSecond = 150;
/** After so long nothing is on its way that is not stuck: each look into a lost answer is made or left to a person by then. */
const patienceMs = 30 * 60_000;

/**
 * Buyers who all buy at once, for a while in peace and for a while as one process after the other is killed and database
 * connections are cut; then all books are held against each other.
 */
export async function soak({buyers, seconds, each, seed, tell}: SoakOptions): Promise<Soaked> {
  const random = createRandom(`soak ${seed}`);
  const postgres = await startPostgres();
  const databaseUrl = await postgres.createDatabase();
  const connections = await startCuttableConnections(databaseUrl);
  const balancer = await startBalancer();
  const shop = await serveShop({
    processes,
    orders: 2 * seconds * mostOrdersPerSecond * mostPieces,
    databaseUrl: connections.url,
    address: balancer.url,
    config: new URL('keystall.config.ts', import.meta.url),
  });
  balancer.servers = shop.urls;
  const purchases: Purchase[] = [];
  const failures: string[] = [];
  try {
    await bothCatalogues(shop);
    const skuIds = await skuIdsOf(shop);
    const all = {skuIds, purchases, failures};

    tell(`${buyers} buyers for ${seconds} s, in peace`);
    const quiet = await buy(all);
    tell(`${quiet.orders} orders; the same again in the storm`);
    const weather = makeStorm(shop, connections);
    const storm = await buy(all);
    const {kills, cuts} = await weather.end();
    tell(`${storm.orders} orders, ${kills} kills, ${cuts} cut connections; the books are compared`);
    const audited = audit(await booksOf(databaseUrl, shop, purchases));
    return {quiet, storm, kills, cuts, failures, audited};
  } finally {
    await shop.stop();
    balancer.close();
    connections.close();
    await postgres.stop();
  }

  async function buy({
    skuIds,
    purchases,
    failures,
  }: {
    readonly skuIds: readonly string[];
    readonly purchases: Purchase[];
    readonly failures: string[];
  }): Promise<Run> {
    const times: Partial<Record<Step, number[]>> = {};
    const until = performance.now() + seconds * 1000;
    const from = performance.now();
    const busy = busyShare();
    const before = purchases.length;
    const underWay = new Set<Purchase>();
    const drain = startDrain({databaseUrl, underWay, tell, until, patienceMs});
    const buying = Array.from({length: buyers}, async () => {
      for (let placed = 0; placed < each && performance.now() < until; placed++) {
        const purchase: Purchase = {quantity: random.integer(1, mostPieces), orderIds: [], isPaid: false};
        purchases.push(purchase);
        underWay.add(purchase);
        const shared = {shop: balancer.url, platform: shop.platform, skuIds, random, patience: drain.patience};
        const onStep = (step: Step, milliseconds: number) => void (times[step] ??= []).push(milliseconds);
        await buyOnce({...shared, onStep}, purchase).catch((error: unknown) => {
          if (!drain.waitsForPerson(purchase)) failures.push(String(error));
        });
        underWay.delete(purchase);
      }
    });
    await Promise.all(buying);
    await drain.end();
    return {orders: purchases.length - before, seconds: (performance.now() - from) / 1000, busy: busy(), times};
  }

  /** Kills and cuts until it is ended, for as long as the buyers begin purchases; those on their way end in peace. */
  function makeStorm({servers}: ServedShop, database: CuttableConnections) {
    const over = new AbortController();
    const ending = setTimeout(() => over.abort(), seconds * 1000);
    let [kills, cuts] = [0, 0];
    const killing = repeat((seconds * 1000) / killsInARun, async () => {
      const server = servers[kills++ % servers.length]!;
      await server.kill();
      await restarted(server);
    });
    const cutting = repeat(cutsEveryMs, async () => {
      if (database.cut(random)) cuts++;
    });
    return {
      async end() {
        over.abort();
        clearTimeout(ending);
        await Promise.all([killing, cutting]);
        return {kills, cuts};
      },
    };

    async function repeat(pauseMs: number | readonly [number, number], work: () => Promise<void>): Promise<void> {
      for (;;) {
        const milliseconds = typeof pauseMs === 'number' ? pauseMs : random.integer(...pauseMs);
        await pause(milliseconds, undefined, {signal: over.signal}).catch(() => undefined);
        if (over.signal.aborted) return;
        await work();
      }
    }
  }
}

/** As a service manager does it: a process whose database is cut from it while it starts ends, and is started again. */
async function restarted(server: ServedShop['servers'][number]): Promise<void> {
  for (;;) {
    try {
      return await server.restart();
    } catch {
      await pause(100);
    }
  }
}

/** The catalogue is read by both protocols, one after the other. */
async function bothCatalogues({urls}: ServedShop): Promise<void> {
  for (;;) {
    const response = await fetch(`${urls[0]}/v1/products?limit=100`);
    const {items} = (await response.json()) as ProductPage;
    const titles = new Set(items.map(({title}) => title));
    if (items.length === 2 * titles.size) return;
    await pause(100);
  }
}

async function booksOf(databaseUrl: string, {platform}: ServedShop, purchases: readonly Purchase[]): Promise<Books> {
  const [ledger, {payments}] = await Promise.all([
    control<Ledger>('/ledger'),
    control<{readonly payments: readonly Payment[]}>('/payments'),
  ]);
  const database = new pg.Client({connectionString: databaseUrl});
  await database.connect();
  try {
    return {
      purchases,
      shop: {
        orders: await rows(
          `select id, state,
             (select record -> 'attention' ->> 'evidence' from ${schemaName}.procurement
              where order_id = shop_order.id and record -> 'attention' is not null limit 1) as attention
           from ${schemaName}.shop_order`,
        ),
        payments: await rows(`select id, order_id as "orderId", state from ${schemaName}.payment`),
        attempts: await rows(
          `select attempt.reference, procurement.order_id as "orderId"
           from ${schemaName}.attempt join ${schemaName}.procurement on procurement.id = attempt.procurement_id`,
        ),
      },
      provider: {payments},
      platform: {
        orders: ledger.orders,
        spent: ledger.movements.filter(({reason}) => reason === 'order').map(({amount}) => amount),
      },
    };
  } finally {
    await database.end();
  }

  async function rows<Row extends object>(text: string): Promise<readonly Row[]> {
    return (await database.query<Row>(text)).rows;
  }

  async function control<T>(path: string): Promise<T> {
    const headers = {Authorization: `Bearer ${credentials.controlToken}`};
    return (await (await fetch(`${platform}/control${path}`, {headers})).json()) as T;
  }
}
