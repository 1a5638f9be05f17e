import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {after, before, describe, it} from 'node:test';
import type {AxeResults, ElementContext} from 'axe-core';
import type {Browser, BrowserContext, FrameLocator, Page} from 'playwright-core';
import type {PageServer} from '../../../scripts/start/page-server.ts';
import {entryOf, entryTags} from '../../../demo/gallery/elements/index.ts';
import {launchBrowser, patience} from '../../support/browser.ts';
import {buildAndServeDemo} from '../built-demo.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** States in which a request is refused, or cannot be answered: the browser says so, too. */
const refusing: ReadonlySet<string> = new Set([
  'ks-product-card refused',
  'ks-product-card gone',
  'ks-product refused',
  'ks-product gone',
  'ks-order-lookup wrong',
]);

/** States with content of the page in the element, which no test of the element looks at. */
const withPageContent: ReadonlySet<string> = new Set([
  'ks-product-grid own-cards',
  'ks-checkout in-page-refused',
  'ks-checkout transfer',
]);

describe('the gallery in a browser', () => {
  let demo: PageServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let errors: string[];

  before(async () => {
    demo = await buildAndServeDemo();
    browser = await launchBrowser();
    context = await browser.newContext({
      viewport: {width: 1440, height: 900},
      reducedMotion: 'reduce',
      locale: 'zh-CN',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    context.setDefaultTimeout(patience);
  });

  after(async () => {
    await browser?.close();
    demo?.close();
  });

  async function open(query = ''): Promise<FrameLocator> {
    await page?.close();
    page = await context.newPage();
    errors = [];
    page.on('pageerror', error => errors.push(error.message));
    page.on('console', message => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.goto(`${demo.url}/index.html${query}`);
    await page.locator('main').waitFor();
    return page.frameLocator('#frame');
  }

  async function ready(stage: FrameLocator): Promise<void> {
    // Read where it is found: between two steps another page may have come into the frame.
    const outcome = await stage.locator('html[data-stage]').getAttribute('data-stage');
    assert.equal(outcome, 'ready', outcome === 'failed' ? await stage.locator('.failed').innerText() : undefined);
  }

  for (const tagName of entryTags) {
    it(`shows <${tagName}> in every state, without a word on the console`, async () => {
      const {states} = entryOf(tagName);
      const stage = await open(`?element=${tagName}`);
      await ready(stage);
      assert.equal(
        await page.getByRole('radio', {name: Object.values(states)[0]!.name.zh, exact: true}).isChecked(),
        true,
      );
      assert.deepEqual(errors, []);
      assert.deepEqual(await visitStates(tagName, Object.keys(states).slice(1)), []);
    });
  }

  /** The stage alone in these states, one after the other; answers what it had to complain about. */
  async function visitStates(tagName: string, states: readonly string[]): Promise<readonly string[]> {
    const said: string[] = [];
    let state: string | undefined;
    const complain = (what: string) => {
      if (refusing.has(`${tagName} ${state}`) && /status of 4\d\d/.test(what)) return;
      said.push(`${state}: ${what}`);
    };
    const device = await browser.newContext({reducedMotion: 'reduce', locale: 'zh-CN'});
    const alone = await device.newPage();
    alone.on('pageerror', error => complain(error.message));
    alone.on('console', message => {
      if (message.type() === 'error') complain(message.text());
    });
    const storage = await device.newCDPSession(alone);
    for (state of states) {
      // What one state has searched for or bought is not another's; only the code is kept, which would be loaded again.
      await alone.goto('about:blank');
      await storage.send('Storage.clearDataForOrigin', {
        origin: new URL(demo.url).origin,
        storageTypes: 'cookies,indexeddb,local_storage,service_workers,cache_storage',
      });
      await alone.goto(`${demo.url}/gallery/stage/index.html?element=${tagName}&state=${state}`);
      // Looked at with every frame: what is waited for by its place in the page is looked for twice a second.
      await alone.waitForFunction(() => document.documentElement.dataset['stage']).catch(() => complain('never ready'));
      if ((await alone.locator(`ks-shop > ${tagName}`).count()) !== 1) complain('nothing there');
      if (withPageContent.has(`${tagName} ${state}`)) {
        for (const violation of await violations(alone, {include: ['ks-shop']})) complain(violation);
      }
    }
    await device.close();
    return said;
  }

  it('makes controls of the manifest, which change the element and the address', async () => {
    const stage = await open('?element=ks-product-grid');
    await ready(stage);
    await page.getByLabel('limit number').fill('3');
    await assertCount(stage, 'ks-product-card', 3);
    await page.getByLabel(/^sort/).selectOption('price_descending');
    await stage.locator('ks-product-grid[sort="price_descending"]').waitFor();
    await page.waitForURL(/attr\.limit=3&attr\.sort=price_descending/);

    await page.reload();
    const again = page.frameLocator('#frame');
    await ready(again);
    await assertCount(again, 'ks-product-card', 3);
    assert.equal(await page.getByLabel('limit number').inputValue(), '3');
    await page.getByRole('button', {name: '恢复默认'}).click();
    await assertCount(again, 'ks-product-card', 8);
  });

  it('takes away what a state gives, calls methods, and fills slots', async () => {
    const stage = await open('?element=ks-cart');
    await ready(stage);
    const dialog = stage.locator('ks-cart dialog');
    const toggle = page.getByRole('switch', {name: 'open boolean'});
    assert.equal(await toggle.isChecked(), true);
    await toggle.uncheck();
    await dialog.waitFor({state: 'hidden'});
    await page.waitForURL(/without\.open=/);
    await page.getByRole('button', {name: '调用 show()'}).click();
    await dialog.waitFor();

    const button = await open('?element=ks-cart-button');
    await ready(button);
    await page.getByLabel('插槽里的文字').fill('我的篮子');
    await button.getByRole('button', {name: /我的篮子/}).waitFor();
  });

  it('switches language, direction, theme, width and zoom of the stage, and keeps them in its address', async () => {
    const stage = await open('?element=ks-product-card');
    await ready(stage);
    for (const name of ['EN', 'RTL', '深色', '360', '200%']) await page.getByRole('radio', {name, exact: true}).check();
    await page.waitForURL(/lang=en&dir=rtl&theme=dark&width=360&zoom=200/);
    await page.reload();
    const again = page.frameLocator('#frame');
    await ready(again);
    const html = again.locator('html');
    assert.deepEqual(
      await html.evaluate(() => {
        const {lang, dir, dataset} = document.documentElement;
        return [lang, dir, dataset['theme'], innerWidth];
      }),
      ['en', 'rtl', 'dark', 180],
    );
    await again.getByText('iQIYI Gold VIP').first().waitFor();
    assert.equal(await page.locator('.scaled').evaluate(element => element.clientWidth), 360);
  });

  it('has a shop although the page before it is just taking its worker out of service', async () => {
    const stage = await open('?element=ks-product-card');
    await ready(stage);
    assert.equal(
      await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())!.unregister()),
      true,
    );
    const isNew = page.waitForEvent('framenavigated');
    await page.locator('#frame').evaluate((frame: HTMLIFrameElement) => frame.contentWindow!.location.reload());
    await isNew;
    await ready(stage);
    await stage
      .getByRole('button', {name: /加入购物车/})
      .first()
      .waitFor();
  });

  it('shows a wide page scaled down, at its full width', async () => {
    const stage = await open('?element=ks-product-card&width=1280');
    await ready(stage);
    assert.equal(await stage.locator('html').evaluate(() => innerWidth), 1280);
    assert.ok((await page.locator('.scaled').boundingBox())!.width < 900);
  });

  it('dresses the element by tokens, warns of weak contrast, and hands out the CSS', async () => {
    const stage = await open('?element=ks-checkout&panel=theme');
    await ready(stage);
    await page.getByText('对比度都不低于').waitFor();
    await page.getByRole('button', {name: '绿'}).click();
    const pay = stage.locator('[part="pay"]');
    await until(async () => (await background(pay)) === 'rgb(11, 110, 79)');
    await page.locator('#token-accent').fill('#f0b660');
    await page.keyboard.press('Tab');
    await page.getByText(/^on-accent 在 accent 上只有 1\.8/).waitFor();
    await until(async () => (await background(pay)) === 'rgb(240, 182, 96)');

    await page.locator('[data-copy="css"]').click();
    assert.equal(await clipboard(), ':root {\n  --ks-accent: #f0b660;\n  --ks-on-accent: #ffffff;\n}');
    await page.locator('[data-copy="appearance"]').click();
    assert.match(await clipboard(), /"onAccent": "#ffffff"/);
    await page.waitForURL(/token\.accent=%23f0b660/);
    assert.deepEqual(errors, []);
  });

  it('writes the snippet of what is shown', async () => {
    const stage = await open('?element=ks-product-grid&panel=code&lang=en&attr.limit=4');
    await ready(stage);
    await page.locator('[data-copy="html"]').click();
    assert.match(
      await clipboard(),
      /<ks-shop lang="en">\n {2}<ks-product-grid limit="4"><\/ks-product-grid>\n<\/ks-shop>/,
    );
    await page.locator('[data-copy="react"]').click();
    assert.match(await clipboard(), /<ks-product-grid limit=\{4\}><\/ks-product-grid>/);
    await page.locator('[data-copy="vue"]').click();
    assert.match(await clipboard(), /<ks-product-grid :limit="4"><\/ks-product-grid>/);
  });

  it('lists the events of the element', async () => {
    const stage = await open('?element=ks-product-card&panel=events');
    await ready(stage);
    await page.getByText('还没有事件').waitFor();
    await stage.locator('[part="add"]').click();
    const added = page.locator('.events li').filter({hasText: 'ks-added'});
    await added.locator('summary').click();
    assert.match(await added.locator('pre').innerText(), /"title": "爱奇艺黄金会员月卡"/);
    await page.getByRole('tab', {name: '事件 2'}).waitFor();
  });

  it('shows no key in the events of the keys', async () => {
    const stage = await open('?element=ks-key-reveal&state=reporting&panel=events');
    await ready(stage);
    const key = (await stage.locator('.secret').first().innerText()).trim();
    await stage.locator('[role="listitem"] input').first().check();
    await stage.locator('.actions .primary').click();
    const report = page.locator('.events li').filter({hasText: 'ks-ticket-request'});
    await report.locator('summary').click();
    const said = await report.innerText();
    assert.match(said, /keyIds/);
    assert.ok(!said.includes(key));
  });

  it('outlines a part', async () => {
    const stage = await open('?element=ks-product-card&panel=parts');
    await ready(stage);
    await page.getByRole('button', {name: '标出: price'}).click();
    const price = stage.locator('[part="price"]');
    await until(async () => (await price.evaluate(element => getComputedStyle(element).outlineStyle)) === 'dashed');
  });

  it('pays in the page', async () => {
    const stage = await open('?element=ks-checkout&state=redirect&panel=events');
    await ready(stage);
    await stage.locator('a[part="pay"]').click();
    await stage.getByRole('button', {name: '支付', exact: true}).click();
    await stage.getByRole('heading', {name: '已发货'}).waitFor();
  });

  it('takes a card within the page, sends the buyer back to what is wrong, and loads nothing for it', async () => {
    const stage = await open('?element=ks-checkout&state=in-page&lang=zh-TW');
    await ready(stage);
    const elsewhere: string[] = [];
    page.on('request', request => {
      if (!request.url().startsWith(demo.url) && !request.url().startsWith('https://shop.mock/')) {
        elsewhere.push(request.url());
      }
    });
    const pay = stage.getByRole('button', {name: /^付款/});
    await pay.click();
    await stage.getByRole('alert').getByText('請檢查填寫的付款資料。').waitFor();
    const number = stage.getByRole('textbox', {name: '卡號'});
    assert.deepEqual(
      await number.evaluate(field => [field === document.activeElement, field.getAttribute('aria-invalid')]),
      [true, 'true'],
    );
    await number.pressSequentially('4242424242424242');
    assert.equal(await number.inputValue(), '4242 4242 4242 4242');
    await stage.getByRole('textbox', {name: '有效期限'}).pressSequentially('1299');
    await stage.getByRole('textbox', {name: '安全碼'}).fill('123');
    await pay.click();
    await stage.getByRole('heading', {name: '已出貨'}).waitFor();
    assert.deepEqual(elsewhere, []);
    assert.deepEqual(errors, []);
  });

  it("draws a page's own cards in its language, sells by them, and writes their code", async () => {
    const stage = await open('?element=ks-product-grid&state=own-cards&panel=code');
    await ready(stage);
    const cards = stage.locator('.coupon');
    await assertCount(stage, '.coupon', 6);
    await page.getByRole('radio', {name: 'EN', exact: true}).check();
    await cards.getByRole('button', {name: 'Grab one'}).first().waitFor();
    await assertCount(stage, '.coupon', 6);
    await page.locator('[data-copy="html"]').click();
    assert.match(await clipboard(), /<template slot="card">\n {6}<article class="coupon">/);
    await page.getByRole('tab', {name: '事件'}).click();
    await cards.getByRole('button', {name: 'Grab one'}).first().click();
    await page.locator('.events li').filter({hasText: 'ks-added'}).waitFor();
  });

  /** What axe finds on a page, or in a part of it. */
  async function violations(where: Page, context: ElementContext): Promise<readonly string[]> {
    await where.evaluate(axe);
    const found = await where.evaluate(
      place =>
        (globalThis as unknown as {axe: {run(context: object, options: object): Promise<AxeResults>}}).axe.run(place, {
          iframes: false,
        }),
      context as object,
    );
    return found.violations.flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html}`));
  }

  it('is gone through with the keyboard, and back by the browser', async () => {
    await open();
    await page.getByRole('link', {name: /<ks-search>/}).focus();
    await page.keyboard.press('Enter');
    await ready(page.frameLocator('#frame'));
    await page.getByRole('radio', {name: '空着'}).focus();
    await page.keyboard.press('ArrowRight');
    const stage = page.frameLocator('#frame');
    await stage.locator('[role="option"]').first().waitFor();
    await ready(stage);
    // Three times more, to the state that was searched: whatever a state does, the focus stays where the reader is.
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/state=chosen/);
    await stage.locator('main[data-state="chosen"]').waitFor();
    await ready(stage);
    assert.equal(await page.evaluate(() => (document.activeElement as HTMLInputElement).value), 'chosen');
    await page.getByRole('tab', {name: '属性'}).focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.getByRole('tab', {name: '主题'}).getAttribute('aria-selected'), 'true');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'tab-theme');
    await page.keyboard.press('End');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'tab-parts');
    await page.waitForURL(/panel=parts/);
    for (let steps = 0; steps < 4; steps += 1) await page.goBack();
    await page.waitForURL(/element=ks-search(?!.*state)/);
    assert.equal(await page.getByRole('radio', {name: '空着'}).isChecked(), true);
    await page.goBack();
    await page.getByRole('link', {name: /<ks-search>/}).waitFor();
  });

  for (const query of ['', '?ui=en&theme=dark']) {
    it(`is accessible: ${query || 'the overview'}`, async () => {
      await open(query);
      assert.deepEqual(await violations(page, {exclude: ['#frame']}), []);
    });
  }

  for (const query of ['?element=ks-cart-button&ui=en', '?element=ks-order&theme=dark&token.accent=%23444444']) {
    it(`is accessible, each panel of it: ${query}`, async () => {
      await ready(await open(query));
      for (const panel of ['controls', 'theme', 'code', 'events', 'parts']) {
        await page.locator(`#tab-${panel}`).click();
        await page.locator(`#panel[aria-labelledby="tab-${panel}"]`).waitFor();
        // The elements have tests of their own.
        assert.deepEqual(await violations(page, {exclude: ['#frame']}), [], panel);
      }
    });
  }

  it('fits 360, 768 and 1280 px', async () => {
    for (const query of ['', '?element=ks-product&panel=theme&ui=en', '?element=ks-ticket&panel=code']) {
      await open(query);
      for (const width of [360, 768, 1280]) {
        await page.setViewportSize({width, height: 800});
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, query);
      }
    }
  });

  const background = (locator: ReturnType<FrameLocator['locator']>): Promise<string> =>
    locator.evaluate(element => getComputedStyle(element).backgroundColor);

  const clipboard = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

  /** Waits, for as long as a test may take, until the page looks so. */
  async function until(condition: () => Promise<boolean>): Promise<void> {
    while (!(await condition())) await page.evaluate(() => new Promise(requestAnimationFrame));
  }

  async function assertCount(stage: FrameLocator, selector: string, count: number): Promise<void> {
    await until(async () => (await stage.locator(selector).count()) === count);
  }
});
