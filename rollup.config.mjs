/**
 * What `npm run build` makes in dist/ (types apart, see tsconfig.build.json):
 *
 * - the npm package: one module per source file, dependencies left to the installer
 * - cdn/keystall.js: the script-tag entry, which loads chunks as tags appear
 * - cdn/keystall.bundle.js: the storefront in one file, with chunks for what few pages need
 * - demo/: the demo's pages, mocks included
 * - served/: the page of the demo that a server renders
 *
 * `rollup -c --configOnly cdn,demo` builds some of them.
 */
import commonjs from '@rollup/plugin-commonjs';
import nodeResolve from '@rollup/plugin-node-resolve';
import replace from '@rollup/plugin-replace';
import terser from '@rollup/plugin-terser';
import {readFileSync} from 'node:fs';
import license from 'rollup-plugin-license';
import esbuild, {minify} from 'rollup-plugin-esbuild';
import {checkOutput} from './scripts/build/check-output.mjs';
import {chunkList, elementOf} from './scripts/build/chunk-list.mjs';
import {coreChunk, givenNames} from './scripts/build/core-chunk.mjs';
import {demoEntries, demoPages} from './scripts/build/demo-pages.mjs';
import {fromSources} from './scripts/build/from-sources.mjs';
import {handOver} from './scripts/build/hand-over.mjs';
import {loadTogether} from './scripts/build/load-together.mjs';
import {minifyTemplates} from './scripts/build/minify-templates.mjs';
import {namedPeers} from './scripts/build/named-peers.mjs';
import {oldestBrowsers} from './scripts/build/oldest-browsers.mjs';
import {oneFile} from './scripts/build/one-file.mjs';
import {packageEntries} from './scripts/build/package-entries.mjs';
import {slimLibraries} from './scripts/build/slim-libraries.mjs';

const typescript = options => esbuild({target: 'es2022', tsconfig: false, jsx: 'automatic', ...options});

const isQuick = Boolean(process.env.KEYSTALL_QUICK_BUILD);

/** Minifying strips the notices of the libraries inside; their licences ask that they go along. */
const licences = folder => license({thirdParty: {output: `${folder}/THIRD-PARTY-LICENSES.txt`}});

/** Everything a file for pages goes through, its dependencies included. */
const forPages = () => [
  minifyTemplates(),
  nodeResolve({browser: true, exportConditions: ['browser', 'production']}),
  replace({preventAssignment: true, values: {'process.env.NODE_ENV': '"production"'}}),
  typescript({target: oldestBrowsers}),
];

/** The same for what merchants' pages load. `npm run dev` goes without what takes time. */
const forMerchants = () => [...(isQuick ? [] : [slimLibraries()]), ...forPages()];

/** The last steps; after them nothing may change the output. */
const finished = () => [minify({target: oldestBrowsers, legalComments: 'none'}), checkOutput()];

/** The same for what merchants' pages load: 4 % smaller, for some seconds more. */
const finishedSmall = () => [
  minify({target: oldestBrowsers, legalComments: 'none'}),
  ...(isQuick ? [] : [terser({module: true, ecma: 2020, compress: {passes: 3}})]),
  checkOutput(),
];

const copies = [
  {
    of: /\/(default-shop-address|closest-language|domain\/language|first-goods|languages|language-for|note-return|return-mark)\.ts$/,
    inside: /\/components\/cdn\/|\.entry\.ts$/,
    ending: '.entry.ts',
  },
  {
    of: /\/(open-cart|open-checkout|ks-cart-request|cart-icon|incomplete-notice)\.ts$/,
    inside: /\/cart-button\/cart-button\.ts$/,
    ending: '.button.ts',
  },
];

/**
 * Gives the script-tag entry its own copies of the modules it shares with elements. Shared, they would become a chunk
 * that the entry has to wait for before it can ask for anything else. The copies of what holds an
 * address, first goods or the way back from a payment agree through a slot on the page; the others hold nothing.
 *
 * The same for the cart's button, which would have to wait for all that the cart and the checkout share.
 */
const ownModules = () => ({
  name: 'own-modules',
  async resolveId(source, importer = '') {
    const copy = copies.find(({of, inside}) => of.test(source) && inside.test(importer));
    if (!copy) return null;
    const resolved = await this.resolve(source, importer, {skipSelf: true});
    return resolved && resolved.id.replace(/\.ts$/, copy.ending);
  },
  load(id) {
    const copy = copies.find(({ending}) => id.endsWith(ending));
    return copy ? readFileSync(id.slice(0, -copy.ending.length) + '.ts', 'utf8') : null;
  },
  generateBundle(_options, bundle) {
    const awaited = Object.values(bundle).flatMap(file => (file.isEntry ? file.imports : []));
    if (awaited.length > 0) this.error(`The script-tag entry would have to wait for ${awaited.join()}.`);
  },
});

