import assert from 'node:assert/strict';
import {once} from 'node:events';
import {globSync, readFileSync, writeFileSync} from 'node:fs';
import type {Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join, resolve} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {pathToFileURL} from 'node:url';
import {setupServer} from 'msw/node';
import {createManifest, elementsOf} from '../../scripts/build/manifest/manifest.mjs';
import {createMockShop} from '../../src/mocks/index.ts';
import {buildPackage, type BuiltPackage, type Installation} from './installed-package.ts';
import {codeBlocks} from './markdown.ts';

const publicElements = elementsOf(await createManifest());
const {dependencies} = JSON.parse(readFileSync('package.json', 'utf8')) as {dependencies: Record<string, string>};

const languages = {'zh-CN': 'zh-cn', 'zh-TW': 'zh-tw', en: 'en'} as const;
type Language = keyof typeof languages;

/** What a page has and a server does not, and what asks or goes on by itself: nothing of it may be touched. */
const forbidden = [
  'window',
  'document',
  'navigator',
  'location',
  'history',
  'screen',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'matchMedia',
  'getComputedStyle',
  'MutationObserver',
  'IntersectionObserver',
  'ResizeObserver',
  'requestAnimationFrame',
  'requestIdleCallback',
  'addEventListener',
  'innerHeight',
  'BroadcastChannel',
  'fetch',
  'setInterval',
];

/** A program for Node in which touching any of them is an error from the moment on that the package is imported. */
const withoutBrowser = (program: string): string => `
  // They look around for themselves when they are loaded.
  for (const name of ${JSON.stringify(['@lit-labs/ssr', ...Object.keys(dependencies)])}) await import(name);
  for (const name of ${JSON.stringify(forbidden)}) {
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get() { throw new Error('touched ' + name); },
    });
  }
  for (const name of ${JSON.stringify(publicElements.map(({tagName}) => tagName.slice(3)))}) {
    await import('keystall/define/' + name);
  }
  const {renderElements, loadWords, styleHashes} = await import('keystall/ssr');
  const {html, unsafeStatic} = await import('lit/static-html.js');
  ${program}`;

/** Every text that the words of a language hold as it is. */
async function termsOf(language: Language): Promise<ReadonlySet<string>> {
  const paths = globSync(`components/storefront/languages/*.${languages[language]}.ts`);
  const modules = await Promise.all(paths.map(path => import(pathToFileURL(resolve(path)).href)));
  const sections = modules.flatMap(({words}: {words: object}) => Object.values(words) as object[]);
  return new Set(sections.flatMap(section => Object.values(section)).filter(term => typeof term === 'string'));
}

const withoutStyles = (html: string): string => html.replaceAll(/<style[^>]*>.*?<\/style>/gs, '');

/** What a reader reads or hears of HTML. */
function textsIn(html: string): readonly string[] {
  const markup = withoutStyles(html).replaceAll(/<!--.*?-->/gs, '');
  const labels = [...markup.matchAll(/ (?:aria-label|placeholder)="([^"]+)"/g)].map(([, label]) => label!);
  return [...labels, ...markup.split(/<[^>]*>/)].map(text => text.trim()).filter(text => /\p{L}/u.test(text));
}

