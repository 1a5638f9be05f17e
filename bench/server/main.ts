/**
 * How many requests a shop server answers a second, and how fast: the catalogue (its first page, as everybody asks for
 * it), a quote, an order and the showing of keys. What only reads stands beside hono's bare answer of the same JSON, what
 * writes beside the bare transaction that it needs. On PGlite, and on PostgreSQL with one server process and with two.
 * `npm run bench:server`; `-- --json` prints one JSON object per line; `DURATION=1` (seconds for each figure),
 * `ORDERS=100` and `STORES=postgres` make it shorter.
 */
import {fork} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {PlacedOrder} from '../../src/contract/order.ts';
import {startPostgres} from '../../test/support/postgres.ts';
import {report, type Figure} from '../report.ts';
import {deliverBareOrders, placeBareOrder, revealBareKeys} from '../serving/bare-order.ts';
import {buy, orderRequest, quote, skuIdsOf} from '../serving/buyer.ts';
import {chosenDatabases, openBareDatabase, type BareDatabase, type DatabaseKind} from '../serving/database.ts';
import {inParallel, type Pace} from '../serving/in-parallel.ts';
import {load, type LoadedRequest} from '../serving/load.ts';
import {addressOf, serveShop, type ServedShop} from '../serving/shop.ts';

const seconds = Number(process.env['DURATION'] ?? 3);
const orders = Number(process.env['ORDERS'] ?? 400);
const connections = Number(process.env['CONNECTIONS'] ?? 16);
/** Asked before anything is timed: the code is compiled, the caches are full. */
const warmUp = 200;
/** Orders whose keys are shown again and again. */
const revealed = connections;

const cataloguePath = '/v1/products?limit=24';

const folder = await mkdtemp(join(tmpdir(), 'keystall-bench-'));
const postgres = await startPostgres();
const figures: Figure[] = [];
for (const kind of chosenDatabases()) {
  const database = await openBareDatabase(kind, folder, postgres);
  // The embedded database belongs to one process.
  for (const processes of kind === 'pglite' ? [1] : [1, 2]) await measure(kind, processes, database);
  await database.close();
}
await postgres.stop();
await rm(folder, {recursive: true});
report(figures);

/** Each figure and its floor one right after the other: the machine may have more to do in a minute. */
async function measure(kind: DatabaseKind, processes: number, database: BareDatabase): Promise<void> {
  const shop = await serveShop({
    processes,
    orders: orders + warmUp + revealed,
    databaseUrl: kind === 'postgres' ? await postgres.createDatabase() : undefined,
  });
  const skuIds = await skuIdsOf(shop);
  const quoteRequest = (index: number): LoadedRequest => ({
    path: '/v1/quotes',
    method: 'POST',
    body: JSON.stringify({lines: [{skuId: skuIds[index % skuIds.length]!, quantity: 1}]}),
  });

  const catalogue = await answered(shop, () => ({path: cataloguePath}));
  add('catalogue', catalogue, await bareAnswer(processes, await answerOf(shop, {path: cataloguePath})));

  let quotes = 0;
  const quoted = await answered(shop, () => quoteRequest(quotes++));
  add('quote', quoted, await bareAnswer(processes, await answerOf(shop, quoteRequest(0))));

  const requests = await orderRequests(shop, skuIds, orders + warmUp);
  await load({...shopLoad(shop), until: {requests: warmUp}, next: () => requests.pop()!});
  add(
    'order',
    await load({...shopLoad(shop), until: {requests: requests.length}, next: () => requests.pop()!}),
    await bareOrders(database),
  );

  const placed: PlacedOrder[] = [];
  await inParallel(revealed, 4, async index => {
    placed.push(await buy(shop.urls[0]!, shop.platform, skuIds[index % skuIds.length]!));
  });
  let reveals = 0;
  const next = () => revealRequest(placed[reveals++ % placed.length]!);
  await load({...shopLoad(shop), until: {requests: warmUp}, next});
  add('reveal', await load({...shopLoad(shop), until: {requests: 2 * orders}, next}), await bareReveals(database));
  await shop.stop();

  function add(operation: string, value: Pace, floor: Pace): void {
    const name = `server/${operation}/${kind}/${processes}`;
    figures.push(
      {name, value: value.perSecond, floor: floor.perSecond, unit: 'per s'},
      {name: `${name}/p50`, value: value.p50, floor: floor.p50, unit: 'ms'},
      {name: `${name}/p99`, value: value.p99, floor: floor.p99, unit: 'ms'},
    );
  }
}

function shopLoad({urls}: Pick<ServedShop, 'urls'>) {
  return {urls, connections};
}

async function answered(shop: Pick<ServedShop, 'urls'>, next: () => LoadedRequest): Promise<Pace> {
  await load({...shopLoad(shop), until: {requests: warmUp}, next});
  return load({...shopLoad(shop), until: {seconds}, next});
}

async function answerOf({urls}: ServedShop, {path, method = 'GET', body}: LoadedRequest): Promise<object> {
  const response = await fetch(`${urls[0]}${path}`, {
    method,
    ...(body !== undefined && {body, headers: {'Content-Type': 'application/json'}}),
  });
  if (!response.ok) throw new Error(`${path} was answered by ${response.status}.`);
  return (await response.json()) as object;
}

async function bareAnswer(processes: number, value: object): Promise<Pace> {
  const children = Array.from({length: processes}, () =>
    fork(new URL('../serving/bare-hono.ts', import.meta.url), {stdio: ['ignore', 2, 2, 'ipc']}),
  );
  const urls = await Promise.all(
    children.map(child => {
      child.send(value);
      return addressOf(child);
    }),
  );
  const pace = await answered({urls}, () => ({path: cataloguePath}));
  for (const child of children) child.disconnect();
  return pace;
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

async function bareOrders(database: BareDatabase): Promise<Pace> {
  await inParallel(warmUp, connections, () => placeBareOrder(database));
  return inParallel(orders, connections, () => placeBareOrder(database));
}

async function bareReveals(database: BareDatabase): Promise<Pace> {
  const ids = await deliverBareOrders(database, revealed);
  return inParallel(2 * orders, connections, index =>
    revealBareKeys(database, ids[index % ids.length]!, Math.floor(index / ids.length) + 1),
  );
}
