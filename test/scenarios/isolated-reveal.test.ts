import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import type {Browser, BrowserContext, FrameLocator, Page} from 'playwright-core';
import {startLocalShop, type LocalShop} from '../../scripts/start/local-shop.ts';
import {launchBrowser} from '../support/browser.ts';
import {platformControl, type PlatformControl} from '../support/platform-control.ts';
import {everythingInReach, playHostileHost, type HostileRecord} from './hosts/hostile-host.ts';

describe('keys that are revealed in the shop server’s frame', {timeout: 300_000}, () => {
  let folder: string;
  let shop: LocalShop;
  let control: PlatformControl;
  let browser: Browser;

  before(async () => {
    const {status} = spawnSync(process.execPath, ['scripts/build.ts', '--pages', '--if-stale'], {stdio: 'inherit'});
    assert.equal(status, 0, 'the pages can be built');
    folder = await mkdtemp(join(tmpdir(), 'keystall-isolated-'));
    shop = await startLocalShop({folder, firstPort: 0});
    control = platformControl(shop);
    browser = await launchBrowser();
  });

  after(async () => {
    await browser.close();
    await shop.stop();
    await rm(folder, {recursive: true, force: true});
  });

  it('are out of a hostile host page’s reach', async () => {
    const context = await browser.newContext({locale: 'zh-CN'});
    await context.addInitScript(playHostileHost, shop.urls.host);
    const {page, parts, frame} = await buy(context);
    await frame.getByRole('button', {name: '显示卡密'}).click();
    for (const part of parts) await frame.getByText(part, {exact: true}).waitFor();

    const hooks = await page.evaluate(() => (globalThis as unknown as {hostile: HostileRecord}).hostile.hooks);
    assert.ok(hooks.length >= 25, `${hooks.length} hooks`);
    const reached = await page.evaluate(everythingInReach);
    assert.ok(reached.includes('a frame that cannot be read'), 'the frame was tried');
    assert.ok(reached.includes('buyer@example.com'), 'what the page itself was told passed the hooks');
    for (const part of parts) {
      for (const form of formsOf(part)) assert.ok(!reached.includes(form), 'a form of the key is in reach');
    }

    // What the page knows of the order does not open it, either.
    const answers = await page.evaluate(
      async ([server, text]) => {
        const [id] = /ord_[\w-]+/.exec(text)!;
        const token = /"token":"([\w-]{43})"/.exec(text)![1]!;
        const revealKey = /"revealKey":"(B[\w-]{86})"/.exec(text)![1]!;
        const ask = async (path: string, init: RequestInit) => {
          const response = await fetch(`${server}/v1/orders/${id}/keys${path}`, {method: 'POST', ...init});
          return {status: response.status, text: await response.text()};
        };
        const headers = {'Content-Type': 'application/json'};
        return {
          plain: await ask('', {headers: {Authorization: `Bearer ${token}`}}),
          sealed: await ask('/sealed', {headers, body: JSON.stringify({revealKey})}),
        };
      },
      [shop.urls.shop, reached] as const,
    );
    assert.equal(answers.plain.status, 403);
    assert.equal(answers.sealed.status, 200, 'whoever knows the public key is given the sealed keys');
    for (const part of parts) {
      for (const form of formsOf(part))
        assert.ok(!answers.sealed.text.includes(form) && !answers.plain.text.includes(form));
    }
    await context.close();
  });

  /** Buys one good that needs no choice and no fields; answers what its card is made of. */
  async function buy(
    context: BrowserContext,
  ): Promise<{readonly page: Page; readonly parts: readonly string[]; readonly frame: FrameLocator}> {
    const page = await context.newPage();
    const before = await control.ledger();
    await page.goto(`${shop.urls.host}/`);
    await page
      .getByRole('button', {name: /^加入购物车：/})
      .first()
      .click();
    await page.getByRole('button', {name: '购物车，1 件商品'}).click();
    await page.getByRole('button', {name: '去结算'}).click();
    await page.getByRole('textbox', {name: /联系方式|邮箱/}).fill('buyer@example.com');
    await page.getByRole('radio', {name: /沙盒支付/}).check();
    await page.getByRole('button', {name: /^支付 ¥/}).click();
    await page.waitForURL(`${shop.urls.platform}/pay/**`);
    await page.getByRole('button', {name: '支付', exact: true}).click();
    await page.waitForURL(`${shop.urls.host}/*`);
    const frame = page.frameLocator('iframe');
    await frame.getByRole('button', {name: '显示卡密'}).waitFor();
    const {orders} = await control.ledger();
    const [card] = orders[before.orders.length]!.cards;
    return {page, frame, parts: partsOf(card!)};
  }
});

/** A card number and its password are shown each on its own. */
function partsOf(card: string): readonly string[] {
  return card.split(/\s*(?:卡号|密码)[:：]\s*/).filter(part => part !== '');
}

/** A text as it is, backwards, and in the codings that somebody may carry it off in. */
function formsOf(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  // At whichever place of a longer text it stands: of three beginnings one is aligned with the coding's groups.
  const base64 = [0, 1, 2].map(skipped => bytes.subarray(skipped).toString('base64').replace(/=+$/, '').slice(0, -1));
  const reversed = [...text].reverse().join('');
  return [text, reversed, bytes.toString('hex'), bytes.toString('hex').toUpperCase(), [...bytes].join(','), ...base64];
}
