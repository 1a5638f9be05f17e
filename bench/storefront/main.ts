/**
 * How fast the storefront is, beside pages written by hand without any library that show the same cards from the same
 * JSON: the floor. For long lists the floor keeps only what is in view in the page. Headless Chromium, median of 7
 * (`RUNS`), each run in a new profile with an empty cache. docs/bench.md says what the figures are and how to read them.
 *
 * Options: `--json` prints one JSON object per line; `--write` writes the table into docs/bench.md as well.
 */
import {execFileSync} from 'node:child_process';
import {freePort} from '../../scripts/start/free-port.ts';
import {servePages} from '../../scripts/start/page-server.ts';
import {launchBrowser} from '../../test/support/browser.ts';
import {median, report, type Figure} from '../report.ts';
import {measureLoad, measureMounts, measureScroll} from './measure.ts';
import {openBenchShop} from './shop.ts';
import {writeTable} from './write-table.ts';

const runs = Number(process.env['RUNS'] ?? 7);
const counts = (process.env['GOODS'] ?? '24,1000,10000,100000').split(',').map(Number);
const mounts = 1_000;
/** Lists that a page shows whole. */
const short = 24;
/** Scrolling takes as long as it takes, and differs little from run to run. */
const scrollRuns = Math.min(runs, 5);

/** What is measured: its unit, and which of the figures of a run it is. */
const loadNames = [
  ['first-card', 'ms', 'firstCard'],
  ['scripting', 'ms', 'scripting'],
  ['add-to-paint', 'ms', 'addToPaint'],
  ['add-to-paint-frames', 'frames', 'addFrames'],
  ['cls', '', 'cls'],
  ['memory', 'kB', 'memory'],
  ['goods-asked-ahead', 'ms', 'goodsAhead'],
] as const;
const scrollNames = [
  ['scroll-p95', 'ms', 'scrollP95'],
  ['longest-task-at-start', 'ms', 'longestAtStart'],
  ['longest-task-in-scroll', 'ms', 'longestInScroll'],
  ['memory-scrolled', 'kB', 'memory'],
] as const;

/** What is to be reached, by the figure's name without its count. */
const targets: Readonly<Record<string, (count: number) => string>> = {
  'first-card': count => `≤ ${count > short ? '1.25' : '1.2'} × floor`,
  'add-to-paint-frames': () => '1',
  cls: () => '≤ 0.02',
  memory: count => (count > short ? `as with ${short} goods` : ''),
  'goods-asked-ahead': () => '> 0',
  'scroll-p95': () => '≤ 20',
  'longest-task-at-start': () => '≤ 50',
  'longest-task-in-scroll': () => '≤ 50',
};

execFileSync(process.execPath, ['scripts/build.ts', '--if-stale'], {stdio: ['ignore', 2, 2]});
const browser = await launchBrowser();
const figures = [];
for (const count of counts) figures.push(...(await measure(count)));
const version = browser.version();
await browser.close();
report(figures);
if (process.argv.includes('--write')) writeTable('docs/bench.md', figures, {runs, browser: `Chromium ${version}`});

async function measure(count: number): Promise<Figure[]> {
  const port = await freePort(0);
  const shop = await openBenchShop(count, `http://127.0.0.1:${port}`);
  const pages = await servePages({root: 'bench/storefront/pages', port, shop: shop.url});
  const page = `${pages.url}/keystall.html`;
  const endless = `${pages.url}/keystall-endless.html`;
  const floor = `${pages.url}/floor.html?shop=${encodeURIComponent(shop.url)}${count > short ? '&windowed' : ''}`;
  try {
    const loads = await inTurns(
      runs,
      () => measureLoad(browser, floor),
      () => measureLoad(browser, page),
    );
    const found = compare(loads, loadNames, count);
    if (count > short) {
      const scrolls = await inTurns(
        scrollRuns,
        () => measureScroll(browser, floor),
        () => measureScroll(browser, endless),
      );
      found.push(...compare(scrolls, scrollNames, count));
    } else {
      const growth = [];
      for (let run = 0; run < Math.min(runs, 3); run++) growth.push(await measureMounts(browser, page, mounts));
      found.push({name: 'storefront/mounts-heap', value: median(growth), unit: 'kB', target: '≤ 1000'});
    }
    return found;
  } finally {
    pages.close();
    await shop.close();
  }
}

interface Beside<T> {
  readonly floor: readonly T[];
  readonly ours: readonly T[];
}

/** In turns, so that whatever else the machine does falls on both. */
async function inTurns<T>(
  times: number,
  measureFloor: () => Promise<T>,
  measureOurs: () => Promise<T>,
): Promise<Beside<T>> {
  const [floor, ours]: [T[], T[]] = [[], []];
  for (let run = 0; run < times; run++) {
    floor.push(await measureFloor());
    ours.push(await measureOurs());
  }
  return {floor, ours};
}

function compare<K extends string>(
  {floor, ours}: Beside<Readonly<Record<K, number>>>,
  names: readonly (readonly [name: string, unit: string, key: K])[],
  count: number,
): Figure[] {
  const of = (page: readonly Readonly<Record<K, number>>[], key: K) => median(page.map(figures => figures[key]));
  return names.map(([name, unit, key]) => ({
    name: `storefront/${name}/${count}`,
    value: of(ours, key),
    unit,
    floor: of(floor, key),
    target: targets[name]?.(count),
  }));
}
