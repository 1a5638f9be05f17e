import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Page} from 'playwright-core';
import {addFirstGood, type HostPages} from '../../support/host-pages.ts';

interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Where a part of the checkout is on the screen. */
const boxOf = (page: Page, selector: string): Promise<Box> =>
  page.locator('ks-checkout').evaluate((checkout, wanted) => {
    const {top, bottom, left, right} = checkout.shadowRoot!.querySelector(wanted)!.getBoundingClientRect();
    return {top, bottom, left, right};
  }, selector);

async function openCheckout(hosts: HostPages): Promise<{page: Page; end: () => Promise<void>}> {
  const {page, end} = await hosts.open({
    context: {viewport: {width: 360, height: 640}, hasTouch: true, reducedMotion: 'reduce'},
  });
  await addFirstGood(page);
  await page.getByRole('button', {name: '购物车，1 件商品'}).click();
  await page.getByRole('button', {name: '去结算'}).click();
  await page.getByRole('button', {name: /^支付 ¥/}).waitFor();
  return {page, end};
}

/** What of the shop lies under the cart's button, from the top of the page to its end. */
const underTheCart = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const button = document.querySelector('ks-cart-button')!;
    for (let top = 0; top < document.documentElement.scrollHeight; top += 100) {
      scrollTo({top, behavior: 'instant'});
      const {left, top: above, width, height} = button.getBoundingClientRect();
      const there = document.elementsFromPoint(left + width / 2, above + height / 2);
      const masthead = there.findIndex(element => element.matches('.masthead'));
      const seen = masthead < 0 ? there : there.slice(0, masthead);
      if (!seen.includes(button)) found.push(`${top}: out of sight`);
      const under = seen.find(element => element.matches('main *'));
      if (under) found.push(`${top}: over ${under.localName}`);
    }
    return found;
  });

export function testSmallScreens(hosts: () => HostPages): void {
  describe("on a phone, the cart's button", () => {
    for (const name of ['index', 'cards']) {
      it(`is always in sight and lies over nothing: ${name}.html`, async () => {
        const context = await hosts().browser.newContext({viewport: {width: 360, height: 640}, locale: 'zh-CN'});
        const page = await context.newPage();
        await page.goto(`${hosts().url}/${name}.html`);
        await page.getByRole('button', {name: /^购物车/}).waitFor();
        assert.deepEqual(await underTheCart(page), []);
        await context.close();
      });
    }
  });

  describe('on a phone, the checkout', () => {
    it('fills the screen, its button in reach of the thumb', async () => {
      const {page, end} = await openCheckout(hosts());
      assert.deepEqual(await boxOf(page, 'dialog'), {top: 0, bottom: 640, left: 0, right: 360});
      const pay = await boxOf(page, '[part="pay"]');
      assert.ok(pay.bottom <= 640 && pay.bottom - pay.top >= 44, JSON.stringify(pay));
      await end();
    });

    it('keeps the field that is typed into and the button in sight where the keyboard makes the page lower', async () => {
      const {page, end} = await openCheckout(hosts());
      const contact = page.getByRole('textbox', {name: /联系方式|邮箱/});
      await contact.focus();
      await page.setViewportSize({width: 360, height: 320});
      await contact.fill('buyer@example.com');
      for (const selector of ['[part="pay"]', '[name="contact"]']) {
        const box = await boxOf(page, selector);
        assert.ok(box.top >= 0 && box.bottom <= 320, `${selector}: ${JSON.stringify(box)}`);
      }
      await end();
    });

    it('draws itself above a keyboard that lies over the page, and fills the screen again after it', async () => {
      const {page, end} = await openCheckout(hosts());
      /** As phones tell it; no browser without a screen has a keyboard. */
      const tell = (height: number, offsetTop: number): Promise<void> =>
        page.evaluate(
          told => {
            for (const [name, value] of Object.entries(told))
              Object.defineProperty(visualViewport, name, {value, configurable: true});
            visualViewport!.dispatchEvent(new Event('resize'));
          },
          {height, offsetTop},
        );
      await tell(330, 20);
      assert.deepEqual(await boxOf(page, 'dialog'), {top: 20, bottom: 350, left: 0, right: 360});
      assert.ok((await boxOf(page, '[part="pay"]')).bottom <= 350);
      await tell(600, 0);
      assert.deepEqual(await boxOf(page, 'dialog'), {top: 0, bottom: 640, left: 0, right: 360});
      await end();
    });
  });
}
