import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Page} from 'playwright-core';
import type {HostPages} from '../../support/host-pages.ts';

const titles = (page: Page): Promise<string[]> => page.locator('ks-product-card .title').allTextContents();

/** How many lines the named elements stand on. */
const linesOf = (page: Page, selector: string): Promise<number> =>
  page
    .locator(selector)
    .evaluateAll(elements => new Set(elements.map(element => Math.round(element.getBoundingClientRect().top))).size);

export function testFinding(hosts: () => HostPages): void {
  describe('where goods are looked for', () => {
    it('initials find a Chinese title, and the address brings the same back after a reload and by "back"', async () => {
      const context = await hosts().browser.newContext({locale: 'zh-CN'});
      const page = await context.newPage();
      await page.goto(hosts().url);
      const field = page.getByRole('combobox', {name: '搜索商品'});
      await field.fill('wzry');
      await page
        .getByRole('option', {name: /王者荣耀/})
        .first()
        .waitFor();
      await field.press('Enter');
      const onlyKings = async () => {
        await page.waitForFunction(() => new URLSearchParams(location.search).get('q') === 'wzry');
        await page.locator('ks-product-card .title').first().waitFor();
        await page.waitForFunction(() => {
          const grid = document.querySelector('ks-product-grid')!.shadowRoot!;
          return grid.querySelector('[part=list]')?.getAttribute('aria-busy') === 'false';
        });
        const found = await titles(page);
        assert.ok(found.length > 0 && found.every(title => title.includes('王者荣耀')), found.join());
      };
      await onlyKings();
      await page.reload();
      await onlyKings();
      assert.equal(await page.getByRole('combobox', {name: '搜索商品'}).inputValue(), 'wzry');

      await page.getByRole('checkbox', {name: '只看有货'}).check();
      await page.waitForFunction(() => new URLSearchParams(location.search).has('stock'));
      await page.goBack();
      await onlyKings();
      assert.equal(await page.getByRole('checkbox', {name: '只看有货'}).isChecked(), false);
      await context.close();
    });

    it('categories and filters are rows that scroll on a phone, and a tree on a wide screen', async () => {
      const context = await hosts().browser.newContext({locale: 'zh-CN', viewport: {width: 360, height: 740}});
      const page = await context.newPage();
      await page.goto(hosts().url);
      await page.locator('ks-category-nav .category').nth(5).waitFor();
      await page.locator('ks-filters .filters').waitFor();
      assert.equal(await linesOf(page, 'ks-category-nav .category'), 1);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 360, `the page is ${width} px wide`);
      const reach = await page.locator('ks-filters .filters').evaluate(row => [row.scrollWidth, row.clientWidth]);
      assert.ok(reach[0]! > reach[1]!, `${reach}`);
      await page.setViewportSize({width: 1280, height: 800});
      assert.ok((await linesOf(page, 'ks-category-nav .category')) > 5);
      await context.close();
    });
  });
}
