import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {after, before, describe, it} from 'node:test';
import type {AxeResults} from 'axe-core';
import type {Browser, Page} from 'playwright-core';
import type {PageServer} from '../../scripts/start/page-server.ts';
import {launchBrowser} from '../support/browser.ts';
import {buildAndServeDemo} from './built-demo.ts';
import {DemoVisit} from './demo-visit.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('the demo', () => {
  let demo: PageServer;
  let browser: Browser;

  before(async () => {
    demo = await buildAndServeDemo();
    browser = await launchBrowser({
      // No name resolves: what tries to leave the page fails.
      args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
    });
  });

  after(async () => {
    await browser?.close();
    demo?.close();
  });

  const visit = (query?: string, width?: number): Promise<DemoVisit> =>
    DemoVisit.start({browser, url: demo.url, ...(query && {query}), ...(width && {width})});

  it('sells a good, takes the payment in the page and uncovers the card that left the platform', async () => {
    const visitor = await visit('?platform=open');
    const {page, cashier, order} = visitor;
    const wallet = page.locator('[data-balance]');
    assert.equal(await wallet.getAttribute('data-balance'), '10000.00');

    await visitor.chooseAndCheckOut('Steam 钱包 10 元');
    await visitor.placeOrder();
    await cashier.getByRole('button', {name: '支付', exact: true}).click();
    await order.getByRole('heading', {name: '已发货'}).waitFor();
    await order.getByRole('button', {name: '显示卡密'}).click();
    // Not `innerText`: the browser may not have drawn a key yet that is only just in sight.
    const key = (await order.locator('ks-key-reveal .secret').textContent())?.trim();
    await page.getByRole('button', {name: '继续购物'}).click();

    const purchase = page.locator('[data-order]');
    await purchase.first().waitFor();
    assert.equal(await purchase.count(), 1);
    assert.equal(await purchase.locator('code').innerText(), key);
    const cost = (await purchase.locator('strong').innerText()).replace('¥', '');
    const left = await wallet.getAttribute('data-balance');
    assert.equal(Number(left) + Number(cost), 10_000);

    await page.getByRole('button', {name: '订单', exact: true}).click();
    await page.locator('#orders').getByRole('heading', {name: '已发货'}).waitFor();
    await visitor.end();
  });

  it('holds a phone before a QR code, on a narrow screen too', async () => {
    const visitor = await visit('', 360);
    await visitor.chooseAndCheckOut('Steam 钱包 10 元');
    await visitor.placeOrder('沙盒扫码支付');
    await visitor.page.locator('ks-checkout [part="qr"]').waitFor();
    await visitor.cashier.getByRole('heading', {name: '买家的手机'}).waitFor();
    await visitor.page.keyboard.press('Escape');
    await visitor.page.getByRole('link', {name: '在本机打开支付'}).click();
    await visitor.cashier.getByRole('button', {name: '支付并通知两次'}).click();
    await visitor.order.getByRole('heading', {name: '已发货'}).waitFor();
    assert.equal(await visitor.page.evaluate(() => document.documentElement.scrollWidth), 360);
    await visitor.end();
  });

  it('lets a payment run out, and arrive late', async () => {
    const visitor = await visit();
    const {cashier, page} = visitor;
    await visitor.chooseAndCheckOut('Steam 钱包 10 元');
    await visitor.placeOrder();
    await cashier.getByRole('button', {name: '让它超时'}).click();
    await cashier.getByText('支付已超时').waitFor();
    await page.getByRole('heading', {name: '这次付款已超时', includeHidden: true}).waitFor({state: 'attached'});
    await cashier.getByRole('button', {name: '超时后补付'}).click();
    await visitor.order.getByRole('heading', {name: '已发货'}).waitFor();
    await visitor.end();
  });

  it('says that an order is being confirmed while the platform’s answer is lost', async () => {
    const visitor = await visit('?platform=open');
    await visitor.page.getByRole('button', {name: '成交后断线'}).click();
    await visitor.chooseAndCheckOut('Steam 钱包 10 元');
    await visitor.placeOrder();
    await visitor.cashier.getByRole('button', {name: '支付', exact: true}).click();
    await visitor.order.getByRole('heading', {name: '已付款，正在向供货方确认'}).waitFor();
    // Sold once, and bought nowhere else.
    await visitor.page.locator('[data-order]').first().waitFor();
    assert.equal(await visitor.page.locator('[data-order]').count(), 1);
    await visitor.end();
  });

  it('lets a person see a bank transfer come in', async () => {
    const visitor = await visit('?scenario=every-payment&platform=open');
    const {page} = visitor;
    await visitor.chooseAndCheckOut('Steam 钱包 10 元');
    await visitor.placeOrder('银行转账');
    const details = page.locator('ks-checkout [part="transfer"]');
    await details.waitFor();
    const reference = (await details.locator('.code').innerText()).trim();
    await page.keyboard.press('Escape');
    await page.locator('.platform').getByText(reference).waitFor();
    await page.getByRole('button', {name: '确认到账'}).click();
    await page.getByRole('button', {name: '确认到账'}).waitFor({state: 'detached'});
    await page.getByRole('button', {name: '订单', exact: true}).click();
    await page.locator('#orders').getByRole('heading', {name: '已发货'}).waitFor();
    await visitor.end();
  });

  it('shows an empty shop', async () => {
    const visitor = await visit('?scenario=empty');
    await visitor.page.getByText('暂时没有商品').waitFor();
    await visitor.end();
  });

  it('shows a shop that is sold out', async () => {
    const visitor = await visit('?scenario=sold-out');
    await visitor.card('Steam 钱包 10 元').waitFor();
    const buttons = visitor.page.locator('ks-product-card [part="add"]');
    const texts = (await buttons.allInnerTexts()).map(text => text.trim());
    assert.deepEqual([...new Set(texts)], ['已售罄']);
    await visitor.end();
  });

  it('shows that a slow shop is loading', async () => {
    const visitor = await visit('?scenario=slow');
    await visitor.page.getByText('正在加载商品…').first().waitFor({state: 'attached'});
    await visitor.card('Steam 钱包 10 元').waitFor();
    await visitor.end();
  });

  it('shows a declined payment, and how to go on', async () => {
    const visitor = await visit('?scenario=payment-fails');
    await visitor.chooseAndCheckOut('Steam 钱包 10 元');
    await visitor.placeOrder();
    await visitor.page.getByRole('heading', {name: '支付方没有通过这次付款'}).waitFor();
    await visitor.page.getByRole('button', {name: /^支付 ¥/}).waitFor();
    await visitor.end();
  });

  it('sells nothing while the platform is gone, and says so', async () => {
    const visitor = await visit('?scenario=upstream-down');
    const card = visitor.card('Steam 钱包 10 元');
    await card.locator('[part="add"]').click();
    assert.match(await card.locator('.error').innerText(), /库存|售罄/);
    await visitor.page.getByRole('button', {name: '购物车，空'}).waitFor();
    // Pictures come from the platform, too; the elements draw their own instead.
    await visitor.end({tolerated: /status of 404/});
  });

  it('keeps scenario, language, theme and category in its address', async () => {
    const visitor = await visit('?lang=en&theme=dark');
    const {page} = visitor;
    const html = page.locator('html');
    assert.equal(await html.getAttribute('lang'), 'en');
    assert.equal(await html.getAttribute('data-theme'), 'dark');
    await page.getByRole('link', {name: /^Console Cards/}).click();
    await visitor.card('Nintendo eShop Japan JPY 500').first().waitFor();
    await page.getByRole('radio', {name: 'Light'}).check();
    await page.getByRole('radio', {name: '中文'}).check();
    await visitor.card('任天堂 eShop').first().waitFor();
    const address = new URL(page.url()).searchParams;
    assert.deepEqual([address.get('lang'), address.get('theme')], [null, 'light']);
    assert.match(address.get('category') ?? '', /./);

    await page.getByRole('combobox', {name: '情景'}).selectOption('empty');
    await page.waitForURL(/scenario=empty/);
    await page.getByText('暂时没有商品').waitFor();
    await visitor.end();
  });

  for (const theme of ['light', 'dark']) {
    it(`is accessible around the elements (${theme})`, async () => {
      const visitor = await visit(`?platform=open&theme=${theme}`);
      await visitor.chooseAndCheckOut('Steam 钱包 10 元');
      await visitor.placeOrder();
      await visitor.cashier.waitFor();
      assert.deepEqual(await violations(visitor.page, '#cashier'), []);
      await visitor.cashier.getByRole('button', {name: '支付', exact: true}).click();
      await visitor.page.getByRole('button', {name: '继续购物'}).click();
      await visitor.page.locator('[data-order]').waitFor();
      assert.deepEqual(await violations(visitor.page, 'body'), []);
      await visitor.end();
    });
  }
});

/** What axe finds in a part of the page, elements included. */
async function violations(page: Page, selector: string): Promise<readonly string[]> {
  await page.evaluate(axe);
  const {violations: found} = await page.evaluate(
    context => (globalThis as unknown as {axe: {run(context: string): Promise<AxeResults>}}).axe.run(context),
    selector,
  );
  return found.flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html}`));
}
