/**
 * How long the shop server takes to find goods among 100,000, request to answer, on each store: `npm run bench:search`.
 * Beside each search stands its floor, a bare substring scan of the same titles and spellings in this process; the
 * ratio is how many floors it takes. `-- --json` prints one JSON object per line.
 *
 * A search that somebody else has just made is answered from memory ("again"). Medians of 15; times are milliseconds.
 */
import {createServer} from '../src/server/app.ts';
import {systemClock} from '../src/server/clock.ts';
import {createMemoryJobs} from '../src/server/jobs/memory-jobs.ts';
import {createSpeller} from '../src/server/catalogue/speller.ts';
import {silentLog} from '../src/server/log.ts';
import {searchText} from '../src/server/persistence/listing-search.ts';
import {createMemoryStore} from '../src/server/persistence/memory-store.ts';
import {openStore} from '../src/server/persistence/open.ts';
import type {ListingRecord} from '../src/server/persistence/records.ts';
import type {Store} from '../src/server/persistence/store.ts';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {aCategory, aListing} from '../test/server/persistence/record-builders.ts';
import {money} from '../src/domain/money.ts';
import {median, report, type Figure} from './report.ts';
import {startPostgres} from '../test/support/postgres.ts';
import {openShop} from '../test/support/shop-server.ts';

const count = 100_000;
const rounds = 15;
const queries = {
  chinese: '王者荣耀',
  initials: 'wzry',
  pinyin: 'wangzhe',
  nothing: 'qqqqqq',
} as const;

const brands = [
  '王者荣耀',
  '爱奇艺黄金会员',
  '腾讯视频',
  '网易云音乐',
  'Steam 钱包',
  '原神 创世结晶',
  '和平精英 点券',
  '迅雷会员',
];
const kinds = ['月卡', '季卡', '年卡', '充值码', '兑换码', '直充'];

const plain = Array.from({length: count}, (_, index): ListingRecord => {
  const title = `${brands[index % 97 < 8 ? index % 8 : 7]} ${kinds[index % 6]} ${index}`;
  const price = money(`${(index % 5_000) / 10 + 0.1}`.slice(0, 6), 'CNY');
  return aListing('bench', `${index}`, {title, position: index, price, categoryId: `bench-${index % 40}`});
});
const startedAt = performance.now();
const listings = await createSpeller({log: silentLog}).spell(plain);
const lines: Figure[] = [{name: 'search/spell-100k', value: performance.now() - startedAt, unit: 'ms'}];
const categories = Array.from({length: 40}, (_, index) => aCategory('bench', {id: `bench-${index}`, position: index}));
const texts = listings.map(listing => `${searchText(listing)}\n${listing.spelling?.toLowerCase() ?? ''}`);

await measure('memory', createMemoryStore({clock: systemClock}));

const dataFolder = await mkdtemp(join(tmpdir(), 'keystall-bench-'));
const embedded = await openStore({dataFolder, clock: systemClock});
await measure('pglite', embedded.store);
await embedded.close();
await rm(dataFolder, {recursive: true});

const postgres = await startPostgres();
const real = await openStore({databaseUrl: await postgres.createDatabase(), clock: systemClock});
await measure('postgres', real.store);
await real.close();
await postgres.stop();

report(lines);

async function measure(storeName: string, store: Store): Promise<void> {
  await store.transaction(tx => tx.putListings('bench', categories, listings));
  const ports = {...(await openShop()).ports, store, jobs: createMemoryJobs({clock: systemClock}), log: silentLog};
  const server = createServer(ports);
  const ask = async (query: string) => {
    const response = await server.fetch(new Request(`http://shop.test/v1/products?${query}`));
    if (response.status !== 200) throw new Error(`${storeName}: ${query} was answered by ${response.status}.`);
    await response.arrayBuffer();
  };
  // A limit nobody has asked for yet makes it another question for the memory, and the same one for the store.
  let limit = 6;
  for (const [name, q] of Object.entries(queries)) {
    const query = `q=${encodeURIComponent(q)}`;
    const value = await timed(() => ask(`${query}&limit=${limit++}`));
    const floor = await timed(async () => texts.filter(text => text.includes(q)).length);
    lines.push({name: `search/${storeName}/${name}`, value, unit: 'ms', floor});
  }
  limit = 24;
  lines.push({
    name: `search/${storeName}/first-page`,
    value: await timed(() => ask(`limit=${limit++}`)),
    unit: 'ms',
  });
  await ask('q=wzry');
  lines.push({name: `search/${storeName}/again`, value: await timed(() => ask('q=wzry')), unit: 'ms'});
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const from = performance.now();
    await work();
    times.push(performance.now() - from);
  }
  return median(times);
}
