import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {HostPages} from '../../support/host-pages.ts';

export function testFirstGoods(hosts: () => HostPages): void {
  describe('whose first goods', () => {
    for (const attributes of ['', 'limit="6" category="game-cards" sort="price_ascending"']) {
      it(`are asked for before the code has come, and once: <ks-product-grid ${attributes}>`, async () => {
        const context = await hosts().browser.newContext({locale: 'zh-CN'});
        const page = await context.newPage();
        const line = await context.newCDPSession(page);
        await line.send('Network.enable');
        const happened: string[] = [];
        const goods = new Set<string>();
        line.on('Network.requestWillBeSent', ({requestId, request}) => {
          if (!request.url.includes('/v1/products?')) return;
          goods.add(requestId);
          happened.push('asked');
        });
        line.on('Network.responseReceived', ({requestId, response}) => {
          if (/\/chunks\/goods-/.test(response.url)) happened.push('code');
          if (goods.has(requestId)) happened.push(response.fromDiskCache ? 'cached' : 'answered');
        });
        await page.goto(hosts().write({body: `<ks-product-grid ${attributes}></ks-product-grid>`}));
        await page.locator('ks-product-card .add:not(.skeleton)').first().waitFor();
        assert.ok(happened.indexOf('asked') < happened.indexOf('code'), happened.join());
        assert.deepEqual(
          happened.filter(each => each === 'answered' || each === 'cached'),
          ['answered', 'cached'],
          'the shop server answered once',
        );
        await context.close();
      });
    }
  });
}
