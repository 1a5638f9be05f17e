import assert from 'node:assert/strict';
import {build} from 'esbuild';
import {after, before, describe, it} from 'node:test';
import type {BrowserContext, Page} from 'playwright-core';
import type {ProductPage} from '../../src/contract/product.ts';
import {createManifest, elementsOf} from '../../scripts/build/manifest/manifest.mjs';
import {buildPackage, type BuiltPackage, type Installation} from '../docs/installed-package.ts';
import {codeBlocks} from '../docs/markdown.ts';
import {patience} from '../support/browser.ts';
import {addFirstGood, HostPages} from '../support/host-pages.ts';

const bundleTag = '<script type="module" src="https://shop.example/cdn/keystall.bundle.js"></script>';

/** The snippet of the guide that holds the first and not the second. */
const containing = (text: string, without: string): string =>
  codeBlocks('docs/server-rendering.md', 'ts').find(
    block => block.text.includes(text) && !block.text.includes(without),
  )!.text;

const publicElements = elementsOf(await createManifest());

/** What the tests note of a page from its first moment on. */
interface Noted {
  shift: number;
  /** What stood in the page before any script of ours ran. */
  readonly served: Element[];
}

/** Runs in the page, first of all. */
function takeNotes(): void {
  const page = globalThis as unknown as {noted: Noted};
  page.noted = {shift: 0, served: []};
  new PerformanceObserver(list => {
    for (const entry of list.getEntries() as unknown as {value: number; hadRecentInput: boolean}[]) {
      if (!entry.hadRecentInput) page.noted.shift += entry.value;
    }
  }).observe({type: 'layout-shift', buffered: true});
}

/** Runs as the last classic script of the body: the page is parsed, no module has run. */
const noteServed = `<script nonce="bm90ZXM=">{
  const grid = document.querySelector('ks-product-grid');
  const served = [...(grid?.shadowRoot?.querySelectorAll('ks-product-card') ?? [])];
  noted.served.push(...served, ...served.map(card => card.shadowRoot.querySelector('article')));
}</script>`;

