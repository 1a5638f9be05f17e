import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {CDPSession, Page} from 'playwright-core';
import type {HostPages} from '../../support/host-pages.ts';

interface Visit {
  readonly page: Page;
  /** How often the grid's question was put. */
  asked(): number;
  /** Lets the code of the shop through, which is held back until then. */
  letShopCome(): void;
}

export function testFirstGoods(hosts: () => HostPages): void {
  describe('whose first goods', () => {
    for (const attributes of ['', 'lang="en-us"', 'limit="6" category="game-cards" sort="price_ascending"']) {
      it(`are asked for before any code has come, and once: <ks-product-grid ${attributes}>`, () =>
        visit(hosts(), `<ks-product-grid ${attributes}></ks-product-grid>`, async ({page, asked, letShopCome}) => {
          await firstButton(page).waitFor();
          letShopCome();
          await addFirst(page);
          assert.equal(asked(), 1);
        }));
    }

    it('are drawn once: the same cards stay when the shop is there', () =>
      visit(hosts(), '<ks-product-grid></ks-product-grid>', async ({page, letShopCome}) => {
        await firstButton(page).waitFor();
        const card = await page.locator('ks-product-card article').first().elementHandle();
        letShopCome();
        await addFirst(page);
        assert.equal(await card?.evaluate(element => element.isConnected), true);
      }));

    it('go into the cart by a press before the code of the shop has come', () =>
      visit(
        hosts(),
        '<ks-product-grid></ks-product-grid><ks-cart-button></ks-cart-button>',
        async ({page, letShopCome}) => {
          await firstButton(page).click();
          await page.locator('article[aria-busy=true]').waitFor();
          letShopCome();
          await page.locator('ks-cart-button .badge', {hasText: '1'}).waitFor();
          await page.locator('ks-product-card .add.done').waitFor();
        },
      ));

    it('are followed by more, asked for before the code of the shop has come', () =>
      visit(hosts(), '<ks-product-grid limit="2"></ks-product-grid>', async ({page, letShopCome}) => {
        await page.locator('ks-product-grid [part=more]').click();
        letShopCome();
        await page.locator('ks-product-grid li:nth-child(4) .add:not(.skeleton)').waitFor();
      }));

    it('may be rubbish: the shop’s own answer counts', () =>
      visit(
        hosts(),
        '<ks-product-grid></ks-product-grid>',
        async ({page, asked, letShopCome}) => {
          letShopCome();
          await firstButton(page).waitFor();
          assert.equal(asked(), 2);
        },
        '{"items":[{"id":1}],"total":1}',
      ));
  });
}

const firstButton = (page: Page) => page.locator('ks-product-card .add:not(.skeleton)').first();

/** Only the shop can do that: it is there. */
async function addFirst(page: Page): Promise<void> {
  await firstButton(page).click();
  await page.locator('ks-product-card .add.done').waitFor();
}

/** Visits a page with these elements; the code that draws comes when the first goods are there, or `instead` of them. */
async function visit(
  hosts: HostPages,
  body: string,
  look: (visit: Visit) => Promise<void>,
  instead?: string,
): Promise<void> {
  const context = await hosts.browser.newContext({locale: 'zh-CN'});
  const page = await context.newPage();
  const line = await context.newCDPSession(page);
  const asked = new Set<string>();
  const answered = Promise.withResolvers<void>();
  const shop = Promise.withResolvers<void>();
  line.on('Network.requestWillBeSent', ({requestId, request}) => {
    if (request.url.includes('/v1/products?')) asked.add(requestId);
  });
  const seeAnswered = ({requestId}: {requestId: string}) => {
    if (asked.has(requestId)) answered.resolve();
  };
  line.on('Network.loadingFinished', seeAnswered);
  let isRubbishDue = instead !== undefined;
  const letThroughInTurn = ({requestId, request}: {requestId: string; request: {url: string}}) => {
    if (request.url.includes('/v1/products?')) {
      if (!isRubbishDue) return void goOn(line, requestId);
      isRubbishDue = false;
      void line.send('Fetch.fulfillRequest', {
        requestId,
        responseCode: 200,
        responseHeaders: [
          {name: 'Access-Control-Allow-Origin', value: '*'},
          {name: 'Cache-Control', value: 'no-store'},
        ],
        body: Buffer.from(instead!).toString('base64'),
      });
      return;
    }
    void (request.url.includes('/chunks/store-') ? shop : answered).promise.then(() => goOn(line, requestId));
  };
  line.on('Fetch.requestPaused', letThroughInTurn);
  await line.send('Network.enable');
  const patterns = ['*/chunks/core-*', '*/chunks/store-*', ...(instead === undefined ? [] : ['*/v1/products?*'])];
  await line.send('Fetch.enable', {patterns: patterns.map(urlPattern => ({urlPattern}))});
  try {
    await page.goto(hosts.write({body}), {waitUntil: 'commit'});
    await look({page, asked: () => asked.size, letShopCome: () => shop.resolve()});
  } finally {
    // What is still held back goes on by itself, and nobody speaks to a page that is going.
    line.off('Fetch.requestPaused', letThroughInTurn);
    line.off('Network.loadingFinished', seeAnswered);
    await line.send('Fetch.disable');
    await context.close();
  }
}

const goOn = (line: CDPSession, requestId: string): Promise<unknown> => line.send('Fetch.continueRequest', {requestId});
