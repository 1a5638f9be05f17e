import type {Browser, CDPSession, Page} from 'playwright-core';
import {percentile} from '../report.ts';

export interface LoadFigures {
  /** Milliseconds from the navigation to the frame after the first card. */
  readonly firstCard: number;
  /** Milliseconds of script until then, on the slowed CPU. */
  readonly scripting: number;
  /** Milliseconds from a press to the painted frame that shows it. */
  readonly addToPaint: number;
  /** Cumulative layout shift. */
  readonly cls: number;
  /** Kilobytes of JavaScript heap after a collection. */
  readonly memory: number;
}

/* What the pages measure of themselves. Both are asked the same way, by what a reader would see. */
declare global {
  interface Window {
    bench: {cls: number; firstCard: number; add(): HTMLButtonElement | undefined; frames: number[]};
  }
}

export async function measureLoad(browser: Browser, url: string): Promise<LoadFigures> {
  return inNewPage(browser, async (page, devtools) => {
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: 1_600_000 / 8,
      uploadThroughput: 750_000 / 8,
    });
    await devtools.send('Emulation.setCPUThrottlingRate', {rate: 4});
    await devtools.send('Performance.enable');
    await page.goto(url);
    await page.waitForFunction(() => window.bench.firstCard > 0, undefined, {polling: 'raf'});
    const {ScriptDuration: scripting} = await metrics(devtools);
    const addToPaint = await page.evaluate(
      () =>
        new Promise<number>(resolve => {
          const button = window.bench.add()!;
          const before = button.textContent;
          const start = performance.now();
          button.click();
          const look = () => {
            // The frame that shows it has been drawn when the task after it runs.
            if (window.bench.add()?.textContent === before) return requestAnimationFrame(look);
            const channel = new MessageChannel();
            channel.port1.onmessage = () => resolve(performance.now() - start);
            channel.port2.postMessage(null);
          };
          requestAnimationFrame(look);
        }),
    );
    await devtools.send('HeapProfiler.collectGarbage');
    const {JSHeapUsedSize: memory} = await metrics(devtools);
    const {firstCard, cls} = await page.evaluate(() => window.bench);
    return {firstCard, scripting: scripting! * 1000, addToPaint, cls, memory: memory! / 1000};
  });
}

/** Answers the frame time that 95 of 100 frames keep while the list is scrolled to its end. */
export async function measureScroll(browser: Browser, url: string): Promise<number> {
  return inNewPage(browser, async page => {
    await page.goto(url);
    await page.waitForFunction(() => window.bench.firstCard > 0, undefined, {polling: 'raf'});
    const frames = await page.evaluate(
      () =>
        new Promise<number[]>(resolve => {
          const times: number[] = [];
          let last = performance.now();
          const step = (now: number) => {
            times.push(now - last);
            last = now;
            scrollBy(0, 120);
            if (times.length < 400) requestAnimationFrame(step);
            else resolve(times.slice(5));
          };
          requestAnimationFrame(step);
        }),
    );
    return percentile(frames, 0.95);
  });
}

async function inNewPage<T>(browser: Browser, use: (page: Page, devtools: CDPSession) => Promise<T>): Promise<T> {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, locale: 'zh-CN'});
  try {
    const page = await context.newPage();
    await page.addInitScript(watch);
    return await use(page, await context.newCDPSession(page));
  } finally {
    await context.close();
  }
}

async function metrics(devtools: CDPSession): Promise<Record<string, number>> {
  const answer = await devtools.send('Performance.getMetrics');
  return Object.fromEntries(answer.metrics.map(({name, value}) => [name, value]));
}

/** Runs in the page before anything else. */
function watch(): void {
  const inside = (root: ParentNode | null | undefined, selector: string) => root?.querySelector<HTMLElement>(selector);
  const add = () =>
    inside(document, '#list .add') ??
    inside(inside(inside(document, 'ks-product-grid')?.shadowRoot, 'ks-product-card')?.shadowRoot, 'button[part=add]');
  window.bench = {cls: 0, firstCard: 0, frames: [], add: () => (add() as HTMLButtonElement | null) ?? undefined};
  new PerformanceObserver(list => {
    for (const entry of list.getEntries() as (PerformanceEntry & {value: number; hadRecentInput: boolean})[]) {
      if (!entry.hadRecentInput) window.bench.cls += entry.value;
    }
  }).observe({type: 'layout-shift', buffered: true});
  const look = () => {
    if (add()) requestAnimationFrame(now => (window.bench.firstCard = now));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
