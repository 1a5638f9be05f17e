import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {after, before, describe, it} from 'node:test';
import type {Browser, BrowserContext, Page} from 'playwright-core';
import type * as cdnScript from '../../components/cdn/keystall.ts';
import {startLocalShop, type LocalShop} from '../../scripts/start/local-shop.ts';
import {launchBrowser} from '../support/browser.ts';
import {buildPages} from '../support/built-pages.ts';
import {LocalStripe} from '../support/local-stripe.ts';
import {checkOut} from '../support/page-checkout.ts';
import {platformControl, type PlatformControl} from '../support/platform-control.ts';
import {prepareDatabase} from '../support/prepared-database.ts';
import {testStripeElement} from './payments/stripe-element.ts';

type CdnScript = Pick<typeof cdnScript, 'registerPaymentElement'>;

const hash = '#/goods/7?sort=price';

describe('a payment, in a real browser', {timeout: 300_000}, () => {
  let folder: string;
  let shop: LocalShop;
  let stripe: LocalStripe;
  let control: PlatformControl;
  let browser: Browser;

  before(async () => {
    buildPages();
    folder = await mkdtemp(join(tmpdir(), 'keystall-payment-'));
    await prepareDatabase(join(folder, 'shop'));
    stripe = await LocalStripe.start();
    const config = fileURLToPath(new URL('../support/stripe-shop.config.ts', import.meta.url));
    const environment = {SANDBOX_ELEMENT: '1', SANDBOX_CODE_SECONDS: '5', ...stripe.environment};
    shop = await startLocalShop({folder, firstPort: 0, config, environment});
    stripe.tell(shop.urls.shop);
    control = platformControl(shop);
    browser = await launchBrowser();
  });

  after(async () => {
    await browser.close();
    await shop.stop();
    stripe.stop();
    await rm(folder, {recursive: true, force: true});
  });

  const newContext = (): Promise<BrowserContext> => browser.newContext({locale: 'zh-CN'});
  const home = (): string => `${shop.urls.host}/merchant.html${hash}`;
  const bought = async (): Promise<number> => (await control.ledger()).orders.length;

  async function payBy(page: Page, method: RegExp): Promise<void> {
    await page.goto(home());
    await checkOut(page, {method});
  }

  it('leads a browser that has lost its storage back to the order, once', async () => {
    const before = await bought();
    const first = await newContext();
    const page = await first.newPage();
    await payBy(page, /沙盒支付/);
    await page.waitForURL(`${shop.urls.platform}/pay/**`);
    const desk = page.url();
    await first.close();

    const second = await newContext();
    const fresh = await second.newPage();
    const addresses: string[] = [];
    second.on('request', request => addresses.push(request.url()));
    await fresh.addInitScript(() => {
      const hashes: string[] = [];
      Object.assign(globalThis, {hashes});
      addEventListener('hashchange', () => hashes.push(location.hash));
    });
    await fresh.goto(desk);
    await fresh.getByRole('button', {name: '支付', exact: true}).click();
    await fresh.waitForURL(`${shop.urls.host}/**`);
    const keys = fresh.frameLocator('ks-key-frame iframe');
    await keys.getByRole('button', {name: '显示卡密'}).click();
    await keys.getByRole('button', {name: /^复制/}).first().waitFor();
    assert.equal(await bought(), before + 1);

    assert.equal(fresh.url(), home(), 'the page’s own hash is as it was, and nothing else is in it');
    assert.deepEqual(await fresh.evaluate(() => (globalThis as unknown as {hashes: string[]}).hashes), [hash]);
    const returns = addresses.filter(address => address.includes('/v1/payments/returns/'));
    assert.equal(returns.length, 1);
    const code = returns[0]!.split('/').at(-1)!;
    for (const address of addresses) {
      assert.ok(!address.includes(code) || address.startsWith(`${shop.urls.shop}/v1/payments/returns/`), address);
    }

    await fresh.reload();
    await fresh.getByRole('button', {name: /^购物车/}).waitFor();
    const third = await newContext();
    const stranger = await third.newPage();
    const answered = stranger.waitForResponse(`${shop.urls.shop}/v1/orders/return`);
    await stranger.goto(returns[0]!);
    assert.equal((await answered).status(), 404, 'the way back is used up');
    assert.equal(await stranger.getByRole('dialog').count(), 0);
    await second.close();
    await third.close();
  });

  it('by a code that ran out goes on with a new code of the same order', async () => {
    const before = await bought();
    const context = await newContext();
    const page = await context.newPage();
    const opened: string[] = [];
    page.on('request', request => {
      if (request.method() === 'POST' && /\/v1\/orders(\/[^/]+\/payments)?$/.test(request.url()))
        opened.push(request.url());
    });
    await payBy(page, /沙盒扫码支付/);
    const first = await page.getByRole('link', {name: /在本机|本设备|打开/}).getAttribute('href');
    await page.getByRole('heading', {name: '二维码已过期'}).waitFor();
    assert.equal(await page.locator('svg.qr').count(), 0);
    const gone = await (await fetch(first!)).text();
    assert.ok(gone.includes('class="expired"'), 'the provider takes no money for the old code');

    // Paid as soon as there is one: it lasts for seconds, which on a busy machine is not long.
    await page.route(/\/v1\/orders\/[^/]+\/payments$/, async route => {
      const response = await route.fetch();
      await control.pay((await control.payments()).payments.at(-1)!.id);
      await route.fulfill({response});
    });
    await page.getByRole('button', {name: '刷新二维码'}).click();
    await page.frameLocator('ks-key-frame iframe').getByRole('button', {name: '显示卡密'}).waitFor();
    assert.equal(await bought(), before + 1);
    assert.equal(opened.filter(url => url.endsWith('/orders')).length, 1, 'one order');
    assert.equal(opened.filter(url => url.endsWith('/payments')).length, 2, 'two codes');
    await context.close();
  });

  it('in the element of the provider turns the order paid when the provider has told the server', async () => {
    const before = await bought();
    const context = await newContext();
    const page = await context.newPage();
    await page.goto(home());
    await page.evaluate(async address => {
      const {registerPaymentElement} = (await import(`${address}/cdn/keystall.js`)) as CdnScript;
      await registerPaymentElement('sandbox', async (container, payment) => {
        const provider = (await import(payment.settings['script']!)) as {
          mount(container: HTMLElement, payment: unknown): void;
        };
        provider.mount(container, payment);
      });
    }, shop.urls.shop);
    await checkOut(page, {method: /沙盒页内支付/});
    const own = page.locator('ks-checkout > [slot=payment-element]');
    await own.getByRole('button', {name: '拒绝支付'}).click();
    await page.getByRole('heading', {name: '支付方没有通过这次付款'}).waitFor();
    await page.getByRole('button', {name: /^支付 ¥/}).click();
    await own.getByRole('button', {name: '支付', exact: true}).click();
    await page.frameLocator('ks-key-frame iframe').getByRole('button', {name: '显示卡密'}).waitFor();
    assert.equal(await bought(), before + 1);
    assert.equal(await own.count(), 0, 'the element is put away');
    await context.close();
  });

  testStripeElement(() => ({browser, shop, stripe, control}));
});
