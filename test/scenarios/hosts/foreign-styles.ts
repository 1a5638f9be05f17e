import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {describe, it} from 'node:test';
import type {Page} from 'playwright-core';
import {addFirstGood, type HostPages} from '../../support/host-pages.ts';

const require = createRequire(import.meta.url);
const styleOf = (file: string): string => readFileSync(require.resolve(file), 'utf8');

/** What pages do to elements they know nothing of. */
const styles = {
  'that reset everything': '* { all: initial !important }',
  'that unset everything': '* { all: unset !important } head { display: none !important }',
  'that shout': `* { color: red !important; font: italic 900 40px/3 fantasy !important; letter-spacing: 9px !important;
    text-transform: uppercase !important; text-align: right !important; text-indent: 3em !important;
    white-space: nowrap !important; word-break: break-all !important; -webkit-text-fill-color: lime !important }`,
  'of Bootstrap': styleOf('bootstrap/dist/css/bootstrap.css'),
  'of Tailwind’s preflight': styleOf('tailwindcss/preflight.css'),
  'that make a rem ten pixels': 'html { font-size: 62.5% } body { font-size: 1.6rem }',
};

export function testForeignStyles(hosts: () => HostPages): void {
  describe('with styles', () => {
    const look = async (style: string): Promise<unknown> => {
      const {page, complaints, end} = await hosts().open({
        head: `<style>${style}</style><style>body { display: block !important; width: 900px !important }</style>`,
      });
      await addFirstGood(page);
      const cards = await cardLooks(page);
      await page.getByRole('button', {name: '购物车，1 件商品'}).click();
      const dialog = page.getByRole('dialog', {name: '购物车'});
      await dialog.getByRole('button', {name: '增加一件'}).click();
      await page.getByText('2 件', {exact: true}).waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({state: 'hidden'});
      assert.deepEqual(complaints, []);
      await end();
      return cards;
    };

    let plain: unknown;
    for (const [name, style] of Object.entries(styles)) {
      it(`${name}, cards look as in a plain page and the cart works`, async () => {
        plain ??= await look('body { margin: 0 }');
        assert.deepEqual(await look(style), plain);
      });
    }

    it('that zoom the page, a press beside the cart closes it and one on its edge does not', async () => {
      const {page, end} = await hosts().open({head: '<style>body { zoom: 1.5; margin: 0 }</style>'});
      await addFirstGood(page);
      await page.getByRole('button', {name: '购物车，1 件商品'}).click();
      const dialog = page.getByRole('dialog', {name: '购物车'});
      await dialog.getByRole('button', {name: '去结算'}).waitFor();
      await dialog.evaluate(element => Promise.all(element.getAnimations().map(({finished}) => finished)));
      const {x, y, height} = (await dialog.boundingBox())!;
      await page.mouse.click(x + 4, y + height / 2);
      assert.ok(await dialog.isVisible());
      await page.mouse.click(x - 12, y + height / 2);
      await dialog.waitFor({state: 'hidden'});
      await end();
    });
  });
}

/** What a buyer sees of the texts and controls of the first card; where it stands is the page's business. */
function cardLooks(page: Page): Promise<unknown> {
  return page
    .locator('ks-product-card')
    .first()
    .evaluate(card =>
      ['.title', '.facts', '.price', '.add'].map(selector => {
        const element = card.shadowRoot!.querySelector<HTMLElement>(selector)!;
        const {color, display, fontSize, fontStyle, fontWeight, lineHeight, letterSpacing} = getComputedStyle(element);
        const {textAlign, textIndent, textTransform, whiteSpace, wordBreak} = getComputedStyle(element);
        const fill = getComputedStyle(element).webkitTextFillColor;
        const texts = {color, fill, fontSize, fontStyle, fontWeight, lineHeight, letterSpacing, textAlign, textIndent};
        const height = selector === '.add' ? element.offsetHeight : undefined;
        return {selector, display, height, ...texts, textTransform, whiteSpace, wordBreak};
      }),
    );
}
