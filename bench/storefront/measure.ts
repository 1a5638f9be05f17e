import type {Browser, CDPSession, Page} from 'playwright-core';
import {percentile} from '../report.ts';

export interface LoadFigures {
  /** Milliseconds from the navigation to the frame after the first whole card. */
  readonly firstCard: number;
  /** Milliseconds of script until then, on the slowed CPU. */
  readonly scripting: number;
  /** Milliseconds from a press to the painted frame that shows it. */
  readonly addToPaint: number;
  /** The how many-th frame after the press that was. */
  readonly addFrames: number;
  /** Cumulative layout shift. */
  readonly cls: number;
  /** Kilobytes of JavaScript heap after a collection. */
  readonly memory: number;
  /** Milliseconds from the request for the first goods to the arrival of the code that draws them. */
  readonly goodsAhead: number;
}

export interface ScrollFigures {
  /** Milliseconds between frames that 95 of 100 keep. */
  readonly scrollP95: number;
  /** Milliseconds of the longest task while loading, and while scrolling; 0 if none took 50. */
  readonly longestAtStart: number;
  readonly longestInScroll: number;
  /** Kilobytes of JavaScript heap after the scrolling and a collection. */
  readonly memory: number;
}

/* What the pages measure of themselves. Both are asked the same way, by what a reader would see. */
declare global {
  interface Window {
    bench: {
      cls: number;
      firstCard: number;
      longestTask: number;
      add(): HTMLButtonElement | undefined;
      /** Settles in a task after the next frame was drawn. */
      drawn(): Promise<void>;
    };
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
    await firstCard(page);
    const {ScriptDuration: scripting} = await metrics(devtools);
    // Whoever presses has read first.
    await page.waitForLoadState('networkidle');
    const {addToPaint, addFrames} = await page.evaluate(async () => {
      const {bench} = window;
      await bench.drawn();
      const before = bench.add()!.textContent;
      const start = performance.now();
      bench.add()!.click();
      let frames = 0;
      do {
        await bench.drawn();
        frames++;
      } while (bench.add()?.textContent === before);
      return {addToPaint: performance.now() - start, addFrames: frames};
    });
    await devtools.send('HeapProfiler.collectGarbage');
    const {JSHeapUsedSize: memory} = await metrics(devtools);
    const {firstCard: shownAfter, cls} = await page.evaluate(() => window.bench);
    const goodsAhead = await page.evaluate(() => {
      const loaded = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const first = (name: RegExp) => loaded.find(entry => name.test(entry.name))!;
      return first(/\/core-\w+\.js|\/floor\.js/).responseEnd - first(/\/v1\/products/).startTime;
    });
    return {
      firstCard: shownAfter,
      scripting: scripting! * 1000,
      addToPaint,
      addFrames,
      cls,
      memory: memory! / 1000,
      goodsAhead,
    };
  });
}

/** What a list costs that is scrolled through at 120 pixels a frame, on the machine as it is. */
export async function measureScroll(browser: Browser, url: string): Promise<ScrollFigures> {
  return inNewPage(browser, async (page, devtools) => {
    await devtools.send('Performance.enable');
    await page.goto(url);
    await firstCard(page);
    await page.waitForLoadState('networkidle');
    const {frames, atStart, inScroll} = await page.evaluate(async () => {
      const {bench} = window;
      const atStart = bench.longestTask;
      bench.longestTask = 0;
      const times = await new Promise<number[]>(resolve => {
        const intervals: number[] = [];
        let last = performance.now();
        const step = (now: number) => {
          intervals.push(now - last);
          last = now;
          scrollBy(0, 120);
          if (intervals.length < 400) requestAnimationFrame(step);
          else resolve(intervals.slice(5));
        };
        requestAnimationFrame(step);
      });
      await bench.drawn();
      return {frames: times, atStart, inScroll: bench.longestTask};
    });
    await devtools.send('HeapProfiler.collectGarbage');
    const {JSHeapUsedSize: memory} = await metrics(devtools);
    return {
      scrollP95: percentile(frames, 0.95),
      longestAtStart: atStart,
      longestInScroll: inScroll,
      memory: memory! / 1000,
    };
  });
}

/** Kilobytes by which the heap grows when a grid with its cards comes and goes so many times. */
export async function measureMounts(browser: Browser, url: string, mounts: number): Promise<number> {
  return inNewPage(browser, async (page, devtools) => {
    await devtools.send('Performance.enable');
    await page.goto(url);
    await firstCard(page);
    const comeAndGo = (times: number) =>
      page.evaluate(async count => {
        const main = document.querySelector('main')!;
        const isDrawn = () => window.bench.add() !== undefined;
        for (let mount = 0; mount < count; mount++) {
          main.replaceChildren(document.createElement('ks-product-grid'));
          while (!isDrawn()) await new Promise<void>(resolve => setTimeout(resolve));
          main.replaceChildren();
        }
      }, times);
    const heap = async () => {
      await frameDrawn(page);
      await devtools.send('HeapProfiler.collectGarbage');
      return (await metrics(devtools))['JSHeapUsedSize']! / 1000;
    };
    // What is made once and kept is there after some.
    await comeAndGo(50);
    const before = await heap();
    await comeAndGo(mounts);
    return (await heap()) - before;
  });
}

async function frameDrawn(page: Page): Promise<void> {
  await page.evaluate(() => window.bench.drawn());
}

async function firstCard(page: Page): Promise<void> {
  await page.waitForFunction(() => window.bench.firstCard > 0, undefined, {polling: 'raf'});
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
  const card = () =>
    inside(document, '#list article') ??
    inside(inside(inside(document, 'ks-product-grid')?.shadowRoot, 'ks-product-card')?.shadowRoot, '[part=card]');
  const add = () => (inside(card(), 'button:is(.add, [part=add])') as HTMLButtonElement | null) ?? undefined;
  const drawn = () =>
    new Promise<void>(resolve => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve();
        channel.port2.postMessage(null);
      });
    });
  window.bench = {cls: 0, firstCard: 0, longestTask: 0, add, drawn};
  new PerformanceObserver(list => {
    for (const entry of list.getEntries() as (PerformanceEntry & {value: number; hadRecentInput: boolean})[]) {
      if (!entry.hadRecentInput) window.bench.cls += entry.value;
    }
  }).observe({type: 'layout-shift', buffered: true});
  new PerformanceObserver(list => {
    for (const {duration} of list.getEntries()) window.bench.longestTask = Math.max(window.bench.longestTask, duration);
  }).observe({type: 'longtask', buffered: true});
  const look = () => {
    const cover = inside(card(), 'svg.cover, .cover > svg, .cover > img');
    if (add() && cover) requestAnimationFrame(now => (window.bench.firstCard = now));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
