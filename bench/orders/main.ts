/**
 * How many orders a shop server sells a second, from the quote to the keys: the payment is confirmed by the sandbox
 * provider, the card is bought at a sandbox platform over HTTP, and each of the three is a process of its own. Beside it
 * stands the floor: the transactions that such an order needs, with the rows they write, on the same kind of database
 * and with as many at once. `npm run bench:orders`; `-- --json` prints one JSON object per line; `ORDERS=50` and
 * `STORES=postgres` make it shorter.
 */
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {startPostgres} from '../../test/support/postgres.ts';
import {report, type Figure} from '../report.ts';
import {sellBareOrder} from '../serving/bare-order.ts';
import {buy, reveal, skuIdsOf} from '../serving/buyer.ts';
import {chosenDatabases, openBareDatabase, type DatabaseKind} from '../serving/database.ts';
import {inParallel, type Pace} from '../serving/in-parallel.ts';
import {serveShop} from '../serving/shop.ts';

const orders = Number(process.env['ORDERS'] ?? 300);
const buyers = Number(process.env['BUYERS'] ?? 16);
/** Sold before anything is timed: the code is compiled, the connections are open. */
const warmUp = Math.min(orders, 64);

const folder = await mkdtemp(join(tmpdir(), 'keystall-bench-'));
const postgres = await startPostgres();
const figures: Figure[] = [];
for (const kind of chosenDatabases()) {
  const floor = await floorOf(kind);
  const value = await sell(kind);
  figures.push(
    {name: `orders/${kind}`, value: value.perSecond, floor: floor.perSecond, unit: 'per s'},
    {name: `orders/${kind}/p50`, value: value.p50, floor: floor.p50, unit: 'ms'},
    {name: `orders/${kind}/p99`, value: value.p99, floor: floor.p99, unit: 'ms'},
  );
}
await postgres.stop();
await rm(folder, {recursive: true});
report(figures);

async function sell(kind: DatabaseKind): Promise<Pace> {
  const shop = await serveShop({
    processes: 1,
    orders: warmUp + orders,
    databaseUrl: kind === 'postgres' ? await postgres.createDatabase() : undefined,
  });
  const skuIds = await skuIdsOf(shop);
  const one = async (index: number) => {
    const skuId = skuIds[index % skuIds.length]!;
    await reveal(shop.urls[0]!, await buy(shop.urls[0]!, shop.platform, skuId));
  };
  await inParallel(warmUp, buyers, one);
  const pace = await inParallel(orders, buyers, index => one(warmUp + index));
  await shop.stop();
  return pace;
}

async function floorOf(kind: DatabaseKind): Promise<Pace> {
  const database = await openBareDatabase(kind, folder, postgres);
  await inParallel(warmUp, buyers, () => sellBareOrder(database));
  const pace = await inParallel(orders, buyers, () => sellBareOrder(database));
  await database.close();
  return pace;
}
