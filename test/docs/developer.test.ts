import assert from 'node:assert/strict';
import {build} from 'esbuild';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {after, before, describe, it} from 'node:test';
import {setupServer} from 'msw/node';
import {freePort} from '../../scripts/start/free-port.ts';
import {servePages, type PageServer} from '../../scripts/start/page-server.ts';
import type {ProductListState, Shop} from '../../src/index.ts';
import {createMockShop} from '../../src/mocks/index.ts';
import {launchBrowser} from '../support/browser.ts';
import {buildPackage, type BuiltPackage, type Installation} from './installed-package.ts';
import {codeBlocks, commands, inlineCode} from './markdown.ts';

const address = 'https://shop.example';

/** The snippet of the README that calls this function of the package. */
function snippet(name: string): string {
  const found = codeBlocks('README.md', 'ts').find(({text}) => text.includes(`${name}(`));
  assert.ok(found, `the README shows ${name}`);
  return found.text;
}

/** What follows `start` in the one command of the README that begins with it. */
function wordsAfter(start: string): readonly string[] {
  const found = commands('README.md').filter(command => command.startsWith(start));
  assert.equal(found.length, 1, `the README has one command "${start}…"`);
  return found[0]!.slice(start.length).split(' ');
}

describe('a developer who follows the README', () => {
  let built: BuiltPackage;
  /** `npm i keystall`, and no more. */
  let page: Installation;
  /** The packages for the mocks as well. */
  let mocked: Installation;

  before(async () => {
    built = await buildPackage();
    page = built.install();
    mocked = built.install();
    mocked.install(...wordsAfter('npm i --save-dev '));
  });

  after(() => built.remove());

  it('is given commands that a test runs, all of them', () => {
    // `npm start` has a file of its own, `npm test` runs this one, the others are run here.
    const known = /^npm (start|test|i keystall|i --save-dev .+)$|^npx msw init /;
    assert.deepEqual(
      commands('README.md').filter(command => !known.test(command)),
      [],
    );
  });

  it('is told to install for the mocks what they import, and no more', async () => {
    const {metafile} = await build({
      entryPoints: ['src/mocks/index.ts'],
      bundle: true,
      packages: 'external',
      format: 'esm',
      write: false,
      metafile: true,
      outdir: 'out',
    });
    const imported = Object.values(metafile.inputs)
      .flatMap(({imports}) => imports.filter(({external}) => external))
      .map(({path}) => /^(@[^/]+\/)?[^/]+/.exec(path)![0]);
    const {dependencies} = JSON.parse(readFileSync('package.json', 'utf8')) as {dependencies: object};
    const needed = [...new Set(imported)].filter(name => !(name in dependencies));
    assert.deepEqual(needed.sort(), wordsAfter('npm i --save-dev ').toSorted());
  });

  it('finds every module that the README names, once what its guides say is installed', () => {
    const [forServers] = commands('docs/server-rendering.md').filter(command => command.startsWith('npm i keystall '));
    mocked.install(...forServers!.split(' ').filter(word => word.startsWith('@')));
    const named = new Set([
      ...inlineCode('README.md').filter(code => /^keystall(\/|$)/.test(code)),
      ...codeBlocks('README.md', 'ts').flatMap(({text}) => [...text.matchAll(/from '(.+)'/g)].map(([, name]) => name!)),
    ]);
    assert.ok(named.size >= 4, [...named].join());
    const everything = [...named].map(name => `await import('${name}');`).join('\n');
    mocked.node('--input-type=module', '--eval', everything);
  });

  it('may import the class of an element without registering it', () => {
    const names = mocked.node(
      '--input-type=module',
      '--eval',
      `const registered = () => Boolean(globalThis.customElements?.get('ks-product-grid'));
       await import('keystall/elements/product-grid');
       const before = registered();
       await import('keystall/define/product-grid');
       console.log(before, registered());`,
    );
    assert.equal(names.trim(), 'false true');
  });

  it('sees products in Node', async t => {
    const mock = await createMockShop({address});
    const network = setupServer(...mock.handlers);
    network.listen({onUnhandledFrame: 'error'});
    const printed = Promise.withResolvers<ProductListState>();
    t.mock.method(console, 'log', (state: ProductListState) => {
      if (state.status !== 'loading') printed.resolve(state);
    });
    const file = join(page.folder, 'shop.ts');
    writeFileSync(file, `${snippet('createShop')}\nexport {shop, stop};\n`);
    const {shop, stop} = (await import(pathToFileURL(file).href)) as {shop: Shop; stop: () => void};

    const state = await printed.promise;
    stop();
    shop.dispose();
    network.close();
    await mock.close();
    assert.equal(state.status, 'ready', state.status === 'failed' ? state.error.message : '');
    assert.equal(state.data.items.length, 24);
  });

  describe('to a page with mocks', () => {
    let server: PageServer;

    before(async () => {
      const folder = join(mocked.folder, 'public');
      mocked.node('node_modules/msw/cli/index.js', 'init', ...wordsAfter('npx msw init '));
      await build({
        stdin: {contents: `${snippet('startMocks')}\nglobalThis.mock = mock;`, resolveDir: mocked.folder, loader: 'ts'},
        outfile: join(folder, 'page.js'),
        bundle: true,
        format: 'esm',
        logLevel: 'error',
      });
      writeFileSync(
        join(folder, 'index.html'),
        '<!doctype html><title>Mocks</title><script type="module" src="page.js"></script>',
      );
      server = await servePages({root: folder, port: await freePort(0)});
    });

    after(() => server.close());

    it('sees what the scenario promises, in a real browser', async () => {
      const browser = await launchBrowser();
      try {
        const tab = await browser.newPage();
        await tab.goto(server.url);
        await tab.waitForFunction('globalThis.mock !== undefined');
        const {items} = await tab.evaluate(async url => {
          const response = await fetch(url);
          return (await response.json()) as {items: {stock: string}[]};
        }, `${address}/v1/products?limit=5`);
        assert.deepEqual(
          items.map(({stock}) => stock),
          Array<string>(5).fill('sold_out'),
        );
      } finally {
        await browser.close();
      }
    });
  });

  for (const entry of ['keystall/server', 'keystall/upstreams']) {
    it(`is told at once of every package that ${entry} needs`, () => {
      const message = page.node(
        '--input-type=module',
        '--eval',
        `await import('${entry}').catch(error => console.log(error.code, error.message));`,
      );
      const [, missing, packages] =
        new RegExp(`^ERR_MODULE_NOT_FOUND ${entry} needs .*"(.+)" is missing\\..*: npm i (.+)$`).exec(message.trim()) ??
        [];
      assert.ok(missing && packages, message);
      assert.ok(packages.split(' ').includes(missing), message);
      const complete = built.install();
      complete.install(...packages.split(' '));
      assert.notEqual(
        complete.node('--input-type=module', '--eval', `console.log(Object.keys(await import('${entry}')).length);`),
        '0\n',
      );
    });
  }
});
