import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import type {Browser, Page} from 'playwright-core';
import {startLocalShop, type LocalShop} from '../../scripts/start/local-shop.ts';
import {subtract} from '../../src/domain/money.ts';
import {launchBrowser} from '../support/browser.ts';
import {buildPages} from '../support/built-pages.ts';
import {platformControl, type PlatformControl} from '../support/platform-control.ts';

/** A host page, and what makes it worth a purchase of its own. `script` stands in for the page's `keystall.js`. */
const pages: readonly {path: string; because: string; script?: string}[] = [
  {path: '/', because: 'on its own origin'},
  {path: '/strict.html', because: 'under a strict CSP with Trusted Types'},
  {path: '/merchant.html', because: 'that holds the three lines and nothing else'},
  {path: '/merchant.html', because: 'that loads the storefront in one file', script: 'keystall.bundle.js'},
];

describe('a purchase, from a script tag to a revealed key', {timeout: 300_000}, () => {
  let folder: string;
  let shop: LocalShop;
  let control: PlatformControl;
  let browser: Browser;

  before(async () => {
    buildPages();
    folder = await mkdtemp(join(tmpdir(), 'keystall-purchase-'));
    shop = await startLocalShop({folder, firstPort: 0});
    control = platformControl(shop);
    browser = await launchBrowser();
  });

  after(async () => {
    await browser.close();
    await shop.stop();
    await rm(folder, {recursive: true, force: true});
  });

  for (const {path, because, script} of pages) {
    it(`works in a page ${because}`, async () => {
      const context = await browser.newContext({locale: 'zh-CN', permissions: ['clipboard-read', 'clipboard-write']});
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', error => complaints.push(error.message));
      page.on('console', message => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      if (script !== undefined) {
        await page.route('**/keystall.js', route =>
          route.continue({url: route.request().url().replace('keystall.js', script)}),
        );
      }
      const before = await control.ledger();

      await page.goto(`${shop.urls.host}${path}`);
      const title = await addFirstGood(page);
      await page.getByRole('button', {name: `加入购物车：${title}`}).click();
      await page.getByRole('button', {name: '购物车，2 件商品'}).click();
      await page.getByRole('dialog', {name: '购物车'}).getByRole('button', {name: '减少一件'}).click();
      await page.getByRole('dialog', {name: '购物车'}).getByText('1 件', {exact: true}).waitFor();
      await page.getByRole('button', {name: '去结算'}).click();

      await page.getByRole('textbox', {name: /联系方式|邮箱/}).fill('buyer@example.com');
      await page.getByRole('radio', {name: /沙盒支付/}).check();
      await page.getByRole('button', {name: /^支付 ¥/}).click();
      await page.waitForURL(`${shop.urls.platform}/pay/**`);
      await page.getByRole('button', {name: '支付', exact: true}).click();
      await page.waitForURL(`${shop.urls.host}${path}*`);

      const keys = page.frameLocator('ks-key-frame iframe');
      await keys.getByRole('button', {name: '显示卡密'}).click();
      const ledger = await control.ledger();
      const bought = ledger.orders.slice(before.orders.length);
      assert.equal(bought.length, 1);
      const [card, ...others] = bought[0]!.cards;
      assert.deepEqual(others, [], 'two were put in, one was bought');
      for (const part of shownParts(card!)) await keys.getByText(part, {exact: true}).waitFor();
      assert.equal(
        subtract(
          {currency: 'CNY', amount: before.balances['1000']!},
          {currency: 'CNY', amount: ledger.balances['1000']!},
        ).amount,
        bought[0]!.amount.amount,
        'the wallet fell by the cost',
      );
      const code = bought[0]!.goodCode;
      assert.equal(ledger.stock[code], before.stock[code]! - 1, 'the card left the stock');

      await keys.getByRole('button', {name: /^复制/}).first().click();
      await keys.getByText('已复制').first().waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), shownParts(card!)[0]);
      const content = await page.content();
      for (const part of shownParts(card!)) assert.ok(!content.includes(part), 'the key is nowhere in the light DOM');
      assert.deepEqual(await page.evaluate(() => (globalThis as {cspViolations?: unknown[]}).cspViolations ?? []), []);
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }

  /** Puts the first good that needs no choice and asks for no fields into the cart; answers its title. */
  async function addFirstGood(page: Page): Promise<string> {
    const add = page.getByRole('button', {name: /^加入购物车：/}).first();
    const title = (await add.getAttribute('aria-label'))!.replace('加入购物车：', '');
    await add.click();
    await page.getByRole('button', {name: '购物车，1 件商品'}).waitFor();
    return title;
  }
});

/** A card number and its password are shown, and copied, each on its own. */
function shownParts(card: string): readonly string[] {
  return card.split(/\s*(?:卡号|密码)[:：]\s*/).filter(part => part !== '');
}
