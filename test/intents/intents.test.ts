import assert from 'node:assert/strict';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {build} from 'esbuild';
import type {Browser, BrowserContext, Page, Route} from 'playwright-core';
import {freePort} from '../../scripts/start/free-port.ts';
import {startLocalShop, type LocalShop} from '../../scripts/start/local-shop.ts';
import {servePages, type PageServer} from '../../scripts/start/page-server.ts';
import type {ProductPage} from '../../src/contract/product.ts';
import {createRandom, type Random} from '../../src/sandbox/index.ts';
import {openPgliteFolder} from '../../src/server/persistence/pglite-folder.ts';
import {createSerialQueue} from '../../src/upstreams/serial-queue.ts';
import {launchBrowser} from '../support/browser.ts';
import {platformControl, type PlatformControl} from '../support/platform-control.ts';
import {prepareDatabase} from '../support/prepared-database.ts';

const seed = process.env['INTENT_SEED'] ?? 'intents-1';
/** Every combination twice. `INTENTS=200 npm run test:intents` is the long run. */
const intents = Number(process.env['INTENTS'] ?? 32);
/** Buyers at once. */
const atOnce = 10;
const patienceMs = 120_000;
/** How long a buyer with two tabs looks at one of them before they turn to the other; turning costs the browser most. */
const lookMs = 1_000;
/** How long a press may take, on however busy a machine; one that meets nothing any more is given up then. */
const pressMs = 3_000;

/** What one buyer does to their purchase, besides making it. */
interface Mischief {
  readonly doubleClick: boolean;
  readonly reload: boolean;
  readonly twoTabs: boolean;
  readonly loseAnswer: boolean;
}

type Tabs = readonly [Page, Page];

