import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {HostPages} from '../../support/host-pages.ts';

/** Adds up how far the page jumped without anybody pressing anything: the sum behind Cumulative Layout Shift. */
function noteShifts(): void {
  const page = globalThis as unknown as {shifts: {value: number; what: string[]}[]};
  page.shifts = [];
  new PerformanceObserver(list => {
    for (const entry of list.getEntries() as unknown as {
      value: number;
      hadRecentInput: boolean;
      sources: {node: Element | null}[];
    }[]) {
      if (entry.hadRecentInput) continue;
      page.shifts.push({
        value: entry.value,
        what: entry.sources.map(({node}) => (node instanceof Element ? node.outerHTML.slice(0, 60) : String(node))),
      });
    }
  }).observe({type: 'layout-shift', buffered: true});
}

export function testLayoutShift(hosts: () => HostPages): void {
  describe('on a slow line', () => {
    for (const [device, viewport] of Object.entries({
      'a phone': {width: 360, height: 740},
      'a wide screen': {width: 1280, height: 800},
    })) {
      it(`nothing jumps on ${device} while the shop arrives`, async () => {
        const context = await hosts().browser.newContext({viewport, locale: 'zh-CN'});
        await context.addInitScript(noteShifts);
        const page = await context.newPage();
        const line = await context.newCDPSession(page);
        await line.send('Network.enable');
        // 1.6 Mbit/s and 150 ms, as the benchmarks have it.
        await line.send('Network.emulateNetworkConditions', {
          offline: false,
          latency: 150,
          downloadThroughput: 200_000,
          uploadThroughput: 94_000,
        });
        await page.goto(hosts().url);
        // The reader looks at the place where the shop is to come.
        await page.evaluate(() => document.querySelector('#counter')!.scrollIntoView());
        await page.locator('ks-product-card .add:not(.skeleton)').first().waitFor();
        await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve))));
        const shifts = await page.evaluate(
          () => (globalThis as unknown as {shifts: {value: number; what: string[]}[]}).shifts,
        );
        const sum = shifts.reduce((total, {value}) => total + value, 0);
        assert.ok(sum <= 0.02, `${sum}: ${JSON.stringify(shifts)}`);
        await context.close();
      });
    }
  });
}
