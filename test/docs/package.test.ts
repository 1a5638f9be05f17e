import assert from 'node:assert/strict';
import {build, type Plugin} from 'esbuild';
import {globSync, readFileSync} from 'node:fs';
import {basename, dirname} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {buildPackage, type BuiltPackage, type Installation} from './installed-package.ts';

const elements = globSync('components/storefront/*/define.ts').map(path => basename(dirname(path)));
const {exports, peerDependencies} = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Record<string, string>;
  peerDependencies: Record<string, string>;
};

/** Every module of the package by the name it is imported by. */
const modules = Object.entries(exports)
  .filter(([, target]) => target.endsWith('.js'))
  .flatMap(([name]) => (name.includes('*') ? elements.map(element => name.replace('*', element)) : [name]))
  .map(name => name.replace('.', 'keystall'));

/** The element itself and those it registers for its own templates. */
function shownBy(name: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(name)) return found;
  found.add(name);
  const define = readFileSync(`components/storefront/${name}/define.ts`, 'utf8');
  for (const [, other] of define.matchAll(/import '\.\.\/([a-z-]+)\/define\.ts'/g)) shownBy(other!, found);
  return found;
}

describe('the package, installed', () => {
  let built: BuiltPackage;
  let page: Installation;
  let complete: Installation;

  before(async () => {
    built = await buildPackage();
    page = built.install();
    complete = built.install();
    complete.install(...Object.keys(peerDependencies));
  });

  after(() => built.remove());

  /** Those modules of the package that stay in a bundle of this program, apart from what it loads on demand. */
  async function bundled(program: string): Promise<readonly string[]> {
    const onDemand: Plugin = {
      name: 'on-demand',
      setup: ({onResolve}) =>
        onResolve({filter: /./}, ({kind}) => (kind === 'dynamic-import' ? {external: true} : null)),
    };
    const {metafile} = await build({
      stdin: {contents: program, resolveDir: page.folder, loader: 'js'},
      absWorkingDir: page.folder,
      plugins: [onDemand],
      bundle: true,
      metafile: true,
      write: false,
      format: 'esm',
      logLevel: 'error',
    });
    return Object.values(metafile.outputs)
      .flatMap(({inputs}) => Object.entries(inputs))
      .filter(([, {bytesInOutput}]) => bytesInOutput > 0)
      .map(([path]) => path.split('node_modules/keystall/dist/')[1])
      .filter(path => path !== undefined);
  }

  const elementsIn = (sources: readonly string[]): readonly string[] =>
    elements.filter(name => sources.includes(`components/storefront/${name}/${name}.js`)).sort();

  for (const name of modules) {
    it(`does nothing but register elements when Node imports ${name}`, () => {
      const printed = complete.node(
        '--input-type=module',
        '--eval',
        `await import('lit');
         ${name === 'keystall/mocks' ? "await import('msw');" : ''}
         const before = new Set(Object.getOwnPropertyNames(globalThis));
         globalThis.fetch = () => { throw new Error('fetched'); };
         await import('${name}');
         const registered = ${JSON.stringify(elements)}.filter(name => globalThis.customElements?.get('ks-' + name));
         const added = Object.getOwnPropertyNames(globalThis).filter(name => !before.has(name));
         console.log(JSON.stringify({registered, added}));`,
      );
      const {registered, added} = JSON.parse(printed) as {registered: string[]; added: string[]};
      const [, defined] = /^keystall\/define(?:\/(.+))?$/.exec(name) ?? [];
      if (!name.startsWith('keystall/define')) assert.deepEqual(registered, []);
      else if (defined === undefined) assert.deepEqual(registered.sort(), registeredAtOnce());
      else assert.ok(registered.includes(defined));
      // Lit, which brings a registry along where there is none, and msw were there before.
      assert.deepEqual(added, []);
    });
  }

  for (const name of elements) {
    it(`leaves in a bundle of ${name} no element that it does not show`, async () => {
      const sources = await bundled(`import 'keystall/define/${name}';`);
      assert.deepEqual(elementsIn(sources), [...shownBy(name)].sort());
    });
  }

  it('leaves in a bundle of one class that class alone', async () => {
    const sources = await bundled(`import {KsShop} from 'keystall/elements'; console.log(KsShop);`);
    assert.deepEqual(elementsIn(sources), ['shop']);
  });

  it('leaves in a bundle of the headless shop nothing that has a view', async () => {
    const sources = await bundled(`import {createShop} from 'keystall'; console.log(createShop);`);
    assert.ok(sources.includes('src/store/create-shop.js'));
    assert.deepEqual(
      sources.filter(path => path.startsWith('components/')),
      [],
    );
  });

  it('leaves nothing of what is imported and not used', async () => {
    assert.deepEqual(
      await bundled(`import {pageShop} from 'keystall/page'; import {KsCart} from 'keystall/elements';`),
      [],
    );
  });
});

/** What `keystall/define` registers without waiting for a tag; there are no tags in Node. */
function registeredAtOnce(): string[] {
  const source = readFileSync('components/storefront/define.ts', 'utf8');
  return [...source.matchAll(/^import '\.\/([a-z-]+)\/define\.ts';$/gm)].map(([, name]) => name!).sort();
}
