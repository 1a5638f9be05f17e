import assert from 'node:assert/strict';
import {existsSync, globSync, readFileSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import {describe, it} from 'node:test';
import {pathToFileURL} from 'node:url';
import {firstColumn, inlineCode} from './markdown.ts';

const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...globSync('docs/**/*.md')].filter(path =>
  existsSync(path),
);
const {scripts} = JSON.parse(readFileSync('package.json', 'utf8')) as {scripts: Record<string, string>};

const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, match]) => match!);

/** What the walk-throughs leave open, filled in as it is in what they say to copy; French is yet to be added. */
const asInSiblings = (code: string): string =>
  code.replace('<name>', 'cart-button').replace('<protocol>', 'acg-faka').replace('.fr.', '.en.');

/**
 * The files and folders that a document names and that do not exist; what is imported or built does not count, nor do
 * the names of figures (`first-card/N`). A file
 * that is named alone lies in a folder that was named before it, or anywhere among the elements if its name is a
 * pattern.
 */
function absentPaths(path: string): readonly string[] {
  const folders = ['.'];
  return inlineCode(path).filter(code => {
    const named = asInSiblings(code);
    if (/^[\w-]+\//.test(named) && !/^(keystall|dist|chunks)\/|\/N$/.test(named)) {
      folders.push(named);
      return !existsSync(named);
    }
    if (!/^[*\w.-]+\.(ts|mjs)$/.test(named)) return false;
    const places = named.startsWith('*') ? ['components/**'] : folders;
    return !places.some(place => globSync(join(place, named)).length > 0);
  });
}

describe('the documents', () => {
  it('hold a README that names the command for the tests, which .ci/run runs', () => {
    assert.match(readFileSync('README.md', 'utf8'), /npm test/);
    assert.match(readFileSync('.ci/run', 'utf8'), /^npm test$/m);
  });

  for (const path of documents) {
    const text = readFileSync(path, 'utf8');

    it(`name only scripts that exist: ${path}`, () => {
      const named = [...matches(text, /npm run (?:--?\w+ )*([\w:-]+)/g), ...matches(text, /npm (start|test)\b/g)];
      assert.deepEqual(
        named.filter(script => !(script in scripts)),
        [],
      );
    });

    it(`name only files and folders that exist: ${path}`, () => {
      assert.deepEqual(absentPaths(path), []);
    });

    it(`link only to files that exist: ${path}`, () => {
      const links = matches(text, /\]\((?!https?:|mailto:|#)([^)#\s]+)/g);
      assert.deepEqual(
        links.filter(link => !existsSync(join(dirname(path), link))),
        [],
      );
    });
  }
});

describe('the elements', () => {
  const folders = globSync('components/storefront/*/define.ts').map(path => basename(dirname(path)));
  const tags = firstColumn('README.md', 'element').map(code => /^<(ks-[a-z-]+)>$/.exec(code)?.[1] ?? code);

  it('stand in the table of the README, all of them', () => {
    assert.deepEqual([...tags].sort(), folders.map(folder => `ks-${folder}`).sort());
  });

  for (const tag of tags) {
    it(`are registered under their names: ${tag}`, async () => {
      const folder = join('components/storefront', tag.slice('ks-'.length));
      await import(pathToFileURL(resolve(folder, 'define.ts')).href);
      const registered = customElements.get(tag);
      const exported = (await import(pathToFileURL(resolve(folder, `${basename(folder)}.ts`)).href)) as object;
      assert.ok(registered && Object.values(exported).includes(registered), tag);
    });
  }
});
