import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Browser, FrameLocator, Page} from 'playwright-core';
import type {LocalShop} from '../../../scripts/start/local-shop.ts';
import {addFirstGood} from '../../support/host-pages.ts';
import type {LocalStripe} from '../../support/local-stripe.ts';
import type {PlatformControl} from '../../support/platform-control.ts';

export interface StripePlace {
  readonly browser: Browser;
  readonly shop: LocalShop;
  readonly stripe: LocalStripe;
  readonly control: PlatformControl;
}

const cards = {good: '4242 4242 4242 4242', declined: '4000 0000 0000 0002', asksTheBank: '4000 0025 0000 3155'};

export function testStripeElement(place: () => StripePlace): void {
  describe("in Stripe's element, under a strict policy,", () => {
    it('by a card after another one was declined never leaves the page', async () => {
      const {page, complaints, end} = await open();
      const before = await bought();
      const card = await payWithin(page);
      const left: string[] = [];
      page.on('framenavigated', frame => {
        if (frame === page.mainFrame()) left.push(frame.url());
      });
      await payButton(page).click();
      await page.getByRole('alert').getByText('请检查填写的付款信息。').waitFor();
      await card.fill(cards.declined);
      await payButton(page).click();
      await page.getByRole('alert').getByText('银行没有通过这次付款，没有扣款。').waitFor();
      assert.equal(await bought(), before);

      await card.fill(cards.good);
      await payButton(page).click();
      await keysOf(page).getByRole('button', {name: '显示卡密'}).click();
      await keysOf(page).getByRole('button', {name: /^复制/}).first().waitFor();
      assert.equal(await bought(), before + 1);
      assert.equal(await page.locator('ks-checkout > [slot=payment-element]').count(), 0, 'the form is put away');
      assert.deepEqual(left, []);
      assert.deepEqual(await refusedBy(page), []);
      assert.deepEqual(complaints, []);
      await end();
    });

    it('goes by the page of the buyer’s bank and back, refused and confirmed', async () => {
      const {page, complaints, end} = await open();
      const before = await bought();
      await (await payWithin(page)).fill(cards.asksTheBank);
      await payButton(page).click();
      await page.getByRole('button', {name: 'Fail', exact: true}).click();
      await page.getByRole('alert').getByText('银行没有确认是您本人付款').waitFor();
      assert.equal(page.url(), home(), 'nothing that Stripe adds to the way back reaches the page');
      assert.equal(await bought(), before);

      const addresses: string[] = [];
      page.on('request', request => addresses.push(request.url()));
      await cardField(page).fill(cards.asksTheBank);
      await payButton(page).click();
      await page.getByRole('button', {name: 'Complete', exact: true}).click();
      await keysOf(page).getByRole('button', {name: '显示卡密'}).click();
      await keysOf(page).getByRole('button', {name: /^复制/}).first().waitFor();
      assert.equal(page.url(), home());
      assert.equal(await bought(), before + 1);
      const {shop, stripe} = place();
      const told = addresses.filter(address => address.includes('_secret_') && !address.startsWith(stripe.url));
      assert.equal(told.length, 1, told.join('\n'));
      assert.ok(told[0]!.startsWith(`${shop.urls.shop}/v1/payments/returns/`), told[0]);
      assert.deepEqual(await refusedBy(page), []);
      // The way back leads a browser that has lost the order to it, once. This one came by twice, and has the order.
      const [usedUp = '', ...others] = complaints;
      assert.match(usedUp, /404 .*\/v1\/orders\/return$/);
      assert.deepEqual(others, []);
      await end();
    });

    it('is delivered to who closes the tab once they have paid, by what Stripe tells the server', async () => {
      const {stripe} = place();
      const {page, end, newPage} = await open();
      const before = await bought();
      await (await payWithin(page)).fill(cards.good);
      const notification = stripe.holdNotification();
      await payButton(page).click();
      await notification.caught;
      // The server learns of it by the webhook or not at all.
      stripe.isDeafToServers = true;
      await page.close();
      notification.release();

      const later = await newPage();
      await later.goto(`${place().shop.urls.host}/orders.html`);
      await later.locator('ks-order-list').getByText('已发货').waitFor();
      stripe.isDeafToServers = false;
      assert.equal(await bought(), before + 1);
      await end();
    });
  });

  const home = (): string => `${place().shop.urls.host}/strict.html`;
  const bought = async (): Promise<number> => (await place().control.ledger()).orders.length;

  async function open() {
    const {browser, stripe} = place();
    // A page that the test answers for comes from nowhere: a browser would ask whether it may reach this machine.
    const context = await browser.newContext({locale: 'zh-CN', permissions: ['local-network-access']});
    await context.route(home(), async route => {
      const response = await route.fetch();
      const headers = response.headers();
      const policy = headers['content-security-policy']!;
      // As docs/embedding.md says: Stripe beside the shop, in these three lines and no other.
      const withStripe = policy.replace(/(?<=(script|frame|connect)-src )/g, `${stripe.url} `);
      const named = `${withStripe}; trusted-types lit-html keystall-stripe`;
      await route.fulfill({response, headers: {...headers, 'content-security-policy': named}});
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', error => complaints.push(error.message));
    page.on('console', message => {
      const {url} = message.location();
      // Of a refused card, and of what a bank's page lacks, browsers tell the console, too.
      if (message.type() === 'error' && !url.startsWith(stripe.url)) complaints.push(`${message.text()} ${url}`);
    });
    return {page, complaints, newPage: () => context.newPage(), end: () => context.close()};
  }

  /** From the page to Stripe's form in it; answers the field for the card. */
  async function payWithin(page: Page) {
    await page.goto(home());
    await addFirstGood(page);
    await page.getByRole('button', {name: '购物车，1 件商品'}).click();
    await page.getByRole('button', {name: '去结算'}).click();
    await page.getByRole('textbox', {name: /联系方式|邮箱/}).fill('buyer@example.com');
    await page.getByRole('radio', {name: '银行卡等，在本页支付'}).check();
    await payButton(page).click();
    return cardField(page);
  }
}

/** In Stripe's frame, in the page itself. */
const cardField = (page: Page) =>
  page.locator('ks-checkout > [slot=payment-element]').frameLocator('iframe').getByRole('textbox', {name: '卡号'});

const payButton = (page: Page) => page.getByRole('button', {name: /^支付 ¥/});
const keysOf = (page: Page): FrameLocator => page.frameLocator('ks-key-frame iframe');
const refusedBy = (page: Page): Promise<unknown> =>
  page.evaluate(() => (globalThis as {cspViolations?: unknown[]}).cspViolations);