describe('rendering in Node, by the package as it is installed', () => {
  let built: BuiltPackage;
  let server: Installation;

  before(async () => {
    built = await buildPackage();
    server = built.install();
    server.install('@lit-labs/ssr');
  });

  after(() => built.remove());

  const run = (program: string): string => server.node('--input-type=module', '--eval', withoutBrowser(program));

  for (const mode of ['as it is', 'by callers that connect elements'] as const) {
    describe(`every element, ${mode}`, () => {
      let rendered: Record<string, Record<Language, string>>;

      before(() => {
        const printed = run(`
          const {LitElementRenderer} = await import('@lit-labs/ssr');
          if (${mode !== 'as it is'}) LitElementRenderer.renderOptions.push(() => ({connectedCallback: true}));
          const rendered = {};
          for (const tag of ${JSON.stringify(publicElements.map(({tagName}) => tagName))}) {
            rendered[tag] = {};
            const name = unsafeStatic(tag);
            for (const lang of ${JSON.stringify(Object.keys(languages))}) {
              rendered[tag][lang] = await renderElements(html\`<\${name} lang=\${lang}></\${name}>\`);
            }
          }
          process.stdout.write(JSON.stringify(rendered));`);
        rendered = JSON.parse(printed) as typeof rendered;
      });

      for (const {tagName} of publicElements) {
        for (const language of Object.keys(languages) as Language[]) {
          it(`<${tagName}> has a shadow root, its styles, and the words of ${language}`, async () => {
            const html = rendered[tagName]![language];
            assert.match(html, new RegExp(`<${tagName}[^>]*><template[^>]* shadowrootmode="open"><style>[^<]*:host`));
            if (tagName === 'ks-shop') return;
            const texts = textsIn(html);
            const own = await termsOf(language);
            assert.ok(
              texts.some(text => own.has(text)),
              texts.join(' | '),
            );
            for (const other of Object.keys(languages) as Language[]) {
              const terms = await termsOf(other);
              assert.deepEqual(
                texts.filter(text => terms.has(text) && !own.has(text)),
                [],
              );
            }
          });
        }
      }
    });
  }

  it('ends when it is done: no timer, no connection stays', () => {
    const left = run(`await renderElements(html\`<ks-cart-button></ks-cart-button>\`);
      process.stdout.write(JSON.stringify(process.getActiveResourcesInfo()));`);
    const streams = ['PipeWrap', 'TTYWrap', 'FSReqCallback'];
    assert.deepEqual(
      (JSON.parse(left) as string[]).filter(kind => !streams.includes(kind)),
      [],
    );
  });

  it('speaks Chinese where nothing says otherwise, and says so', () => {
    const html = run(`process.stdout.write(await renderElements(html\`<ks-cart-button></ks-cart-button>\`));`);
    assert.match(html, /<ks-cart-button lang="zh-CN">/);
  });

  it('speaks the language around an element, also deep within another', () => {
    const html = run(`process.stdout.write(await renderElements(
      html\`<ks-shop lang="en"><ks-product-grid></ks-product-grid></ks-shop>\`));`);
    assert.ok(textsIn(html).includes('Loading product…'), 'the cards speak as their grid does');
    assert.equal(withoutStyles(html).match(/ lang=/g)?.length, 1);
  });

  it('says what is missing where words are not there yet', () => {
    const printed = run(`
      const {render} = await import('@lit-labs/ssr');
      try { [...render(html\`<ks-cart-button></ks-cart-button>\`)].join(''); } catch (error) { console.log(error.message); }
      await loadWords();
      console.log([...render(html\`<ks-cart-button></ks-cart-button>\`)].join('').length > 0);`);
    assert.match(printed, /await loadWords\(\) of keystall\/ssr before rendering\.\ntrue/);
  });

  it('leaves a box unchecked that is not checked', () => {
    const html = run(`process.stdout.write(await renderElements(html\`<ks-filters></ks-filters>\`));`);
    const boxes = html.match(/<input type="checkbox"[^>]*>/g) ?? [];
    assert.equal(boxes.length, 1);
    assert.doesNotMatch(boxes.join(''), /checked/);
    assert.equal(html.match(/<option[^>]* selected/g)?.length, 1);
  });

  it('writes a nonce on every style, and refuses one that could end the attribute', () => {
    const html = run(
      `process.stdout.write(await renderElements(html\`<ks-product-grid></ks-product-grid>\`, {nonce: 'YWJj'}));`,
    );
    const styles = html.match(/<style[^>]*>/g) ?? [];
    assert.deepEqual([...new Set(styles)], ['<style nonce="YWJj">']);
    assert.equal(styles.length, 9);
    const refusal = run(
      `await renderElements(html\`<ks-cart></ks-cart>\`, {nonce: '"><script>'}).catch(error => console.log(error.name));`,
    );
    assert.equal(refusal.trim(), 'TypeError');
  });

  it('writes no goods that are none, and nothing that is no part of them', () => {
    const html = run(`
      const good = {id: 'a', title: 'A', categoryId: 'c', categoryName: 'C', delivery: 'automatic',
        price: {amount: '1.00', currency: 'CNY'}, priceVaries: false, stock: 'in_stock', minimum: 1, cost: 'SECRET'};
      for (const goods of [{items: [good], total: 1, token: 'SECRET'}, {items: [{...good, price: 7}], total: 1}, 'none'])
        console.log(await renderElements(html\`<ks-product-grid .goods=\${goods}></ks-product-grid>\`));`);
    assert.doesNotMatch(html, /SECRET/);
    const grids = html.match(/<ks-product-grid[^>]*>/g) ?? [];
    assert.deepEqual(
      grids.map(grid => grid.includes(' goods=')),
      [true, false, false],
    );
  });

  describe('as docs/server-rendering.md says', () => {
    const snippets = codeBlocks('docs/server-rendering.md', 'ts').map(({text}) => text);
    const containing = (text: string): string => snippets.find(snippet => snippet.includes(text))!;

    it('answers with the page and the goods of the shop', async () => {
      const mock = await createMockShop({address: 'https://shop.example'});
      const network = setupServer(...mock.handlers);
      network.listen({onUnhandledFrame: 'bypass'});
      const file = join(server.folder, 'page.ts');
      writeFileSync(file, `${containing('createServer').replace('listen(8080)', 'listen(0)')}\nexport {server};\n`);
      const {server: page} = (await import(pathToFileURL(file).href)) as {server: Server};
      if (!page.listening) await once(page, 'listening');
      const answer = await fetch(`http://127.0.0.1:${(page.address() as AddressInfo).port}`);
      const html = await answer.text();
      page.close();
      network.close();
      await mock.close();
      assert.equal(html.match(/<ks-product-card /g)?.length, 8);
      assert.equal(html.match(/<article part="card"[^>]* aria-busy="false"/g)?.length, 8);
    });

    for (const what of ['randomBytes', 'styleHashes(']) {
      it(`lets the styles through a policy by ${what}`, () => {
        const file = server.write(`policy-${what.length}.ts`, containing(what));
        const [policy, ...html] = server.node(file).split(' <');
        const allowed = /style-src '(?:nonce-|sha256-)([\w+/=]+)'/.exec(policy!);
        assert.ok(allowed, policy);
        if (what === 'randomBytes') assert.ok(html.join('<').includes(`style nonce="${allowed[1]!}"`));
      });
    }
  });
});
