import assert from 'node:assert/strict';
import {existsSync, globSync, readFileSync} from 'node:fs';
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
    const inTwoFiles = ['define', 'define-finding'].flatMap(file => importedBy(`components/storefront/${file}.ts`));
    assert.deepEqual(inTwoFiles.sort(), folders);
  });

  for (const folder of folders) {
    it(`has its class in a file named after it: ${folder}`, () => {
      assert.ok(existsSync(`components/storefront/${folder}/${folder}.ts`));
    });
  }
});
