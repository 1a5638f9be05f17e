/**
 * How many requests a shop server answers a second, and how fast: the catalogue (its first page, as everybody asks for
 * it), a quote, an order and the showing of keys. What only reads stands beside hono's bare answer of the same JSON, what
 * writes beside the bare transaction that it needs. On PGlite, and on PostgreSQL with one server process and with two.
 * `npm run bench:server`; `-- --json` prints one JSON object per line; `RUNS=1`, `DURATION=1` (seconds for each run),
 * `ORDERS=100` (in each run) and `STORES=postgres` make it shorter.
 */
import {mkdtemp} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {PlacedOrder} from '../../src/contract/order.ts';
import {startPostgres} from '../../test/support/postgres.ts';
import {report, type Absent, type Figure} from '../report.ts';
import {deliverBareOrders, placeBareOrder, revealBareKeys} from '../serving/bare-order.ts';
import {startBareHono} from '../serving/bare-servers.ts';
import {buy, orderRequest, quote, skuIdsOf} from '../serving/buyer.ts';
import {chosenDatabases, openBareDatabase, type BareDatabase, type DatabaseKind} from '../serving/database.ts';
import {removedWithUs} from '../serving/ends-with-us.ts';
import {inParallel} from '../serving/in-parallel.ts';
import {load, type LoadedRequest} from '../serving/load.ts';
import {serveShop, type ServedShop} from '../serving/shop.ts';
import {coresOf, figuresOf, measured, type Pair, type Run} from './runs.ts';

const runs = Number(process.env['RUNS'] ?? 5);
const seconds = Number(process.env['DURATION'] ?? 2);
const orders = Number(process.env['ORDERS'] ?? 1000);
const connections = Number(process.env['CONNECTIONS'] ?? 16);
/** Asked before anything is timed, of the floor too: the code is compiled, the caches are full. */
const warmUp = {seconds: 3, requests: 2 * orders};
/** Orders whose keys are shown again and again: those of one, 60 times an hour. */
const revealed = Math.max(connections, Math.ceil((warmUp.requests + 2 * runs * orders) / 50));

/** What is to be reached of the floor. */
const targets: Readonly<Record<string, string>> = {catalogue: '≥ 0.5 × floor', order: '≥ 0.5 × floor'};

const cataloguePath = '/v1/products?limit=24';

const folder = await mkdtemp(join(tmpdir(), 'keystall-bench-'));
removedWithUs(folder);
const postgres = await startPostgres();
const figures: (Figure | Absent)[] = [];
try {
  for (const kind of chosenDatabases()) {
    const database = await openBareDatabase(kind, folder, postgres);
    for (const processes of kind === 'pglite' ? [1] : [1, 2]) await measure(kind, processes, database);
    await database.close();
    if (kind === 'pglite') figures.push({name: 'server/*/pglite/2', because: 'an embedded database has one process'});
  }
} finally {
  await postgres.stop();
}
report(figures);

async function measure(kind: DatabaseKind, processes: number, database: BareDatabase): Promise<void> {
  const shop = await serveShop({
    processes,
    // Those that are sold, and those that are only placed.
    orders: 2 * (runs * orders + warmUp.requests) + revealed,
    databaseUrl: kind === 'postgres' ? await postgres.createDatabase() : undefined,
  });
  const skuIds = await skuIdsOf(shop);
  const quoteRequest = (index: number): LoadedRequest => ({
    path: '/v1/quotes',
    method: 'POST',
    body: JSON.stringify({lines: [{skuId: skuIds[index % skuIds.length]!, quantity: 1}]}),
  });
  const bare = (pace: () => ReturnType<typeof inParallel>) => measured(pace, async () => ownTime());

  let quotes = 0;
  await beside('catalogue', {next: () => ({path: cataloguePath}), until: {seconds}});
  await beside('quote', {next: () => quoteRequest(quotes++), until: {seconds}});

  const requests = await orderRequests(shop, skuIds, runs * orders * (processes === 1 ? 1 : 2) + warmUp.requests);
  await beside('order', {next: () => requests.pop()!, until: {requests: orders}}, () =>
    bare(() => inParallel(orders, connections, () => placeBareOrder(database))),
  );

  const placed: PlacedOrder[] = [];
  await inParallel(revealed, 4, async index => {
    placed.push(await buy(shop.urls[0]!, shop.platform, skuIds[index % skuIds.length]!));
  });
  const ids = await deliverBareOrders(database, revealed);
  let [reveals, bareReveals] = [0, 0];
  await beside('reveal', {next: () => revealRequest(placed[reveals++ % revealed]!), until: {requests: orders}}, () =>
    bare(() =>
      inParallel(orders, connections, () => {
        const index = bareReveals++;
        return revealBareKeys(database, ids[index % revealed]!, Math.floor(index / revealed) + 1);
      }),
    ),
  );
  await shop.stop();

  /**
   * Value and floor in turns: the machine may have more to do in a minute. Two processes also stand beside one of the two,
   * asked alone in the same turn.
   */
  async function beside(
    operation: string,
    {next, until}: Pick<Parameters<typeof load>[0], 'next' | 'until'>,
    floor?: (much?: typeof until) => Promise<Run>,
  ): Promise<void> {
    const ask = (urls: readonly string[], time: () => Promise<number>, much = until) =>
      measured(() => load({urls, connections, until: much, next}), time);
    const own = (urls = shop.urls, much = until) => ask(urls, () => shop.computed(), much);
    const warm = 'seconds' in until ? {seconds: warmUp.seconds} : {requests: warmUp.requests};
    await own(shop.urls, warm);
    const hono = floor ? undefined : await startBareHono(processes, await answerOf(shop, next()));
    const askFloor = floor ?? ((much = until) => ask(hono!.urls, () => hono!.computed(), much));
    await askFloor(warm);
    const pairs: Pair[] = [];
    const halves: Pair[] = [];
    for (let run = 0; run < runs; run++) {
      const cores = coresOf();
      const paced = await own();
      const value = {...paced, cores: cores.during(paced)};
      pairs.push({value, floor: await askFloor()});
      if (processes > 1) halves.push({value, floor: await own(shop.urls.slice(0, 1))});
    }
    hono?.stop();
    figures.push(...figuresOf(`server/${operation}/${kind}/${processes}`, pairs, halves, targets[operation]));
  }
}

async function answerOf({urls}: ServedShop, {path, method = 'GET', body}: LoadedRequest): Promise<object> {
  const response = await fetch(`${urls[0]}${path}`, {
    method,
    ...(body !== undefined && {body, headers: {'Content-Type': 'application/json'}}),
  });
  if (!response.ok) throw new Error(`${path} was answered by ${response.status}.`);
  return (await response.json()) as object;
}

/** Orders that are ready to be placed: what each quotes has been asked before anything is timed. */
async function orderRequests(shop: ServedShop, skuIds: readonly string[], count: number): Promise<LoadedRequest[]> {
  const requests: LoadedRequest[] = [];
  await inParallel(count, connections, async index => {
    const {headers, body} = orderRequest(await quote(shop.urls[0]!, skuIds[index % skuIds.length]!));
    requests.push({path: '/v1/orders', method: 'POST', headers, body: JSON.stringify(body)});
  });
  return requests;
}

function revealRequest({order, token}: PlacedOrder): LoadedRequest {
  const headers = {Authorization: `Bearer ${token}`};
  return {path: `/v1/orders/${order.id}/keys`, method: 'POST', headers, body: '{}'};
}

function ownTime(): number {
  const {user, system} = process.cpuUsage();
  return (user + system) / 1000;
}
