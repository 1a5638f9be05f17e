import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {BrowserContext, Page} from 'playwright-core';
import type {LocalShop} from '../../scripts/start/local-shop.ts';
import {HostPages} from '../support/host-pages.ts';
import {checkOut, contact} from '../support/page-checkout.ts';
import {platformControl, type PlatformControl} from '../support/platform-control.ts';

const lookupPassword = 'sesame-24';

/** What opens an order elsewhere. */
interface Lost {
  readonly id: string;
  readonly number: string;
  readonly token: string;
}

describe('an order whose checkout was closed', {timeout: 300_000}, () => {
  let hosts: HostPages;
  let shop: LocalShop;
  let control: PlatformControl;

  before(async () => {
    hosts = await HostPages.start();
    ({shop} = hosts);
    control = platformControl(shop);
  });

  after(() => hosts.stop());

  it('is found by number, contact and password, paid by its code there, and delivered', async () => {
    const bought = await count();
    const {number} = await loseCheckout(/沙盒扫码支付/);
    const context = await newContext();
    const page = await context.newPage();
    const opened = countOpenings(page);
    await page.goto(hosts.write({body: '<ks-order-lookup></ks-order-lookup>'}));
    const form = page.frameLocator('iframe[title="查询订单"]');
    await form.getByRole('textbox', {name: '订单号'}).fill(number);
    await form.getByRole('textbox', {name: '联系方式'}).fill(contact);
    await form.getByLabel('查单密码', {exact: true}).fill(lookupPassword);
    await form.getByRole('button', {name: '查询'}).click();
    await page.getByRole('heading', {name: '现在付款'}).waitFor();
    await page.locator('svg.qr').waitFor();
    assert.equal(await count(), bought, 'nothing is bought before it is paid');
    const {payments} = await control.payments();
    await control.pay(payments.at(-1)!.id);
    await page.getByRole('heading', {name: '已发货'}).waitFor();
    const keys = page.frameLocator('iframe[title="卡密"]');
    await keys.getByRole('button', {name: '显示卡密'}).click();
    await keys.getByRole('button', {name: /^复制/}).first().waitFor();
    assert.equal(await count(), bought + 1, 'bought once');
    assert.equal(opened(), 0, 'the code that was there is the one that was paid');
    await context.close();
  });

  it('is opened by its token, paid in another way on the payment page, and delivered', async () => {
    const bought = await count();
    const {id, token} = await loseCheckout(/沙盒扫码支付/);
    const context = await newContext();
    const page = await context.newPage();
    const opened = countOpenings(page);
    await page.goto(hosts.write({body: `<ks-order order-id="${id}"></ks-order>`}));
    await page.locator('ks-order').evaluate((order, given) => Object.assign(order, {token: given}), token);
    await page.getByText('其他支付方式').click();
    await page.getByRole('radio', {name: '沙盒支付', exact: true}).check();
    await page.getByRole('button', {name: /^支付 ¥/}).click();
    await page.waitForURL(`${shop.urls.platform}/pay/**`);
    assert.equal(opened(), 1);
    await page.getByRole('button', {name: '支付', exact: true}).click();
    await page.waitForURL(`${hosts.url}/**`);
    await page.getByRole('heading', {name: '已发货'}).waitFor();
    assert.equal(await count(), bought + 1, 'bought once');
    await context.close();
  });

  const newContext = (): Promise<BrowserContext> => hosts.browser.newContext({locale: 'zh-CN'});
  const count = async (): Promise<number> => (await control.ledger()).orders.length;

  /** Places an order with a look-up password, and goes away while its payment is awaited. */
  async function loseCheckout(method: RegExp): Promise<Lost> {
    const context = await newContext();
    const page = await context.newPage();
    const placed = page.waitForResponse(`${shop.urls.shop}/v1/orders`);
    await page.goto(`${hosts.url}/`);
    await checkOut(page, {method, lookupPassword});
    const {order, token} = (await (await placed).json()) as {order: {id: string; number: string}; token: string};
    await page.locator('svg.qr').waitFor();
    await context.close();
    return {id: order.id, number: order.number, token};
  }

  function countOpenings(page: Page): () => number {
    let openings = 0;
    page.on('request', request => {
      if (request.method() === 'POST' && request.url().endsWith('/payments')) openings += 1;
    });
    return () => openings;
  }
});
