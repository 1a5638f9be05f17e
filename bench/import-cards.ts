/**
 * How long it takes to put 100,000 cards of a file into own stock, on each kind of database: `npm run bench:import`.
 * Beside it stands its floor, the same rows put into the same table ready-made: what reading, fingerprints, encryption and
 * the search for what is known already cost is the rest. `-- --json` prints one JSON object per line.
 *
 * Memory is what the process holds at the most while it imports, above what it held before: on PGlite the database is in it.
 */
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {cardLines} from '../src/cli/card-lines.ts';
import {systemClock} from '../src/server/clock.ts';
import {importCards} from '../src/server/own-stock/import-cards.ts';
import {openStore} from '../src/server/persistence/open.ts';
import type {Store} from '../src/server/persistence/store.ts';
import {createKeyRing} from '../src/server/security/key-ring.ts';
import {anOwnCard} from '../test/server/persistence/record-builders.ts';
import {startPostgres} from '../test/support/postgres.ts';
import {masterKey} from '../test/support/shop-server.ts';
import {report, type Figure} from './report.ts';

const count = 100_000;
const chunkSize = 1000;
const memoryEveryMs = 50;

const keys = await createKeyRing([masterKey('k1', 1)]);
const folder = await mkdtemp(join(tmpdir(), 'keystall-bench-'));
const path = join(folder, 'cards.txt');
await writeFile(
  path,
  Array.from({length: count}, (_, index) => `GAME-${String(index).padStart(8, '0')}-AAAA\n`).join(''),
);
const figures: Figure[] = [];

const embedded = await openStore({dataFolder: join(folder, 'data'), clock: systemClock});
await measure('pglite', embedded.store);
await embedded.close();

const postgres = await startPostgres();
const real = await openStore({databaseUrl: await postgres.createDatabase(), clock: systemClock});
await measure('postgres', real.store);
await real.close();
await postgres.stop();
await rm(folder, {recursive: true});

report(figures);

async function measure(storeName: string, store: Store): Promise<void> {
  const floor = await timed(() => insertReady(store));
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), memoryEveryMs);
  const {cpu, elapsed} = await timed(async () => {
    const file = {path, format: 'txt', encoding: 'utf-8'} as const;
    const {kept} = await importCards({store, keys, clock: systemClock}, {connectionId: 'own', goodCode: 'G'}, () =>
      cardLines(file),
    );
    if (!kept) throw new Error('Nothing was imported.');
  });
  clearInterval(watch);
  figures.push(
    {
      name: `import/${storeName}/${count}`,
      value: elapsed,
      unit: 'ms',
      floor: floor.elapsed,
    },
    {name: `import/${storeName}/cpu`, value: cpu, unit: 'ms', floor: floor.cpu},
    {name: `import/${storeName}/memory`, value: (most - before) / 1_048_576, unit: 'MiB'},
  );
}

/** Rows of the size that an import writes. */
async function insertReady(store: Store): Promise<void> {
  const sealed = 'x'.repeat(64);
  await store.transaction(async tx => {
    for (let start = 0; start < count; start += chunkSize) {
      await tx.insertOwnCards(Array.from({length: chunkSize}, () => anOwnCard({goodCode: 'floor', sealed})));
    }
  });
}

async function timed(work: () => Promise<void>): Promise<{readonly elapsed: number; readonly cpu: number}> {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  await work();
  const {user, system} = process.cpuUsage(cpu);
  return {elapsed: performance.now() - start, cpu: (user + system) / 1000};
}
