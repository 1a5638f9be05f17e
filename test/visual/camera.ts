import type {Browser, BrowserContext, Page} from 'playwright-core';
import {launchBrowser, patience} from '../support/browser.ts';
import type {Shot} from './shots.ts';

/** When every picture is taken: a Wednesday morning in Shanghai. */
const now = new Date('2026-09-09T02:30:00Z');
const lowest = 320;
const highest = 760;
const dialogHeight = 720;

/** Renders letters and colours alike wherever the same browser and fonts are. */
const steadyFlags = [
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--disable-font-subpixel-positioning',
  '--force-color-profile=srgb',
  '--hide-scrollbars',
];

export function launchCamera(): Promise<Browser> {
  return launchBrowser({args: steadyFlags});
}

/** A place where time stands still, chance repeats itself and nothing moves. */
export async function openStudio(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    colorScheme: 'light',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  await context.clock.setFixedTime(now);
  await context.addInitScript(repeatChance);
  return context;
}

/** Takes a picture once two in a row are alike. */
export async function take(context: BrowserContext, origin: string, {path, width}: Shot): Promise<Buffer> {
  const page = await context.newPage();
  try {
    await page.setViewportSize({width, height: dialogHeight});
    await page.goto(`${origin}/${path}`);
    await page
      .locator(path.startsWith('gallery/') ? 'html[data-stage]' : 'main')
      .waitFor({state: 'attached', timeout: patience});
    const failure = await page.locator('html[data-stage="failed"] .failed').allInnerTexts();
    if (failure.length > 0) throw new Error(failure.join());
    let height = await heightOf(page);
    for (let tries = 0; tries < 5; tries += 1) {
      const picture = await steadyPicture(page, {width, height});
      await page.setViewportSize({width, height: dialogHeight});
      const again = await heightOf(page);
      // Something came after it was measured: the picture is of that, and has the height of what stood there before.
      if (again === height) return picture;
      height = again;
    }
    throw new Error(`${page.url()} does not keep its height.`);
  } finally {
    await page.close();
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

async function steadyPicture(page: Page, size: Size): Promise<Buffer> {
  const picture = async () => {
    await layOutAnew(page, size);
    return page.screenshot({animations: 'disabled', caret: 'hide', timeout: patience});
  };
  let last = await picture();
  for (let tries = 0; tries < 20; tries += 1) {
    const next = await picture();
    if (next.equals(last)) return next;
    last = next;
  }
  throw new Error(`${page.url()} does not come to rest.`);
}

/**
 * Lays everything out, and paints it, as if it had always stood there. The browser keeps what it has painted: letters that
 * something moved by a fraction of a pixel once it came can stand a whole one from where they would stand otherwise.
 */
async function layOutAnew(page: Page, {width, height}: Size): Promise<void> {
  await page.setViewportSize({width: width + 1, height});
  await page.evaluate(() => document.body.offsetHeight);
  await page.setViewportSize({width, height});
}

/** As high as what is shown, within limits; a dialog fills what it is given. */
const heightOf = (page: Page): Promise<number> =>
  page.evaluate(
    ([lowest, highest, dialogHeight]) => {
      const hasDialog = (root: Document | ShadowRoot): boolean =>
        [...root.querySelectorAll('*')].some(
          element => element.matches('dialog[open]') || (element.shadowRoot !== null && hasDialog(element.shadowRoot)),
        );
      if (hasDialog(document)) return dialogHeight;
      const content = document.querySelector('main')!.getBoundingClientRect();
      return Math.round(Math.min(highest, Math.max(lowest, content.bottom)));
    },
    [lowest, highest, dialogHeight] as const,
  );

/** Runs in the page, before anything else. The nth draw of each size is the same in every run. */
function repeatChance(): void {
  const drawn = new Map<string, number>();
  const scramble = (seed: number): number => {
    let mixed = Math.imul(seed ^ (seed >>> 16), 0x45d9f3b);
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  crypto.getRandomValues = array => {
    if (array === null) return array;
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const kind = `${array.constructor.name} ${array.byteLength}`;
    const count = (drawn.get(kind) ?? 0) + 1;
    drawn.set(kind, count);
    bytes.forEach((_, index) => (bytes[index] = scramble(count * 1009 + index * 31 + array.byteLength) & 255));
    return array;
  };
  Math.random = () => 0.5;
}
