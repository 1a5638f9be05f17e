/**
 * Prints how large everything is that a page or a developer can load: minified, gzip, brotli. 1 kB is 1000 bytes.
 *
 * Options: `--json` prints one JSON object per line instead (value: bytes of brotli); `--build` builds first where
 * dist/ is older than the sources. Fails where something is larger than its limit.
 */
import {build} from 'esbuild';
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {brotliCompressSync, constants, gzipSync} from 'node:zlib';
import {oldestBrowsers} from './build/oldest-browsers.mjs';
import {packageEntries} from './build/package-entries.mjs';

interface Size {
  name: string;
  min: number;
  gzip: number;
  brotli: number;
  note: string;
}

type ChunkList = Record<string, {elements: string[]; words?: string; imports: string[]; dynamicImports: string[]}>;

/** Largest sizes allowed, in bytes of brotli. */
const limits: Readonly<Record<string, number>> = {
  'size/entry': 2_000,
  'size/grid-page': 36_000,
  'size/bundle': 48_000,
};

/** Entries that run beside a database or a test runner: what they need is installed, not downloaded by a page. */
const notForPages = /^src\/(cli|server|upstreams|sandbox|mocks)\//;

/** The sum over files that travel as separate answers, each compressed on its own. */
function measure(name: string, files: readonly Uint8Array[], note: string): Size {
  const sum = (size: (file: Uint8Array) => number) => files.reduce((total, file) => total + size(file), 0);
  return {
    name,
    min: sum(file => file.byteLength),
    gzip: sum(file => gzipSync(file, {level: 9}).byteLength),
    brotli: sum(file => brotliCompressSync(file, {params: {[constants.BROTLI_PARAM_QUALITY]: 11}}).byteLength),
    note,
  };
}

const fromCdn = (file: string): Uint8Array => readFileSync(`dist/cdn/${file}`);

/** A Chinese page: what its elements say comes in files of its language. */
const language = 'zh-cn';

/** The storefront's elements, each with the parts of the words that the script-tag entry loads beside it. */
const storefront = new Map(
  [
    ...readFileSync('components/cdn/storefront-elements.ts', 'utf8').matchAll(
      /'(ks-[a-z-]+)': \(?(\w*)\)? =>[^;]*?define\.ts'\)((?:, '[a-z]+')*)/g,
    ),
  ].map(([, tag, element, parts]) => [tag!, element ? ['browse', ...(parts!.match(/\w+/g) ?? [])] : []]),
);

/** The script-tag entry and everything it loads at once where the page holds one element. */
function filesForElement(tag: string, parts: readonly string[]): string[] {
  const chunks = JSON.parse(fromCdn('chunks.json').toString()) as ChunkList;
  const entry = 'keystall.js';
  const files = new Set([entry]);
  const add = (file: string | undefined): void => {
    if (file === undefined) throw new Error(`dist/cdn/chunks.json lacks a chunk for <${tag}>. Run "npm run build".`);
    if (files.has(file)) return;
    files.add(file);
    chunks[file]?.imports.forEach(add);
  };
  const names = Object.keys(chunks);
  add(names.find(file => chunks[file]!.elements.includes(tag.replace(/^ks-/, ''))));
  for (const part of parts) add(names.find(file => chunks[file]!.words === `${part}.${language}`));
  // The shop behind all elements comes after what draws them.
  add(names.find(file => file.startsWith('chunks/store-')));
  return [...files];
}

function measureElementPage(tag: string): Size {
  const files = filesForElement(tag, storefront.get(tag) ?? []);
  const name = tag === 'ks-product-grid' ? 'size/grid-page' : `size/page/${tag}`;
  return measure(name, files.map(fromCdn), `all a Chinese page with <${tag}> loads: ${files.length} files`);
}

/** What importing one entry of the npm package adds to a developer's bundle. */
async function measurePackageEntry(output: string): Promise<Size> {
  const withDependencies = !notForPages.test(output);
  const {outputFiles} = await build({
    entryPoints: [`dist/${output}.js`],
    bundle: true,
    splitting: false,
    minify: true,
    write: false,
    format: 'esm',
    legalComments: 'none',
    logLevel: 'error',
    define: {'process.env.NODE_ENV': '"production"'},
    ...(withDependencies
      ? {target: oldestBrowsers, conditions: ['production', 'browser']}
      : {packages: 'external', platform: 'node'}),
  });
  const name = `size/npm/${output.replace(/^(src|components\/storefront)\//, '')}`;
  const note = withDependencies ? 'with dependencies' : 'own code only';
  return measure(
    name,
    outputFiles.map(file => file.contents),
    note,
  );
}

if (process.argv.includes('--build')) {
  execFileSync(process.execPath, ['scripts/build.ts', '--if-stale'], {stdio: ['ignore', 2, 2]});
}

const sizes = [
  measure('size/entry', [fromCdn('keystall.js')], 'cdn/keystall.js, the script-tag entry'),
  measureElementPage('ks-product-grid'),
  measure('size/bundle', [fromCdn('keystall.bundle.js')], 'cdn/keystall.bundle.js'),
  ...[...storefront.keys()].filter(tag => tag !== 'ks-product-grid').map(measureElementPage),
  ...(await Promise.all(Object.keys(packageEntries()).map(measurePackageEntry))),
];
const tooLarge = sizes.filter(({name, brotli}) => brotli > (limits[name] ?? Infinity));

if (process.argv.includes('--json')) {
  for (const {name, brotli} of sizes) console.log(JSON.stringify({name, value: brotli, unit: 'bytes'}));
} else {
  const width = Math.max(...sizes.map(({name}) => name.length));
  const kB = (bytes: number) => (bytes / 1000).toFixed(2).padStart(8);
  console.log(
    `${'kB (1000 bytes)'.padEnd(width)} ${['min', 'gzip', 'brotli', 'limit'].map(title => title.padStart(8)).join('')}`,
  );
  for (const {name, min, gzip, brotli, note} of sizes) {
    const limit = limits[name] === undefined ? ''.padStart(8) : kB(limits[name]);
    console.log(`${name.padEnd(width)} ${kB(min)}${kB(gzip)}${kB(brotli)}${limit}  ${note}`);
  }
  for (const {name, brotli} of tooLarge) {
    console.error(`${name} is ${brotli} bytes of brotli; its limit is ${limits[name]}.`);
  }
  console.log(`size: ${Object.keys(limits).length - tooLarge.length} limits passed, ${tooLarge.length} failed`);
}
process.exitCode = tooLarge.length > 0 ? 1 : 0;
