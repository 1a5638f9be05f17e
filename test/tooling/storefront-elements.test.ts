import assert from 'node:assert/strict';
import {globSync, readFileSync} from 'node:fs';
import {basename, dirname} from 'node:path';
import {describe, it} from 'node:test';

const folders = globSync('components/storefront/*/define.ts')
  .map(path => basename(dirname(path)))
  .sort();

const importedBy = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/import\(?\s*'.*\/([a-z-]+)\/define\.ts'/g)].map(([, name]) => name!).sort();

describe('every element of the storefront', () => {
  it('is loaded by the script-tag entry when its tag appears', () => {
    assert.deepEqual(importedBy('components/cdn/storefront-elements.ts'), folders);
  });

  it('is registered by keystall/define and by the one-file bundle', () => {
    assert.deepEqual(importedBy('components/storefront/define.ts'), folders);
  });

  for (const folder of folders) {
    it(`stands in three files of its own: ${folder}`, () => {
      const files = globSync(`components/storefront/${folder}/*`).map(path => basename(path));
      for (const name of [`${folder}.ts`, `${folder}.styles.ts`, 'define.ts']) assert.ok(files.includes(name), name);
    });
  }
});