describe('a page that a server rendered', {timeout: 300_000}, () => {
  let hosts: HostPages;
  let built: BuiltPackage;
  let server: Installation;

  before(async () => {
    built = await buildPackage();
    server = built.install();
    server.install('@lit-labs/ssr');
    hosts = await HostPages.start();
  });

  after(async () => {
    built.remove();
    await hosts.stop();
  });

  /** What the package renders in Node: a template with the goods of the shop at hand. */
  function rendered(template: string, options: {readonly nonce?: string; readonly asOf?: number} = {}): string {
    return server.node(
      '--input-type=module',
      '--eval',
      `import {html} from 'lit';
       import {createClient} from 'keystall/client';
       import {setDefaultShopAddress} from 'keystall/elements';
       import {renderElements} from 'keystall/ssr';
       ${publicElements.map(({tagName}) => `import 'keystall/define/${tagName.slice(3)}';`).join('\n')}
       setDefaultShopAddress('${hosts.shop.urls.shop}');
       const client = createClient({address: '${hosts.shop.urls.shop}'});
       const page = await client.listProducts({lang: 'zh-CN', limit: 6});
       const goods = {...page, asOf: ${options.asOf ?? 'Date.now()'}, orderToken: 'secret'};
       process.stdout.write(await renderElements(${template}, ${JSON.stringify(options)}));`,
    );
  }

  const shelf =
    'html`<ks-product-grid lang="zh-CN" limit="6" .goods=${goods}></ks-product-grid><ks-cart-button lang="zh-CN"></ks-cart-button>`';

  interface Visit {
    readonly context: BrowserContext;
    readonly page: Page;
    readonly complaints: string[];
    /** What was asked of the shop server's `/v1`. */
    readonly asked: string[];
  }

  async function visit(
    body: string,
    {
      script,
      head,
      waiting,
      unanswered = false,
      javaScriptEnabled = true,
    }: {
      readonly script?: string;
      readonly head?: string;
      readonly waiting?: Promise<void>;
      readonly unanswered?: boolean;
      readonly javaScriptEnabled?: boolean;
    } = {},
  ): Promise<Visit> {
    const context = await hosts.browser.newContext({locale: 'en', javaScriptEnabled, reducedMotion: 'reduce'});
    context.setDefaultTimeout(patience);
    if (javaScriptEnabled) await context.addInitScript(takeNotes);
    // The scripts come when the test says so.
    if (waiting) {
      await context.route('**/cdn/**', async route => {
        await waiting;
        await route.continue();
      });
    }
    if (unanswered) await context.route('**/v1/**', () => undefined);
    const page = await context.newPage();
    const complaints: string[] = [];
    const asked: string[] = [];
    page.on('pageerror', error => complaints.push(error.stack ?? error.message));
    page.on('console', message => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('request', request => {
      if (request.url().includes('/v1/') && !/\/(cover|pictures)\b/.test(request.url()))
        asked.push(new URL(request.url()).pathname);
    });
    await page.goto(
      hosts.write({body: body + noteServed, ...(script !== undefined && {script}), ...(head !== undefined && {head})}),
      {waitUntil: waiting ? 'commit' : 'load'},
    );
    return {context, page, complaints, asked};
  }

  /** When the grid has taken over, or drawn itself anew. */
  const settled = (page: Page): Promise<unknown> =>
    page.evaluate(async () => {
      await customElements.whenDefined('ks-product-grid');
      const grid = document.querySelector('ks-product-grid')! as HTMLElement & {
        isServed: boolean;
        updateComplete: Promise<boolean>;
      };
      while (grid.isServed) await new Promise(resolve => requestAnimationFrame(resolve));
      await grid.updateComplete;
      await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
    });

  const seen = (page: Page): Promise<{shift: number; kept: boolean; served: number; cards: number; lists: number}> =>
    page.evaluate(() => {
      const {noted} = globalThis as unknown as {noted: Noted};
      const root = document.querySelector('ks-product-grid')!.shadowRoot!;
      const cards = [...root.querySelectorAll('ks-product-card')];
      const now = [...cards, ...cards.map(card => card.shadowRoot!.querySelector('article')!)];
      return {
        shift: noted.shift,
        served: noted.served.length,
        kept: now.length === noted.served.length && now.every((node, index) => node === noted.served[index]),
        cards: cards.length,
        lists: root.querySelectorAll('[part=list]').length,
      };
    });

  /** What a developer bundles for the browser. */
  async function bundled(program: string): Promise<string> {
    const {outputFiles} = await build({
      stdin: {
        contents: program.replaceAll('https://shop.example', hosts.shop.urls.shop),
        resolveDir: server.folder,
        loader: 'js',
      },
      define: {'process.env.NODE_ENV': '"production"'},
      bundle: true,
      write: false,
      format: 'esm',
      logLevel: 'error',
    });
    return `<script type="module" src="${hosts.writeScript(outputFiles[0]!.text)}"></script>`;
  }

  it('shows its goods, and all there is to say of them, without a script', async () => {
    const body = rendered(shelf);
    assert.ok(!body.includes('secret'), 'what is no part of a page of goods stays on the server');
    const {context, page} = await visit(body, {javaScriptEnabled: false});
    const {items} = (await (
      await fetch(`${hosts.shop.urls.shop}/v1/products?lang=zh-CN&limit=6`)
    ).json()) as ProductPage;
    for (const {title} of items) await page.getByRole('article', {name: title}).waitFor();
    assert.equal(await page.locator('ks-product-card .cover img').count(), items.filter(({cover}) => cover).length);
    await page.getByRole('button', {name: '购物车，空'}).waitFor();
    await context.close();
  });

  for (const [how, load] of [
    ['by the script tag', async () => undefined],
    ['by the one-file bundle', async () => bundleTag],
    ['by the package', async () => bundled(containing('keystall/define', 'html`'))],
    [
      "where Lit's own support is at work",
      async () =>
        bundled(
          `import '@lit-labs/ssr-client/lit-element-hydrate-support.js'; ${containing('keystall/define', 'html`')}`,
        ),
    ],
  ] as const) {
    it(`is taken over ${how}: its nodes stay, nothing jumps, nothing is asked for twice, and it sells`, async () => {
      const script = await load();
      const {context, page, complaints, asked} = await visit(rendered(shelf), script === undefined ? {} : {script});
      await settled(page);
      const {shift, ...rest} = await seen(page);
      assert.deepEqual(rest, {served: 12, kept: true, cards: 6, lists: 1});
      assert.ok(shift <= 0.02, String(shift));
      assert.deepEqual(
        asked.filter(path => path === '/v1/products'),
        [],
      );
      await addFirstGood(page);
      await page.reload();
      // What this device holds comes after what the server drew, and is shown where that was.
      await page.getByRole('button', {name: '购物车，1 件商品'}).waitFor();
      assert.equal((await seen(page)).kept, true);
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }

  const policy = (style: string): string =>
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-bm90ZXM=' 'self' ${hosts.shop.urls.shop}; style-src ${style}; img-src ${hosts.shop.urls.shop}; connect-src ${hosts.shop.urls.shop}; require-trusted-types-for 'script'">`;

  /** Whether the cards look as they should: a card without its styles has no frame. */
  const isStyled = (page: Page): Promise<boolean> =>
    page.evaluate(() => {
      const [, card] = (globalThis as unknown as {noted: Noted}).noted.served.slice(-2);
      return getComputedStyle(card!).display === 'flex';
    });

  for (const by of ['a nonce', 'hashes'] as const) {
    it(`keeps a strict Content-Security-Policy that lets its styles in by ${by}`, async () => {
      const body = rendered(shelf, by === 'a nonce' ? {nonce: 'c3R5bGU='} : {});
      const style = by === 'a nonce' ? "'nonce-c3R5bGU='" : hashesOf(body);
      const {context, page, complaints} = await visit(body, {head: policy(style)});
      await settled(page);
      assert.equal(await isStyled(page), true);
      const {shift, kept} = await seen(page);
      assert.ok(shift <= 0.02, String(shift));
      assert.equal(kept, true);
      await addFirstGood(page);
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }

  it('is refused its styles by a policy that names neither', async () => {
    const {context, page, complaints} = await visit(rendered(shelf), {head: policy("'none'")});
    await settled(page);
    assert.notDeepEqual(complaints, []);
    await context.close();
  });

  const hashesOf = (body: string): string =>
    server.node(
      '--input-type=module',
      '--eval',
      `import {readFileSync} from 'node:fs';
       import {styleHashes} from 'keystall/ssr';
       process.stdout.write((await styleHashes(readFileSync(process.argv[1], 'utf8'))).join(' '));`,
      server.write('page.html', body),
    );

  it('asks again for goods that are old, while it shows them', async () => {
    const {context, page, asked} = await visit(rendered(shelf, {asOf: Date.now() - 3_600_000}));
    await settled(page);
    assert.equal((await seen(page)).kept, true);
    await page.waitForFunction(
      () => document.querySelector('ks-product-grid')!.shadowRoot!.querySelector('[part=list]')!.ariaBusy === 'false',
    );
    assert.equal(asked.filter(path => path === '/v1/products').length, 1);
    await context.close();
  });

  it('belongs to the shop and speaks the language of the element around it', async () => {
    const body = rendered(
      'html`<ks-shop lang="zh-TW" api="${client.address}/cdn/keystall.js"><ks-product-grid limit="6" .goods=${goods}></ks-product-grid><ks-cart-button></ks-cart-button></ks-shop>`',
    );
    const {context, page, complaints} = await visit(body);
    await settled(page);
    assert.equal((await seen(page)).kept, true);
    await page
      .getByRole('button', {name: /^加入購物車/})
      .first()
      .click();
    await page.getByRole('button', {name: /^購物車.*1/}).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('draws anew, and says so, what a server of another version rendered', async () => {
    const other = rendered(shelf).replaceAll(/lit-part [\w+/]{6}/g, 'lit-part AAAAAA');
    const {context, page, complaints} = await visit(other);
    await settled(page);
    const {shift, cards, lists, kept} = await seen(page);
    assert.deepEqual({cards, lists, kept}, {cards: 6, lists: 1, kept: false});
    assert.ok(shift <= 0.02, String(shift));
    assert.equal(await page.locator('ks-cart-button button').count(), 1);
    await addFirstGood(page);
    assert.ok(
      complaints.length > 0 && complaints.every(text => text.includes('could not take over what a server drew')),
      complaints.join('\n'),
    );
    await context.close();
  });

  for (const version of ['this', 'another']) {
    it(`keeps what was typed and ticked before the scripts of ${version} version came`, async () => {
      let body = rendered('html`<ks-search lang="zh-CN"></ks-search><ks-filters lang="zh-CN"></ks-filters>`');
      if (version === 'another') body = body.replaceAll(/lit-part [\w+/]{6}/g, 'lit-part AAAAAA');
      const {promise: typed, resolve: goOn} = Promise.withResolvers<void>();
      const {context, page} = await visit(body, {waiting: typed});
      await page.getByRole('combobox', {name: '搜索商品'}).fill('王者');
      await page.getByRole('checkbox', {name: '只看有货'}).check();
      goOn();
      // Said by the element itself, which has taken it in.
      await page.getByRole('button', {name: '清空'}).waitFor();
      await page.getByRole('button', {name: '清除筛选'}).waitFor();
      assert.deepEqual(
        [
          await page.getByRole('combobox', {name: '搜索商品'}).inputValue(),
          await page.getByRole('checkbox', {name: '只看有货'}).isChecked(),
        ],
        ['王者', true],
      );
      await context.close();
    });
  }

  it('shows what goods say as text, whatever they say', async () => {
    const evil = `</script><img src=x onerror="globalThis.bad = true">"'&`;
    const body = rendered(
      `html\`<ks-product-grid lang="zh-CN" limit="6" .goods=\${{...goods, items: goods.items.map(item => ({...item, title: ${JSON.stringify(evil)}, categoryName: ${JSON.stringify(evil)}}))}}></ks-product-grid>\``,
    );
    const {context, page, complaints} = await visit(body);
    await settled(page);
    assert.equal((await seen(page)).kept, true);
    assert.equal(await page.getByRole('article', {name: evil}).count(), 6);
    assert.equal(await page.evaluate(() => 'bad' in globalThis), false);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  for (const {tagName} of publicElements) {
    it(`takes over <${tagName}> as it rests`, async () => {
      const body = rendered(`html\`<${tagName} id="it" lang="en"></${tagName}>\``);
      const notes = '<script nonce="bm90ZXM=">noted.served.push(...it.shadowRoot.children);</script>';
      // An answer that comes meanwhile is shown in the place of what the server drew.
      const {context, page, complaints} = await visit(body + notes, {unanswered: true});
      const kept = await page.evaluate(async tag => {
        await customElements.whenDefined(tag);
        const element = document.querySelector<HTMLElement & {isServed?: boolean; hasUpdated: boolean}>('#it')!;
        while (element.isServed || !element.hasUpdated) await new Promise(resolve => requestAnimationFrame(resolve));
        // Whoever draws itself anew clears its root first; only the styles are replaced.
        const [style, ...others] = (globalThis as unknown as {noted: Noted}).noted.served;
        return style!.localName === 'style' && others.some(({isConnected}) => isConnected);
      }, tagName);
      // A page of one good learns only now that its address names none, and says so in place of what was there.
      if (tagName === 'ks-product') await page.getByText('No product chosen').waitFor();
      else assert.equal(kept, true);
      assert.deepEqual(complaints, [], 'whoever draws itself anew reports it');
      await context.close();
    });
  }
});