/** A chunk's readable name: the one it was given, the element's where it registers one, else the package's or the module's. */
const chunkName = ({name, moduleIds, facadeModuleId}) =>
  (givenNames.includes(name) ? name : undefined) ??
  moduleIds.map(elementOf).find(found => found !== undefined) ??
  /\/node_modules\/([^/]+)/.exec(facadeModuleId)?.[1] ??
  /([^/]+)\/define\.ts$/.exec(facadeModuleId)?.[1] ??
  name;

const forCdn = {
  dir: 'dist/cdn',
  format: 'es',
  sourcemap: true,
  entryFileNames: '[name].js',
  chunkFileNames: chunk => `chunks/${chunkName(chunk)}-[hash:6].js`,
  // The entry names every chunk, and what is random in a name cannot be compressed.
  hashCharacters: 'hex',
};

/** What the entry of the frame and its chunks share. */
const sharedInFrame =
  /\/valibot\/|\/frame\/frame-key\.ts$|\/shared\/(appearance|frame-messages)\.ts$|\/contract\/reveal-key\.ts$/;

const builds = {
  npm: () => ({
    input: packageEntries(),
    external: id => !/^[./]/.test(id),
    // keystall/react is types alone.
    onLog: (level, log, handle) => log.code === 'EMPTY_BUNDLE' || handle(level, log),
    plugins: [
      // As in what the script tag loads: it takes over what the package rendered only if both have the same templates.
      minifyTemplates(),
      typescript(),
      namedPeers({
        'keystall/server': 'src/server/index.ts',
        'keystall/ssr': 'components/ssr/index.ts',
        'keystall/upstreams': 'src/upstreams/index.ts',
      }),
      {
        name: 'openapi-document',
        generateBundle() {
          this.emitFile({
            type: 'asset',
            fileName: 'openapi.yaml',
            source: readFileSync('src/contract/openapi.yaml'),
          });
        },
      },
    ],
    output: {dir: 'dist', format: 'es', preserveModules: true, preserveModulesRoot: '.', sourcemap: true},
  }),

  cdn: () => ({
    input: {keystall: 'components/cdn/keystall.ts'},
    preserveEntrySignatures: 'strict',
    plugins: [ownModules(), ...forMerchants(), loadTogether(), chunkList(), ...finishedSmall()],
    output: {...forCdn, manualChunks: coreChunk()},
  }),

  bundle: () => ({
    input: {'keystall.bundle': 'components/cdn/keystall.bundle.ts'},
    // It exports what its chunks need as well, which hand-over takes away again.
    preserveEntrySignatures: 'allow-extension',
    plugins: [...forMerchants(), handOver(), ...finishedSmall(), licences('dist/cdn')],
    output: {...forCdn, manualChunks: oneFile()},
  }),

  frame: () => ({
    input: {'keys-frame': 'components/frame/keys-frame.ts'},
    // What a package was compiled to is not ours to mend.
    onLog: (level, log, handle) => log.id?.includes('/node_modules/@hpke/') || handle(level, log),
    plugins: [...forMerchants(), ...finishedSmall(), licences('dist/cdn/frame')],
    // Shares nothing with what the page around it loads. A checkout asks it for a key, for which the entry alone does.
    output: {
      ...forCdn,
      chunkFileNames: 'frame/[name]-[hash:6].js',
      manualChunks: id => (sharedInFrame.test(id) ? 'frame-core' : undefined),
    },
  }),

  served: () => ({
    input: {'served-page': 'demo/served/served-page.ts'},
    external: id => !/^[./]/.test(id),
    // The same templates as in the scripts that take over what it renders.
    plugins: [minifyTemplates(), typescript()],
    output: {dir: 'dist/served', format: 'es', chunkFileNames: '[name]-[hash].js'},
  }),

  demo: () => ({
    input: demoEntries(),
    // How many chunks were joined is nobody's news.
    logLevel: 'warn',
    // The mocks run the server in the page, and with it a package that is no ES module.
    plugins: [
      fromSources(),
      ...forPages(),
      commonjs({include: /node_modules/}),
      demoPages(),
      ...finished(),
      licences('dist/demo'),
    ],
    output: {
      dir: 'dist/demo',
      format: 'es',
      sourcemap: true,
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
      // A page of the gallery loaded some eighty files; a dozen come sooner. What is left out of a page stays apart.
      experimentalMinChunkSize: 30_000,
    },
  }),
};

export default ({configOnly}) => {
  const names = configOnly ? configOnly.split(',') : Object.keys(builds);
  return names
    .map(name => {
      if (!(name in builds)) throw new Error(`No such build: "${name}". There are: ${Object.keys(builds).join(', ')}.`);
      return builds[name]();
    })
    .filter(build => Object.keys(build.input).length > 0);
};
