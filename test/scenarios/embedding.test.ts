import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {after, before, describe, it} from 'node:test';
import type {Browser, BrowserContext, Page} from 'playwright-core';
import {startLocalShop, type LocalShop} from '../../scripts/start/local-shop.ts';
import type {ProductPage} from '../../src/contract/product.ts';
import {launchBrowser, patience} from '../support/browser.ts';
import {buildPages} from '../support/built-pages.ts';
import {addFirstGood} from '../support/host-pages.ts';
import {codeBlocks} from '../docs/markdown.ts';
import {prepareDatabase} from '../support/prepared-database.ts';

describe('what the guides say of pages', {timeout: 300_000}, () => {
  let folder: string;
  let shop: LocalShop;
  let browser: Browser;
  /** A good that needs no choice. */
  let good: {readonly id: string; readonly title: string};
  /** What the strict page of the demo is served with. */
  let policy: string;

  before(async () => {
    buildPages();
    folder = mkdtempSync(join(tmpdir(), 'keystall-embedding-'));
    await prepareDatabase(join(folder, 'data', 'shop'));
    shop = await startLocalShop({folder: join(folder, 'data'), firstPort: 0});
    browser = await launchBrowser();
    const {items} = (await (await fetch(`${shop.urls.shop}/v1/products?limit=100`)).json()) as ProductPage;
    good = items.find(({skuId, stock}) => skuId !== undefined && stock === 'in_stock')!;
    policy = (await fetch(`${shop.urls.host}/strict.html`)).headers.get('content-security-policy')!;
    assert.match(policy, /script-src/);
  });

  after(async () => {
    await browser.close();
    await shop.stop();
    rmSync(folder, {recursive: true, force: true});
  });

  /** Opens a page of the merchant's origin that holds this, and hears what the browser complains of. */
  async function open(body: string, headers: Record<string, string> = {}): Promise<Visit> {
    // A page that the test answers for comes from nowhere: a browser would ask whether it may reach this machine.
    const context = await browser.newContext({locale: 'zh-CN', permissions: ['local-network-access']});
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', error => complaints.push(error.message));
    page.on('console', message => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    const url = `${shop.urls.host}/snippet.html`;
    await page.route(url, route =>
      route.fulfill({
        contentType: 'text/html; charset=utf-8',
        headers,
        body: `<!doctype html><html lang="zh-CN"><title>Page</title><link rel="icon" href="./mark.svg"><body>${body}`,
      }),
    );
    return {context, page, complaints, visit: () => page.goto(url)};
  }

  interface Visit {
    readonly context: BrowserContext;
    readonly page: Page;
    readonly complaints: readonly string[];
    visit(): Promise<unknown>;
  }

  const asHere = (html: string): string =>
    html.replaceAll('https://shop.example', shop.urls.shop).replaceAll('PRODUCT-ID', good.id);

  for (const [index, {text}] of codeBlocks('docs/embedding.md', 'html').entries()) {
    it(`works under a strict CSP: snippet ${index + 1} of docs/embedding.md`, async () => {
      const {context, page, complaints, visit} = await open(asHere(text), {'content-security-policy': policy});
      await visit();
      for (const [, tag] of text.matchAll(/<(ks-[a-z-]+)/g)) {
        // What waits for a function in the page would run a text, which the policy forbids.
        await page.locator(`${tag!}:defined`).first().waitFor({state: 'attached'});
      }
      if (text.includes('ks-product-grid')) await page.locator('ks-product-card').first().waitFor();
      if (text.includes('data-ks-command')) {
        await page.getByRole('button', {name: 'Buy a card'}).click();
        await page.getByRole('status').getByText(`已加入购物车：${good.title}`).waitFor();
        await page.getByRole('button', {name: 'Cart', exact: true}).click();
        const cart = page.getByRole('dialog', {name: '购物车'});
        await cart.getByRole('heading', {name: good.title}).waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('link', {name: 'Pay'}).click();
        await page.getByRole('textbox', {name: /联系方式|邮箱/}).waitFor();
        assert.equal(page.url(), `${shop.urls.host}/snippet.html`, 'the link was not followed');
      }
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }

  it('a page that a server rendered is read without a script; with one it is taken over and sells, under a strict policy', async () => {
    const url = `${shop.urls.host}/served.html`;
    // Twice: what a server has loaded for one visitor changes nothing for the next.
    for (const javaScriptEnabled of [false, true]) {
      const context = await browser.newContext({locale: 'zh-CN', javaScriptEnabled});
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', error => complaints.push(error.message));
      page.on('console', message => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      const answer = await page.goto(url);
      assert.match(answer!.headers()['content-security-policy']!, /style-src 'self' 'nonce-/);
      assert.equal(await page.getByRole('article').count(), 8);
      if (javaScriptEnabled) {
        await page.evaluate(async () => {
          await customElements.whenDefined('ks-product-card');
          const grid = document.querySelector('ks-product-grid')! as HTMLElement & {isServed: boolean};
          const cards = (): boolean[] =>
            [...grid.shadowRoot!.querySelectorAll('ks-product-card')].map(card => 'isServed' in card && !card.isServed);
          while (grid.isServed || !cards().every(Boolean)) await new Promise(resolve => requestAnimationFrame(resolve));
        });
        // Whoever draws itself anew instead of taking over complains.
        await addFirstGood(page);
      }
      assert.deepEqual(complaints, []);
      await context.close();
    }
  });

  describe('in a script of the page', () => {
    const snippets = codeBlocks('docs/embedding.md', 'js').map(({text}) => text);
    const run = async (wanted: RegExp) => {
      const snippet = snippets.find(text => wanted.test(text))!;
      const opened = await open(
        `<ks-product-grid limit="4"></ks-product-grid><script type="module">${asHere(snippet)}</script>`,
      );
      await opened.visit();
      return opened;
    };

    it('follow the cart', async () => {
      const {context, page, complaints} = await run(/pageShop/);
      const counted = page.waitForEvent('console', message => message.text() === '1');
      await page
        .getByRole('button', {name: /^加入购物车：/})
        .first()
        .click();
      await counted;
      assert.deepEqual(complaints, []);
      await context.close();
    });

    it('replace words', async () => {
      const {context, page, complaints} = await run(/registerTranslation/);
      await page.getByText('立即购买', {exact: true}).first().waitFor();
      assert.deepEqual(complaints, []);
      await context.close();
    });
  });

  describe('in a folder of their own', () => {
    interface Integrity {
      readonly version: string;
      readonly pinned: Readonly<Record<string, string>>;
      readonly integrity: Readonly<Record<string, string>>;
    }
    const read = () => JSON.parse(readFileSync('dist/cdn/integrity.json', 'utf8')) as Integrity;

    /** A page that pins what it loads, as docs/self-hosting.md writes it; `change` stands between disk and browser. */
    async function pinnedPage(
      change: (path: string, content: string) => string = (_, content) => content,
    ): Promise<Visit> {
      const own = mkdtempSync(join(folder, 'own-'));
      cpSync('dist/cdn', join(own, 'public/keystall'), {recursive: true});
      const [snippet] = codeBlocks('docs/self-hosting.md', 'js');
      // It reads from where the page's own build runs.
      writeFileSync(
        join(own, 'head.mjs'),
        snippet!.text.replace("'public/", `'${join(own, 'public').replaceAll('\\', '/')}/`),
      );
      const {head} = (await import(pathToFileURL(join(own, 'head.mjs')).href)) as {head: string};
      const [elements] = codeBlocks('docs/self-hosting.md', 'html');
      const body = asHere(elements!.text.replace(/<script.*<\/script>/, ''));
      const opened = await open(head + body);
      await opened.page.route(`${shop.urls.host}/keystall/**`, route => {
        const path = new URL(route.request().url()).pathname.replace('/keystall/', '');
        const content = readFileSync(join(own, 'public/keystall', path), 'utf8');
        return route.fulfill({contentType: 'text/javascript', body: change(path, content)});
      });
      return opened;
    }

    it('have the hashes that integrity.json names, every script of them', () => {
      const {version, pinned, integrity} = read();
      assert.equal(version, (JSON.parse(readFileSync('package.json', 'utf8')) as {version: string}).version);
      const chunks = JSON.parse(readFileSync('dist/cdn/chunks.json', 'utf8')) as Record<string, unknown>;
      for (const path of [
        ...Object.values(pinned),
        ...Object.keys(chunks).filter(name => name.startsWith('chunks/')),
      ]) {
        const hash = createHash('sha384')
          .update(readFileSync(join('dist/cdn', path)))
          .digest('base64');
        assert.equal(integrity[path], `sha384-${hash}`, path);
      }
      for (const [entry, copy] of Object.entries(pinned)) {
        assert.deepEqual(readFileSync(join('dist/cdn', copy)), readFileSync(join('dist/cdn', entry)));
      }
    });

    it('sell, each checked by the browser', async () => {
      const {context, page, complaints, visit} = await pinnedPage();
      await visit();
      await page.locator('ks-product-card').first().waitFor();
      assert.deepEqual(complaints, []);
      await context.close();
    });

    for (const [what, isChanged] of [
      ['the entry', (path: string) => path.startsWith('keystall-')],
      ['a chunk', (path: string) => path.startsWith('chunks/core-')],
    ] as const) {
      it(`are refused by the browser where somebody changed ${what}`, async () => {
        const {context, page, complaints, visit} = await pinnedPage((path, content) =>
          isChanged(path) ? `globalThis.changed = true;${content}` : content,
        );
        const refused = page.waitForEvent('console', message => /integrity/i.test(message.text()));
        await visit();
        await refused;
        assert.equal(await page.evaluate(() => 'changed' in globalThis), false, complaints.join());
        assert.equal(await page.evaluate(() => customElements.get('ks-product-grid') === undefined), true);
        await context.close();
      });
    }
  });
});