describe(
  `${intents} purchase intents in a real browser, half of the requests faulted (INTENT_SEED=${seed})`,
  {timeout: 1_200_000},
  () => {
    let folder: string;
    let shop: LocalShop;
    let control: PlatformControl;
    let browser: Browser;
    let pages: PageServer;
    let line: string;
    const paying = new AbortController();
    /** One page after the other: a busy machine that opens ten at once has opened none of them for long. */
    const openInTurn = createSerialQueue();

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'keystall-intents-'));
      await prepareDatabase(join(folder, 'shop'));
      await writePage(join(folder, 'pages'));
      pages = await servePages({root: join(folder, 'pages'), port: await freePort(0)});
      const origins = Array.from({length: intents}, (_, index) => buyerOrigin(index));
      shop = await startLocalShop({folder, firstPort: 0, environment: {SHOP_ORIGINS: origins.join()}});
      control = platformControl(shop);
      browser = await launchBrowser();
      line = await stockedLine();
    });

    after(async () => {
      paying.abort();
      await browser.close();
      pages.close();
      await shop.stop();
      await rm(folder, {recursive: true, force: true});
    });

    it('makes exactly one order of each, and delivers every one', async () => {
      const random = createRandom(seed);
      const cash = payWhateverIsOpen();
      const waiting = Array.from({length: intents}, (_, index) => index);
      const buyers = Array.from({length: atOnce}, async () => {
        const tabs = await openTabs();
        for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
          await buy(tabs, mischiefOf(index), createRandom(`${seed}/${index}/${random.integer(0, 1_000_000)}`), index);
        }
      });
      await Promise.all(buyers);
      paying.abort();
      await cash;

      const {orders} = await control.ledger();
      await shop.stop();
      const {pglite, close} = await openPgliteFolder(join(folder, 'shop'));
      const {rows} = await pglite.query<{record: {contact: string; progress: {state: string}}}>(
        'select record from keystall.shop_order',
      );
      await close();
      const ordersOf = Array.from({length: intents}, (_, index) =>
        rows.flatMap(({record}) => (record.contact === contactOf(index) ? record.progress.state : [])),
      );
      const astray = ordersOf.flatMap((states, index) =>
        states.join() === 'delivered' ? [] : [{index, ...mischiefOf(index), states}],
      );
      assert.deepEqual(astray, [], 'the shop holds one order for each intent, which is at its end');
      assert.equal(rows.length, intents, 'and no other');
      assert.equal(orders.length, intents, 'the platform sold one for each intent');
      assert.equal(new Set(orders.flatMap(({cards}) => cards)).size, intents, 'no card went out twice');
    });

    /** Every combination comes again every 16 intents. */
    function mischiefOf(index: number): Mischief {
      return {
        doubleClick: (index & 1) > 0,
        reload: (index & 2) > 0,
        twoTabs: (index & 4) > 0,
        loseAnswer: (index & 8) > 0,
      };
    }

    /** Each buyer is an origin of their own, and so has a storage of their own, in one browser window for many. */
    async function buy(tabs: Tabs, mischief: Mischief, random: Random, index: number): Promise<void> {
      const address = `${buyerOrigin(index)}/?shop=${encodeURIComponent(shop.urls.shop)}`;
      const [first, second] = tabs;
      await injectFaults(first.context(), mischief, random);
      try {
        await openInTurn(paying.signal, () => first.goto(`${address}&line=${encodeURIComponent(line)}`));
        if (mischief.twoTabs) await openInTurn(paying.signal, () => second.goto(address));
        await beBuyer(mischief.twoTabs ? tabs : [first], mischief, index);
      } catch (error) {
        const shown = await Promise.all(
          tabs.map(tab => tab.locator('body').ariaSnapshot({timeout: patienceMs}).catch(String)),
        );
        throw new Error(
          `Intent ${index} (${JSON.stringify(mischief)}) did not come to its end. The tabs show:\n${shown.join('\n—\n')}`,
          {cause: error},
        );
      } finally {
        await first.context().unrouteAll({behavior: 'ignoreErrors'});
        await Promise.all(tabs.map(tab => tab.goto('about:blank')));
      }
    }

    async function openTabs(): Promise<Tabs> {
      const context = await browser.newContext({
        locale: 'zh-CN',
        // Nothing here looks at the page: spare the machine its pixels.
        reducedMotion: 'reduce',
        viewport: {width: 360, height: 640},
      });
      return [await context.newPage(), await context.newPage()];
    }

    function contactOf(index: number): string {
      return `buyer-${index}@example.com`;
    }

    function buyerOrigin(index: number): string {
      return pages.url.replace('127.0.0.1', `buyer-${index}.localhost`);
    }

    /** Does whatever the tabs ask a buyer to do, going from one to the other, until each is at its end. */
    async function beBuyer(tabs: readonly Page[], mischief: Mischief, index: number): Promise<void> {
      const open = new Set(tabs);
      let front: Page | undefined;
      const until = performance.now() + patienceMs;
      while (open.size > 0) {
        if (performance.now() > until) throw new Error(`The buyer ran out of patience after ${patienceMs} ms.`);
        for (const tab of open) {
          // A tab that cannot be seen draws nothing, and nothing in it can be pressed.
          if (tab !== front) await tab.bringToFront();
          front = tab;
          if (await isAtEnd(tab, mischief, index).catch(() => false)) open.delete(tab);
        }
      }
    }

    /**
     * Presses what the page offers, if anything. The page is at its end when it offers the keys; or when it says that the
     * cart is empty, which a tab does whose cart the other tab has bought.
     */
    async function isAtEnd(page: Page, {doubleClick}: Mischief, index: number): Promise<boolean> {
      const press = page.getByRole('button', {name: /^(支付 ¥|重试|结账)/});
      const next = press.or(page.getByText('购物车是空的')).or(page.locator('ks-key-frame iframe')).first();
      await next.waitFor({timeout: lookMs}).catch(() => undefined);
      const [words] = await next.allTextContents();
      if (words === undefined) return false;
      // The frame that offers the keys has a height when it does, and no words that the page could read.
      if (words === '' || words.includes('是空的')) return true;
      // The button that was read, and no other that has come in its place.
      const button = page.getByRole('button', {name: words.trim(), exact: true});
      if (!words.trim().startsWith('支付')) {
        await button.click({timeout: pressMs});
        return false;
      }
      // An order whose payment could not be opened is paid without telling the contact again.
      const contact = page.getByRole('textbox').first();
      if (await contact.isVisible()) await contact.fill(contactOf(index), {timeout: pressMs});
      // A browser that lets a frame of another site keep nothing asks for one.
      const password = page.getByRole('textbox', {name: /查单密码/});
      if (await password.isVisible()) await password.fill('sesame-24', {timeout: pressMs});
      await page.getByRole('radio', {name: /扫码/}).check({timeout: pressMs});
      if (doubleClick) await button.dblclick({timeout: pressMs});
      else await button.click({timeout: pressMs});
      return false;
    }

    async function injectFaults(context: BrowserContext, mischief: Mischief, random: Random): Promise<void> {
      let orders = 0;
      await context.route(`${shop.urls.shop}/v1/**`, async (route, request) => {
        const isOrder = request.method() === 'POST' && new URL(request.url()).pathname === '/v1/orders';
        orders += isOrder ? 1 : 0;
        const isFirstOrder = isOrder && orders === 1;
        if (isFirstOrder && mischief.reload)
          void request
            .frame()
            .page()
            .reload()
            .catch(() => undefined);
        const fate =
          isFirstOrder && mischief.loseAnswer
            ? 'answer'
            : (['none', 'none', 'request', 'answer'] as const)[random.integer(0, 3)]!;
        await meet(route, fate).catch(() => undefined);
      });
    }

    /** Lets a request through, loses it, or loses its answer after the server has done what it asks. */
    async function meet(route: Route, fate: 'none' | 'request' | 'answer'): Promise<void> {
      if (fate === 'none') return route.continue();
      if (fate === 'answer' && !route.request().url().endsWith('/events')) await route.fetch();
      await route.abort('connectionreset');
    }

    async function payWhateverIsOpen(): Promise<void> {
      while (!paying.signal.aborted) {
        const {payments} = await control.payments();
        for (const {id, status} of payments) if (status === 'pending') await control.pay(id);
        await pause(200);
      }
    }

    /** The page really comes from a server of its own: Chromium lets no page without an address reach this machine. */
    async function writePage(root: string): Promise<void> {
      await mkdir(root);
      await writeFile(
        join(root, 'index.html'),
        '<!doctype html><html lang="zh-CN"><script type="module" src="/intent-page.js"></script></html>',
      );
      await build({
        entryPoints: ['test/intents/intent-page.ts'],
        outdir: root,
        bundle: true,
        format: 'esm',
        splitting: true,
        target: 'es2022',
        // package.json says of built files only which of them have side effects.
        ignoreAnnotations: true,
        define: {'process.env.NODE_ENV': '"production"'},
      });
    }

    /** A good with cards for everybody, as the cart takes it. */
    async function stockedLine(): Promise<string> {
      const response = await fetch(`${shop.urls.shop}/v1/products?limit=100`);
      const {items} = (await response.json()) as ProductPage;
      const goods = await control.goods();
      const isPlain = (title: string) =>
        goods.some(
          good =>
            good.title === title &&
            good.fields.length === 0 &&
            good.contact === 'any' &&
            !good.nested &&
            good.maximum === 0,
        );
      const item = items.find(
        ({title, skuId, delivery, minimum}) => skuId && delivery === 'automatic' && minimum === 1 && isPlain(title),
      )!;
      await control.setStock(goods.find(({title}) => title === item.title)!.code, intents + 50);
      const {skuId, id, title, price, categoryName} = item;
      return JSON.stringify({skuId, productId: id, title, choices: {}, price, categoryName});
    }
  },
);
