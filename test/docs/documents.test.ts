import assert from 'node:assert/strict';
import {existsSync, globSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, it} from 'node:test';

const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...globSync('docs/**/*.md')].filter(path =>
  existsSync(path),
);
const {scripts} = JSON.parse(readFileSync('package.json', 'utf8')) as {scripts: Record<string, string>};

const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, match]) => match!);

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

    it(`link only to files that exist: ${path}`, () => {
      const links = matches(text, /\]\((?!https?:|mailto:|#)([^)#\s]+)/g);
      assert.deepEqual(
        links.filter(link => !existsSync(join(dirname(path), link))),
        [],
      );
    });
  }
});
