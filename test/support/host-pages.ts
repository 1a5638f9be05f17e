import {writeFileSync} from 'node:fs';
import {cp, mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Browser, BrowserContext, BrowserContextOptions, Page} from 'playwright-core';
import {freePort} from '../../scripts/start/free-port.ts';
import {startLocalShop, type LocalShop} from '../../scripts/start/local-shop.ts';
import {servePages, type PageServer} from '../../scripts/start/page-server.ts';
import {prepareDatabase} from './prepared-database.ts';
import {launchBrowser} from './browser.ts';
import {buildPages} from './built-pages.ts';

export interface HostPage {
  /** In the head, before the script tag. */
  readonly head?: string;
  readonly body?: string;
  /** What loads the elements, in place of the script tag. */
  readonly script?: string;
  /** Attributes of the outermost element. */
  readonly html?: string;
  readonly context?: BrowserContextOptions;
  /** Readies the context before the page is loaded. */
  readonly prepare?: (context: BrowserContext) => Promise<unknown>;
}

export interface Visit {
  readonly page: Page;
  /** What the page complained of: errors thrown, and errors in the console. */
  readonly complaints: string[];
  end(): Promise<void>;
}

export const grid = '<ks-product-grid limit="6"></ks-product-grid><ks-cart-button></ks-cart-button>';

const scriptTag = '<script type="module" src="https://shop.example/cdn/keystall.js"></script>';

/** The demo's host pages, and pages that tests write, on a merchant's origin; with a real shop behind their script tag. */
export class HostPages {
  readonly shop: LocalShop;
  readonly browser: Browser;
  readonly #server: PageServer;
  readonly #folder: string;
  #written = 0;

  private constructor(shop: LocalShop, browser: Browser, server: PageServer, folder: string) {
    this.shop = shop;
    this.browser = browser;
    this.#server = server;
    this.#folder = folder;
  }

  static async start(): Promise<HostPages> {
    buildPages();
    const folder = await mkdtemp(join(tmpdir(), 'keystall-hosts-'));
    await prepareDatabase(join(folder, 'shop'));
    const root = join(folder, 'pages');
    await cp('dist/demo/host', root, {recursive: true});
    const port = await freePort(0);
    const environment = {SHOP_ORIGINS: `http://127.0.0.1:${port},http://page.localhost:${port}`};
    const shop = await startLocalShop({folder, firstPort: 0, environment});
    const server = await servePages({root, port, shop: shop.urls.shop});
    return new HostPages(shop, await launchBrowser(), server, folder);
  }

  /** The address of the demo's host page. */
  get url(): string {
    return this.#server.url;
  }

  /** The same pages on another site than the shop server's: browsers keep a frame's storage apart there. */
  elsewhere(address: string): string {
    return address.replace('127.0.0.1', 'page.localhost');
  }

  /** Serves a page that holds this markup besides the script tag; answers its address. */
  write({head = '', body = grid, html = 'lang="zh-CN"', script = scriptTag}: HostPage = {}): string {
    const name = `written-${++this.#written}.html`;
    const markup = `<!doctype html><html ${html}><head><meta charset="utf-8"><title>A host page</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">${head}
      ${script}</head><body>${body}</body></html>`;
    writeFileSync(join(this.#folder, 'pages', name), markup);
    return `${this.url}/${name}`;
  }

  /** Puts a script beside the pages; answers its address. */
  writeScript(code: string): string {
    const name = `written-${++this.#written}.js`;
    writeFileSync(join(this.#folder, 'pages', name), code);
    return `./${name}`;
  }

  async open({context: options, prepare, ...content}: HostPage = {}): Promise<Visit> {
    const context = await this.browser.newContext({locale: 'zh-CN', ...options});
    await prepare?.(context);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', error => complaints.push(error.message));
    page.on('console', message => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(this.write(content));
    return {page, complaints, end: () => context.close()};
  }

  async stop(): Promise<void> {
    await this.browser.close();
    this.#server.close();
    await this.shop.stop();
    await rm(this.#folder, {recursive: true, force: true});
  }
}

/** Puts the first good that needs no choice into the cart, by the card's own button, and waits until the shop confirmed it. */
export async function addFirstGood(page: Page, count = 1): Promise<void> {
  await page
    .getByRole('button', {name: /^加入购物车：/})
    .first()
    .click();
  await page.getByRole('button', {name: `购物车，${count} 件商品`}).waitFor();
}
