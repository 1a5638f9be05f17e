import assert from 'node:assert/strict';
import type {Browser, BrowserContext, Locator, Page} from 'playwright-core';
import {patience} from '../support/browser.ts';

export interface DemoVisitOptions {
  readonly browser: Browser;
  readonly url: string;
  /** Query of the demo's address. */
  readonly query?: string;
  readonly width?: number;
}

/** One visitor of the demo, who sees what a person would, and notes what went wrong and what left the page. */
export class DemoVisit {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #errors: string[] = [];
  readonly #strays: string[] = [];

  private constructor(context: BrowserContext, page: Page, origin: string) {
    this.#context = context;
    this.page = page;
    page.on('pageerror', error => this.#errors.push(error.message));
    page.on('console', message => {
      if (message.type() === 'error') this.#errors.push(message.text());
    });
    context.on('response', response => {
      const isOwn = new URL(response.url()).origin === origin || /^(data|blob):/.test(response.url());
      if (!isOwn && !response.fromServiceWorker()) this.#strays.push(response.url());
    });
    context.on('requestfailed', request => {
      const why = request.failure()?.errorText ?? '';
      // What the page itself called off, such as an event stream it no longer needs.
      if (why !== 'net::ERR_ABORTED') this.#strays.push(`${request.url()} ${why}`);
    });
  }

  static async start({browser, url, query = '', width = 1280}: DemoVisitOptions): Promise<DemoVisit> {
    const context = await browser.newContext({
      viewport: {width, height: 900},
      reducedMotion: 'reduce',
      locale: 'zh-CN',
    });
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    const visit = new DemoVisit(context, page, url);
    await page.goto(`${url}/shop/index.html${query}`);
    return visit;
  }

  card(title: string): Locator {
    return this.page.locator('ks-product-card').filter({hasText: title});
  }

  get cashier(): Locator {
    return this.page.locator('#cashier');
  }

  get order(): Locator {
    return this.page.locator('ks-checkout ks-order');
  }

  /** Puts a good into the cart and goes to the checkout. */
  async chooseAndCheckOut(title: string): Promise<void> {
    await this.card(title).locator('[part="add"]').click();
    await this.page.getByRole('button', {name: '购物车，1 件商品'}).click();
    await this.page.getByRole('button', {name: '去结算'}).click();
  }

  async placeOrder(method: '沙盒支付' | '沙盒扫码支付' | '银行转账' = '沙盒支付'): Promise<void> {
    const {page} = this;
    await page.getByLabel('联系方式').fill('buyer@example.com');
    await page.getByRole('radio', {name: new RegExp(`^${method}`)}).check();
    await page.getByRole('button', {name: /^支付 ¥/}).click();
  }

  /** @param tolerated what may be said on the console in this scenario */
  async end({tolerated}: {readonly tolerated?: RegExp} = {}): Promise<void> {
    await this.#context.close();
    assert.deepEqual(
      this.#errors.filter(error => !tolerated?.test(error)),
      [],
      'errors on the console',
    );
    assert.deepEqual(this.#strays, [], 'requests that left the page');
  }
}
