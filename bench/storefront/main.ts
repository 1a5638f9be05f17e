/**
 * How fast the storefront is, beside pages written by hand without any library that show the same cards from the same
 * JSON: the floor. Headless Chromium, median of 7 (`RUNS`), each run in a new profile with an empty cache.
 *
 * - `first-card`: from the navigation to the first card, on a slow line (150 ms, 1.6 Mbit/s), CPU four times slower
 * - `scripting`: what the CPU spent on script until then
 * - `add-to-paint`: from the press of a card's button to the next painted frame that shows it, CPU four times slower
 * - `cls`: cumulative layout shift of loading and adding
 * - `memory`: JavaScript heap after loading, after a collection
 * - `scroll-p95`: frame times while a long list is scrolled through, unthrottled; floor: windowing written by hand
 *
 * Options: `--json` prints one JSON object per line.
 */
import {execFileSync} from 'node:child_process';
import {freePort} from '../../scripts/start/free-port.ts';
import {servePages} from '../../scripts/start/page-server.ts';
import {launchBrowser} from '../../test/support/browser.ts';
import {median, report, type Figure} from '../report.ts';
import {measureLoad, measureScroll, type LoadFigures} from './measure.ts';
import {openBenchShop} from './shop.ts';

const runs = Number(process.env['RUNS'] ?? 7);
const counts = [24, 1_000, 10_000];
const scrolled = [1_000, 10_000, 100_000];
const loadNames = [
  ['first-card', 'ms', 'firstCard'],
  ['scripting', 'ms', 'scripting'],
  ['add-to-paint', 'ms', 'addToPaint'],
  ['cls', '', 'cls'],
  ['memory', 'kB', 'memory'],
] as const;

execFileSync(process.execPath, ['scripts/build.ts', '--if-stale'], {stdio: ['ignore', 2, 2]});
const figures: Figure[] = [];
const browser = await launchBrowser();
for (const count of [...new Set([...counts, ...scrolled])]) {
  const port = await freePort(0);
  const shop = await openBenchShop(count, `http://127.0.0.1:${port}`);
  const pages = await servePages({root: 'bench/storefront/pages', port, shop: shop.url});
  const ours = `${pages.url}/keystall.html`;
  const floor = `${pages.url}/floor.html?shop=${encodeURIComponent(shop.url)}`;
  if (counts.includes(count)) {
    const loads: Record<'ours' | 'floor', LoadFigures[]> = {ours: [], floor: []};
    // In turns, so that whatever else the machine does falls on both.
    for (let run = 0; run < runs; run++) {
      loads.floor.push(await measureLoad(browser, floor));
      loads.ours.push(await measureLoad(browser, ours));
    }
    for (const [name, unit, key] of loadNames) {
      const of = (page: 'ours' | 'floor') => median(loads[page].map(load => load[key]));
      figures.push({name: `storefront/${name}/${count}`, value: of('ours'), unit, floor: of('floor')});
    }
  }
  if (scrolled.includes(count)) {
    const [mine, bare]: [number[], number[]] = [[], []];
    for (let run = 0; run < runs; run++) {
      bare.push(await measureScroll(browser, `${floor}&windowed`));
      mine.push(await measureScroll(browser, ours));
    }
    figures.push({name: `storefront/scroll-p95/${count}`, value: median(mine), unit: 'ms', floor: median(bare)});
  }
  pages.close();
  shop.close();
}
await browser.close();
report(figures);
