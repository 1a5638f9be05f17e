import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Page} from 'playwright-core';
import {addFirstGood, type HostPages} from '../../support/host-pages.ts';

const openCart = (page: Page): Promise<void> => page.getByRole('button', {name: '购物车，1 件商品'}).click();
const checkOut = (page: Page): Promise<void> => page.getByRole('button', {name: '去结算'}).click();

/** By what is lost: the files, what leads to them, and what is there when they have come. */
const losses = {
  'the goods': {
    files: /\/chunks\/core-[^/]*\.js/,
    lead: async () => {},
    arrived: (page: Page) => page.getByRole('button', {name: /^加入购物车：/}).first(),
  },
  'the cart': {
    files: /\/chunks\/cart-(?!button)[^/]*\.js/,
    lead: async (page: Page) => {
      await addFirstGood(page);
      await openCart(page);
    },
    arrived: (page: Page) => page.getByRole('dialog', {name: '购物车'}).getByRole('button', {name: '去结算'}),
  },
  'what buys': {
    files: /\/chunks\/buying-[^/]*\.js/,
    lead: async (page: Page) => {
      await addFirstGood(page);
      await openCart(page);
      await checkOut(page);
    },
    arrived: (page: Page) => page.getByRole('button', {name: /^支付 ¥/}),
  },
};

export function testLostCode(hosts: () => HostPages): void {
  describe('whose line loses', () => {
    for (const [what, {files, lead, arrived}] of Object.entries(losses)) {
      it(`${what}: it says so, and a press brings it; nothing in the cart is lost`, async () => {
        let isLost = true;
        const {page, end} = await hosts().open({
          prepare: context => context.route(files, route => (isLost ? route.abort() : route.continue())),
        });
        await lead(page);
        const reload = page.getByRole('button', {name: '刷新页面'}).first();
        await reload.waitFor();
        // Until the press: had the page found them before, it would have gone on by itself.
        page.once('framenavigated', () => (isLost = false));
        await Promise.all([page.waitForEvent('load'), reload.click()]);
        if (what !== 'the goods') {
          // A purchase that was begun may open by itself.
          await openCart(page);
          if (what === 'what buys') await checkOut(page);
        }
        await arrived(page).waitFor();
        assert.equal(await page.getByRole('button', {name: '刷新页面'}).count(), 0);
        await end();
      });
    }
  });
}
