import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {BrowserContext, Page} from 'playwright-core';
import {addFirstGood, type HostPages} from '../../support/host-pages.ts';

type Json = Record<string, unknown>;

/** Has the shop server answer the grid with goods that were tampered with. */
const tamper = (change: (goods: Json[]) => unknown) => (context: BrowserContext) =>
  context.route('**/v1/products?*', async route => {
    const answer = await route.fetch();
    const list = (await answer.json()) as {items: Json[]};
    change(list.items);
    await route.fulfill({response: answer, json: list});
  });

/** Everything but the grid: a button, and a card that asks for its own good. */
async function expectTheRestAlive(page: Page): Promise<void> {
  const {id} = await page.evaluate(async () => {
    const api = document.querySelector('script[src$="keystall.js"]')!.getAttribute('src')!;
    const answer = await fetch(new URL('/v1/products?limit=30&sort=title', api));
    const {items} = (await answer.json()) as {items: {id: string; skuId?: string; stock: string}[]};
    return items.find(({skuId, stock}) => skuId !== undefined && stock === 'in_stock')!;
  });
  await page.evaluate(good => {
    document.querySelector('ks-product-card')!.setAttribute('product-id', good);
  }, id);
  await page
    .locator('body > ks-product-card')
    .getByRole('button', {name: /^加入购物车：/})
    .click();
  await page.getByRole('button', {name: '购物车，1 件商品'}).waitFor();
}

const body = `<ks-product-grid limit="6"></ks-product-grid><ks-product-card></ks-product-card>
  <ks-cart-button></ks-cart-button>`;

export function testBadData(hosts: () => HostPages): void {
  describe('whose shop answers with', () => {
    for (const [what, change] of Object.entries({
      'a field missing': (goods: Json[]): unknown => delete goods[0]!['price'],
      'a number for a title': (goods: Json[]): unknown => (goods[2]!['title'] = 7),
      'an amount that is none': (goods: Json[]): unknown => (goods[0]!['price'] = {amount: 'NaN', currency: 'CNY'}),
    })) {
      it(`${what}: the grid says so, and everything else lives`, async () => {
        const {page, end} = await hosts().open({body, prepare: tamper(change)});
        await page.locator('ks-product-grid').getByRole('button', {name: '重试'}).waitFor();
        await page.unrouteAll();
        await page.context().unroute('**/v1/products?*');
        await expectTheRestAlive(page);
        await end();
      });
    }

    it('no JSON at all: the grid says so, and recovers when the shop does', async () => {
      const {page, end} = await hosts().open({
        prepare: context =>
          context.route('**/v1/products?*', route => route.fulfill({contentType: 'text/html', body: '<h1>502</h1>'})),
      });
      const retry = page.locator('ks-product-grid').getByRole('button', {name: '重试'});
      await retry.waitFor();
      await page.context().unroute('**/v1/products?*');
      await retry.click();
      await addFirstGood(page);
      await end();
    });

    it('script in every text: it is read, not run', async () => {
      const script = '<img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script>"\'`${7*7}{{7*7}}';
      const {page, end} = await hosts().open({
        prepare: tamper(goods => {
          for (const good of goods)
            Object.assign(good, {title: script, categoryName: script, cover: `/covers/${script}`});
        }),
      });
      const card = page.locator('ks-product-card').first();
      await card.getByText('globalThis.hacked').first().waitFor();
      assert.equal(await page.evaluate(() => (globalThis as {hacked?: number}).hacked), undefined);
      await end();
    });

    it('a title of a megabyte and a price of a billion: the page keeps its width, and works', async () => {
      const {page, complaints, end} = await hosts().open({
        context: {viewport: {width: 360, height: 800}},
        prepare: tamper(goods => {
          goods[0]!['title'] = '长'.repeat(350_000);
          goods[1]!['price'] = {amount: '1000000000.00', currency: 'CNY'};
          goods[1]!['title'] = 'W'.repeat(3_000);
        }),
      });
      await page.getByText('¥1,000,000,000.00').waitFor();
      const cards = page.locator('ks-product-card');
      const heights = await cards.evaluateAll(all => all.map(card => card.clientHeight));
      assert.ok(Math.max(...heights) < 420, `no card is drawn out: ${heights.join()}`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
      const overflow = await cards.evaluateAll(all =>
        all.map(card => card.shadowRoot!.querySelector('.price')!.scrollWidth - card.clientWidth),
      );
      assert.ok(Math.max(...overflow) <= 0, 'prices stay inside their cards');
      assert.deepEqual(complaints, []);
      await end();
    });

    it('a description of a megabyte: the good opens all the same', async () => {
      const {page, end} = await hosts().open({
        prepare: context =>
          context.route(/\/v1\/products\/[^/?]+(\?|$)/, async route => {
            const answer = await route.fetch();
            const good = (await answer.json()) as Json;
            const description = [{kind: 'paragraph', spans: [{text: '说明'.repeat(170_000)}]}];
            await route.fulfill({response: answer, json: {...good, description}});
          }),
      });
      await page.locator('ks-product-card .open').first().click();
      const dialog = page.getByRole('dialog').first();
      await dialog.getByRole('button', {name: '加入购物车', exact: true}).waitFor();
      assert.ok((await dialog.textContent())!.includes('说明说明'));
      await page.keyboard.press('Escape');
      await dialog.waitFor({state: 'hidden'});
      await end();
    });
  });
}
