import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Page} from 'playwright-core';
import {addFirstGood, type HostPages} from '../../support/host-pages.ts';

/** Leads through the dialogs of a purchase, calling `look` at each. */
async function walk(page: Page, look: (what: string) => Promise<void>): Promise<void> {
  await page
    .getByRole('button', {name: /^加入购物车：/})
    .first()
    .waitFor();
  await look('grid');
  await page
    .getByRole('button', {name: /^选规格：/})
    .first()
    .click();
  await page.getByRole('dialog').getByText('合计').waitFor();
  await look('choice');
  await page.keyboard.press('Escape');
  await addFirstGood(page);
  await page.getByRole('button', {name: '购物车，1 件商品'}).click();
  await page.getByRole('button', {name: '去结算'}).waitFor();
  await look('cart');
  await page.getByRole('button', {name: '去结算'}).click();
  await page.getByRole('button', {name: /^支付 ¥/}).waitFor();
  await look('checkout');
}

/** The visible controls and texts that reach beyond the sides of the page, shadow roots included. */
const outside = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    // What comes in from the side has to arrive first.
    const animations = (root: Document | ShadowRoot): Animation[] => [
      ...root.getAnimations(),
      ...[...root.querySelectorAll('*')].flatMap(({shadowRoot}) => (shadowRoot ? animations(shadowRoot) : [])),
    ];
    await Promise.allSettled(animations(document).map(({finished}) => finished));
    const found: string[] = [];
    const visit = (root: Document | ShadowRoot): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) visit(element.shadowRoot);
        const {left, right, width} = element.getBoundingClientRect();
        const isControl = element.matches('button, input, h2, h3, p, li, a, label');
        if (!isControl || width === 0 || !element.checkVisibility?.()) continue;
        if (element.closest('.visually-hidden')) continue;
        if (left < -1 || right > document.documentElement.clientWidth + 1) found.push(element.outerHTML.slice(0, 120));
      }
    };
    visit(document);
    return found;
  });

export function testReaders(hosts: () => HostPages): void {
  describe('whose reader', () => {
    it('magnifies it to 320 CSS pixels, everything stays in reach without scrolling sideways', async () => {
      const {page, end} = await hosts().open({
        context: {viewport: {width: 320, height: 256}, deviceScaleFactor: 4},
        body: '<ks-product-grid limit="20"></ks-product-grid><ks-cart-button></ks-cart-button>',
      });
      await walk(page, async what => {
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, what);
        assert.deepEqual(await outside(page), [], what);
      });
      await end();
    });

    it('reads from right to left, everything is mirrored and in reach', async () => {
      const {page, end} = await hosts().open({
        html: 'lang="zh-CN" dir="rtl"',
        context: {viewport: {width: 900, height: 700}},
        body: '<ks-product-grid limit="20"></ks-product-grid><ks-cart-button></ks-cart-button>',
      });
      await walk(page, async what => {
        assert.deepEqual(await outside(page), [], what);
        if (what === 'grid') {
          const sides = await page
            .locator('ks-product-card')
            .evaluateAll(([first, second]) => [first!, second!].map(card => card.getBoundingClientRect().left));
          assert.ok(sides[0]! > sides[1]!, 'the first card stands on the right');
        }
        if (what === 'cart') {
          const {x} = (await page.getByRole('dialog', {name: '购物车'}).boundingBox())!;
          assert.ok(x < 60, `the cart comes from the left: ${x}`);
        }
      });
      await end();
    });

    it('wants less motion, nothing moves', async () => {
      const {page, end} = await hosts().open({
        context: {reducedMotion: 'reduce'},
        body: '<ks-product-grid limit="20"></ks-product-grid><ks-cart-button></ks-cart-button>',
      });
      await walk(page, async what => {
        const moving = await page.evaluate(() => {
          const moves = document.getAnimations().filter(({effect}) => Number(effect!.getComputedTiming().duration) > 0);
          return moves.map(move => (move as CSSAnimation).animationName ?? (move as CSSTransition).transitionProperty);
        });
        assert.deepEqual(moving, [], what);
      });
      await end();
    });

    it('has colours of their own, controls keep their edges and their focus', async () => {
      const {page, end} = await hosts().open({
        context: {forcedColors: 'active'},
        body: '<ks-product-grid limit="20"></ks-product-grid><ks-cart-button></ks-cart-button>',
      });
      await walk(page, async what => {
        const bare = await page.evaluate(() => {
          const found: string[] = [];
          const visit = (root: Document | ShadowRoot): void => {
            for (const element of root.querySelectorAll('*')) {
              if (element.shadowRoot) visit(element.shadowRoot);
              if (!element.matches('.button:not(.quiet), .input, .panel') || !element.checkVisibility?.()) continue;
              const {borderTopWidth, borderTopStyle} = getComputedStyle(element);
              if (borderTopWidth === '0px' || borderTopStyle === 'none') found.push(element.outerHTML.slice(0, 120));
            }
          };
          visit(document);
          return found;
        });
        assert.deepEqual(bare, [], what);
        await page.keyboard.press('Tab');
        const outline = await page.evaluate(() => {
          let at = document.activeElement;
          while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
          const after = getComputedStyle(at!, '::after').outlineStyle;
          return [getComputedStyle(at!).outlineStyle, after, at!.outerHTML.slice(0, 80)];
        });
        assert.ok(outline.includes('solid') || outline.includes('auto'), `${what}: ${outline.join()}`);
      });
      await end();
    });
  });
}
