import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {BrowserContext, FrameLocator, Page} from 'playwright-core';
import type {LocalShop} from '../../scripts/start/local-shop.ts';
import {sealToKey} from '../../src/server/security/seal-to-key.ts';
import {someKeys} from '../support/fake-checkout.ts';
import {HostPages} from '../support/host-pages.ts';
import {checkOut} from '../support/page-checkout.ts';
import {platformControl, type PlatformControl} from '../support/platform-control.ts';
import {everythingInReach, playHostileHost, type HostileRecord} from './hosts/hostile-host.ts';

describe('keys that are revealed in the shop server’s frame', {timeout: 300_000}, () => {
  let hosts: HostPages;
  let shop: LocalShop;
  let control: PlatformControl;

  before(async () => {
    hosts = await HostPages.start();
    ({shop} = hosts);
    control = platformControl(shop);
  });

  after(() => hosts.stop());

  it('are out of a hostile host page’s reach', async () => {
    const context = await newContext();
    await context.addInitScript(playHostileHost, hosts.url);
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

  it('are shown in the shop’s own window to who paid and has lost their storage, in a page of another site', async () => {
    const first = await newContext();
    const page = await first.newPage();
    // Without a password this browser would not order: it lets frames of other sites keep nothing.
    await goToPay(page, hosts.elsewhere(hosts.write()), 'sesame-24');
    const desk = page.url();
    await first.close();

    const second = await newContext();
    const fresh = await second.newPage();
    await fresh.goto(desk);
    await pay(fresh, 'http://page.localhost:*/**');
    const frame = keysFrame(fresh);
    await frame.getByRole('button', {name: '显示卡密'}).click();
    const opening = second.waitForEvent('page');
    await frame.getByRole('link', {name: '在商家页面打开'}).click();
    const window = await opening;
    await window.getByRole('button', {name: '显示卡密'}).click();
    await window.getByRole('button', {name: /^复制/}).first().waitFor();
    assert.equal(window.url(), `${shop.urls.shop}/frames/keys`);
    await second.close();
  });

  it('are found by number, contact and password, which no script of the page sees', async () => {
    const first = await newContext();
    const page = await first.newPage();
    await goToPay(page, hosts.write(), 'sesame-24');
    await pay(page, `${hosts.url}/**`);
    await keysFrame(page).getByRole('button', {name: '显示卡密'}).waitFor();
    const number = (await page.locator('ks-order .reference bdi').textContent())!;
    await first.close();

    const second = await newContext();
    await second.addInitScript(playHostileHost, hosts.url);
    const other = await second.newPage();
    await other.goto(hosts.write({body: '<ks-order-lookup></ks-order-lookup>'}));
    const form = other.frameLocator('iframe[title="查询订单"]');
    await form.getByRole('textbox', {name: '订单号'}).fill(number);
    await form.getByRole('textbox', {name: '联系方式'}).fill('buyer@example.com');
    await form.getByLabel('查单密码', {exact: true}).fill('sesame-24');
    await form.getByRole('button', {name: '查询'}).click();
    await other.getByRole('heading', {name: '已发货'}).waitFor();
    const frame = other.frameLocator('iframe[title="卡密"]');
    await frame.getByRole('button', {name: '显示卡密'}).click();
    await frame.getByRole('button', {name: /^复制/}).first().waitFor();
    const reached = await other.evaluate(everythingInReach);
    assert.ok(reached.includes(number), 'what the page itself was told passed the hooks');
    assert.ok(!reached.includes('sesame-24'));
    await second.close();
  });

  it('stand ready below what is in view, where a browser draws nothing in frames', async () => {
    const context = await newContext();
    const page = await context.newPage();
    const body = `<div style="block-size: 5000px"></div>
      <ks-key-reveal sealed order-id="ord_1"></ks-key-reveal><ks-order-lookup></ks-order-lookup>`;
    await page.goto(hosts.write({body}));
    const frames = page.locator('ks-key-frame iframe.shown');
    await frames.nth(1).waitFor();
    for (const frame of await frames.all()) {
      const {y, height} = (await frame.boundingBox())!;
      assert.ok(y > 5000, 'out of view');
      assert.ok(height > 200, `${height} px high`);
    }
    await context.close();
  });

  it('are found, copied and marked by keyboard alone, one among 500', async () => {
    const context = await newContext();
    await context.route(`${shop.urls.shop}/v1/orders/ord_1/keys/sealed`, async route => {
      const {revealKey} = route.request().postDataJSON() as {revealKey: string};
      const codes = Array.from({length: 500}, (_, index) => `CODE-${index + 1}`);
      const keys = JSON.stringify(someKeys(codes));
      await route.fulfill({json: await sealToKey(revealKey, 'keystall keys ord_1', keys)});
    });
    const page = await context.newPage();
    await page.goto(hosts.write({body: '<ks-key-reveal sealed order-id="ord_1" count="500"></ks-key-reveal>'}));
    const frame = keysFrame(page);
    await frame.getByRole('button', {name: '显示卡密'}).waitFor();
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('Tab', 'Enter');
    await frame.getByText('CODE-1', {exact: true}).waitFor();
    await page.locator('ks-key-frame iframe[style*="block-size: 16000px"]').waitFor();

    await press('Tab', 'Tab');
    await page.keyboard.type('CODE-437');
    await frame.getByText('CODE-437', {exact: true}).waitFor();
    assert.equal(await frame.getByRole('listitem').count(), 1);
    await press('Tab', 'Tab', 'Enter');
    await frame.getByRole('button', {name: '已复制 437'}).waitFor();
    await press('Tab', 'Space');
    await frame.getByRole('checkbox', {name: '已使用 437', checked: true}).waitFor();

    // What is beyond the frame's height is scrolled to within it.
    await frame.getByRole('searchbox').fill('');
    const last = frame.getByText('CODE-500', {exact: true});
    await frame.locator('[data-block]').last().scrollIntoViewIfNeeded();
    await last.waitFor();
    await last.scrollIntoViewIfNeeded();
    await context.close();
  });

  const newContext = (): Promise<BrowserContext> => hosts.browser.newContext({locale: 'zh-CN'});
  const keysFrame = (page: Page): FrameLocator => page.frameLocator('ks-key-frame iframe');

  /** From a host page to the payment page, with one good that needs no choice and no fields. */
  async function goToPay(page: Page, address: string, lookupPassword = ''): Promise<void> {
    await page.goto(address);
    await checkOut(page, {method: /沙盒支付/, lookupPassword});
    await page.waitForURL(`${shop.urls.platform}/pay/**`);
  }

  async function pay(page: Page, back: string): Promise<void> {
    await page.getByRole('button', {name: '支付', exact: true}).click();
    await page.waitForURL(back);
  }

  /** Buys; answers what the card is made of. */
  async function buy(
    context: BrowserContext,
  ): Promise<{readonly page: Page; readonly parts: readonly string[]; readonly frame: FrameLocator}> {
    const page = await context.newPage();
    const before = await control.ledger();
    await goToPay(page, `${hosts.url}/`);
    await pay(page, `${hosts.url}/**`);
    const frame = keysFrame(page);
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
