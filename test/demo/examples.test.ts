import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser} from 'playwright-core';
import type {PageServer} from '../../scripts/start/page-server.ts';
import {launchBrowser, patience} from '../support/browser.ts';
import {buildAndServeDemo} from './built-demo.ts';

describe('the examples', () => {
  let demo: PageServer;
  let browser: Browser;

  before(async () => {
    demo = await buildAndServeDemo();
    browser = await launchBrowser();
  });

  after(async () => {
    await browser?.close();
    demo?.close();
  });

  for (const [file, title] of [
    ['plain', 'Plain HTML'],
    ['react', 'React 19'],
    ['vue', 'Vue 3'],
  ] as const) {
    it(`sell with ${title}: goods appear, one is added, the page hears of it and opens the cart`, async () => {
      const context = await browser.newContext({locale: 'zh-CN', reducedMotion: 'reduce'});
      context.setDefaultTimeout(patience);
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('pageerror', error => errors.push(error.message));
      page.on('console', message => {
        if (message.type() === 'error') errors.push(message.text());
      });

      await page.goto(`${demo.url}/examples/${file}.html`);
      await page.getByRole('heading', {name: title}).waitFor();
      // What is there until the goods come is hidden from readers.
      await page.getByRole('article').nth(7).waitFor();
      assert.equal(await page.getByRole('article').count(), 8, 'as many as its limit');
      const add = page.getByRole('button', {name: /^加入购物车：/}).first();
      const good = (await add.getAttribute('aria-label'))!.replace('加入购物车：', '');
      await add.click();
      await page.getByText(`已加入：${good}`, {exact: true}).first().waitFor();
      assert.equal(await page.locator('body > p, #app > p').innerText(), `已加入：${good}`);

      await page.getByRole('button', {name: '购物车', exact: true}).click();
      const cart = page.getByRole('dialog', {name: '购物车'});
      await cart.getByRole('heading', {name: good}).waitFor();
      assert.deepEqual(errors, []);
      await context.close();
    });
  }
});
