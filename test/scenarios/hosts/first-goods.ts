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
        const asked = new Set<string>();
        const answers: string[] = [];
        const {promise: answered, resolve} = Promise.withResolvers<void>();
        line.on('Network.requestWillBeSent', ({requestId, request}) => {
          if (request.url.includes('/v1/products?')) asked.add(requestId);
        });
        line.on('Network.responseReceived', ({requestId, response}) => {
          if (asked.has(requestId)) answers.push(response.fromDiskCache ? 'cache' : 'shop server');
        });
        line.on('Network.loadingFinished', ({requestId}) => {
          if (asked.has(requestId)) resolve();
        });
        // The code of the grid comes only when the goods are there.
        line.on('Fetch.requestPaused', ({requestId}) => {
          void answered.then(() => line.send('Fetch.continueRequest', {requestId}));
        });
        await line.send('Network.enable');
        await line.send('Fetch.enable', {patterns: [{urlPattern: '*/chunks/goods-*'}]});
        await page.goto(hosts().write({body: `<ks-product-grid ${attributes}></ks-product-grid>`}), {
          waitUntil: 'commit',
        });
        await page.locator('ks-product-card .add:not(.skeleton)').first().waitFor();
        assert.deepEqual(answers, ['shop server', 'cache']);
        await context.close();
      });
    }
  });
}
