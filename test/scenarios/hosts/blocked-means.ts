import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Page} from 'playwright-core';
import {launchBrowser} from '../../support/browser.ts';
import {addFirstGood, type HostPages} from '../../support/host-pages.ts';

/** As browsers do where site data is blocked: the very look at a storage throws. */
function blockStorage(): void {
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
    Object.defineProperty(globalThis, name, {
      get() {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    });
  }
  globalThis.BroadcastChannel = function () {
    throw new DOMException('Access is denied for this document.', 'SecurityError');
  } as unknown as typeof BroadcastChannel;
}

/** As a full disk does: storage is there, and takes nothing. */
function failStorage(): void {
  Storage.prototype.setItem = () => {
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
  };
  IDBFactory.prototype.open = function () {
    throw new DOMException('The disk is full.', 'UnknownError');
  };
}

async function buyUntilPayment(page: Page, platform: string): Promise<void> {
  await fillIn(page);
  await page.getByRole('button', {name: /^支付 ¥/}).click();
  await page.waitForURL(`${platform}/pay/**`);
}

async function fillIn(page: Page): Promise<void> {
  await addFirstGood(page);
  await page.getByRole('button', {name: '购物车，1 件商品'}).click();
  await page.getByRole('button', {name: '去结算'}).click();
  await page.getByRole('textbox', {name: /联系方式|邮箱/}).fill('buyer@example.com');
  await page.getByRole('radio', {name: /沙盒支付/}).check();
}

export function testBlockedMeans(hosts: () => HostPages): void {
  describe('whose browser', () => {
    for (const [name, block] of Object.entries({
      'blocks all storage': blockStorage,
      'has no room left': failStorage,
    })) {
      it(`${name}, a purchase gets as far as the payment, with a password that shows the keys afterwards`, async () => {
        const {page, complaints, end} = await hosts().open({prepare: context => context.addInitScript(block)});
        await fillIn(page);
        const pay = page.getByRole('button', {name: /^支付 ¥/});
        await pay.click();
        const password = page.getByRole('textbox', {name: /查单密码/});
        await page.getByText('这个浏览器不为本店保存数据').waitFor();
        assert.equal(await password.evaluate(field => field.matches(':focus')), true);
        await password.fill('sesame-24');
        await pay.click();
        await page.waitForURL(`${hosts().shop.urls.platform}/pay/**`);
        assert.deepEqual(complaints, []);
        await end();
      });
    }

    it('refuses third-party cookies, nothing is missed: no cookie is set or sent', async () => {
      const cookies: string[] = [];
      const {page, end} = await hosts().open({
        prepare: async context => {
          context.on('request', request => {
            if (request.headers()['cookie']) cookies.push(request.url());
          });
          context.on('response', response => {
            if (response.headers()['set-cookie']) cookies.push(response.url());
          });
        },
      });
      await buyUntilPayment(page, hosts().shop.urls.platform);
      assert.deepEqual([cookies, await page.context().cookies()], [[], []]);
      await end();
    });

    it('brings a page back from its cache, the cart is that of now', async t => {
      const url = hosts().write();
      const browser = await launchBrowser({
        // Playwright turns it off.
        ignoreDefaultArgs: ['--disable-back-forward-cache'],
      });
      t.after(() => browser.close());
      const context = await browser.newContext({locale: 'zh-CN'});
      const page = await context.newPage();
      await page.goto(url);
      await addFirstGood(page);
      await page.evaluate(() =>
        addEventListener('pageshow', event => document.body.setAttribute('data-cached', String(event.persisted))),
      );
      await page.goto(`${url}?next`);
      await addFirstGood(page, 2);
      // A page from the cache does not load again.
      await page.goBack({waitUntil: 'commit'});
      await page.locator('body[data-cached="true"]').waitFor({state: 'attached'});
      await page.getByRole('button', {name: '购物车，2 件商品'}).waitFor();
      await addFirstGood(page, 3);
    });
  });
}
