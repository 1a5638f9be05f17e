import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {describe, it} from 'node:test';
import {addFirstGood, grid, type HostPages} from '../../support/host-pages.ts';

const jquery = readFileSync(createRequire(import.meta.url).resolve('jquery/dist/jquery.js'), 'utf8');

export function testMovedElements(hosts: () => HostPages): void {
  describe('that moves elements about', () => {
    it('with an old jQuery, before and after they wake up', async () => {
      const {page, complaints, end} = await hosts().open({
        head: `<script>${jquery}</script><script>
          // Moves the shop on until it is told to stop: some of the moves meet elements half awake.
          jQuery(function ($) {
            var turn = 0;
            var timer = setInterval(function () {
              turn++;
              if (turn % 3 === 0) $('ks-product-grid').wrap('<div class="wrapped"></div>');
              if (turn % 3 === 1) $('ks-product-grid').appendTo(turn % 2 ? '#one' : '#other');
              if (turn % 3 === 2) $('ks-cart-button').detach().prependTo(turn % 2 ? '#other' : '#one');
              if (turn === 60) { clearInterval(timer); document.body.setAttribute('data-still', ''); }
            }, 10);
          });
        </script>`,
        body: `<div id="one">${grid}</div><div id="other"></div>`,
      });
      await page.locator('body[data-still]').waitFor({state: 'attached'});
      await addFirstGood(page);
      assert.equal(await page.locator('ks-product-card .title').count(), 6);
      assert.deepEqual(complaints, []);
      await end();
    });

    it('by writing its HTML anew: the cart stays, and the elements come up again', async () => {
      const {page, complaints, end} = await hosts().open({body: `<div id="app">${grid}</div>`});
      await addFirstGood(page);
      await page.evaluate(() => {
        const app = document.querySelector('#app')!;
        app.innerHTML = `<section>${app.innerHTML}</section>`;
      });
      await page.getByRole('button', {name: '购物车，1 件商品'}).waitFor();
      await addFirstGood(page, 2);
      assert.deepEqual(complaints, []);
      await end();
    });

    it('by cloning them, as templates and frameworks do', async () => {
      const {page, complaints, end} = await hosts().open({body: `<div id="app">${grid}</div>`});
      await addFirstGood(page);
      await page.evaluate(() => {
        const app = document.querySelector('#app')!;
        app.replaceWith(app.cloneNode(true));
      });
      await page.getByRole('button', {name: '购物车，1 件商品'}).waitFor();
      await addFirstGood(page, 2);
      assert.deepEqual(complaints, []);
      await end();
    });

    it('while the cart is open: it stays open, and is still modal', async () => {
      const {page, complaints, end} = await hosts().open({body: `<div id="one">${grid}</div><div id="other"></div>`});
      await addFirstGood(page);
      await page.getByRole('button', {name: '购物车，1 件商品'}).click();
      const dialog = page.getByRole('dialog', {name: '购物车'});
      await dialog.getByRole('button', {name: '去结算'}).waitFor();
      await page.evaluate(() => document.querySelector('#other')!.append(document.querySelector('ks-cart')!));
      await page.keyboard.press('Escape');
      await dialog.waitFor({state: 'hidden'});
      await page.getByRole('button', {name: '购物车，1 件商品'}).click();
      await dialog.getByRole('button', {name: '去结算'}).waitFor();
      assert.deepEqual(complaints, []);
      await end();
    });
  });

  describe('that holds another copy of the elements', () => {
    for (const first of ['keystall.js', 'keystall.bundle.js']) {
      it(`after ${first}: one shop, one cart, no fight`, async () => {
        const {shop} = hosts();
        const other = first === 'keystall.js' ? 'keystall.bundle.js' : 'keystall.js';
        const tag = (file: string): string =>
          `<script type="module" src="${shop.urls.shop}/cdn/${file}?of-another-version"></script>`;
        const {page, complaints, end} = await hosts().open({head: tag(first) + tag(other)});
        await addFirstGood(page);
        await page.getByRole('button', {name: '购物车，1 件商品'}).click();
        await page.getByRole('dialog', {name: '购物车'}).getByRole('button', {name: '去结算'}).click();
        await page.getByRole('button', {name: /^支付 ¥/}).waitFor();
        assert.deepEqual(complaints, []);
        await end();
      });
    }

    it('of a version that keeps its shops otherwise', async () => {
      const {page, complaints, end} = await hosts().open({
        // What an older version left on the page, and an element that it registered first.
        head: `<script>
          globalThis[Symbol.for('keystall')] = {shops: [], uis: null};
          customElements.define('ks-order', class extends HTMLElement {});
        </script>`,
      });
      await addFirstGood(page);
      await page.getByRole('button', {name: '购物车，1 件商品'}).click();
      await page.getByRole('dialog', {name: '购物车'}).getByRole('button', {name: '去结算'}).click();
      await page.getByRole('button', {name: /^支付 ¥/}).waitFor();
      assert.deepEqual(complaints, []);
      await end();
    });
  });
}
