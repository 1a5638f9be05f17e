import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {codeBlocks} from '../../docs/markdown.ts';
import type {HostPages} from '../../support/host-pages.ts';

/** The guide's own cards, in a grid of one page. */
const [snippet] = codeBlocks('docs/theming.md', 'html').filter(({text}) => text.includes('<template slot="card">'));

export function testStrictPolicies(hosts: () => HostPages): void {
  describe('with a strict Content-Security-Policy and Trusted Types', () => {
    it("a merchant's own cards are drawn and sell", async () => {
      const {shop} = hosts().shop.urls;
      const policy = `default-src 'none'; script-src ${shop}; style-src 'none'; img-src ${shop}; connect-src ${shop}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types lit-html`;
      const {page, complaints, end} = await hosts().open({
        head: `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
        body: `${snippet!.text}<ks-cart-button></ks-cart-button>`,
        prepare: context =>
          context.addInitScript(() => {
            const refused: string[] = [];
            Object.assign(globalThis, {refused});
            document.addEventListener('securitypolicyviolation', event => refused.push(event.violatedDirective));
          }),
      });
      const cards = page.locator('ks-product-grid article.ticket');
      await cards.first().waitFor();
      assert.match((await cards.first().locator('h3 a').getAttribute('href'))!, /product=./);
      const sold = cards.filter({has: page.getByRole('button', {name: '加入购物车'})}).first();
      await sold.getByRole('button', {name: '加入购物车'}).click();
      await page.getByRole('button', {name: '购物车，1 件商品'}).waitFor();
      assert.deepEqual(await page.evaluate(() => (globalThis as unknown as {refused: string[]}).refused), []);
      assert.deepEqual(complaints, []);
      await end();
    });
  });
}
