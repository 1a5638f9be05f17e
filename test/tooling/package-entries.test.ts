import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {describe, it, type TestContext} from 'node:test';
import {packageEntries} from '../../scripts/build/package-entries.mjs';

/** A folder with these files in it, gone after the test. */
function folderWith(test: TestContext, exports: Record<string, string>, files: string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'keystall-'));
  test.after(() => rmSync(root, {recursive: true}));
  writeFileSync(join(root, 'package.json'), JSON.stringify({exports}));
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), {recursive: true});
    writeFileSync(join(root, file), '');
  }
  return root;
}

describe('packageEntries', () => {
  it('finds the source of each export of package.json', () => {
    for (const [output, source] of Object.entries(packageEntries())) assert.equal(source, `${output}.ts`);
  });

  it('reads a pattern as one entry per folder with a define.ts', t => {
    const root = folderWith(
      t,
      {'./elements/*': './dist/elements/*/*.js', './define/*': './dist/elements/*/define.js'},
      ['elements/cart/cart.ts', 'elements/cart/define.ts', 'elements/unfinished/unfinished.ts'],
    );
    assert.deepEqual(packageEntries(root), {
      'elements/cart/cart': 'elements/cart/cart.ts',
      'elements/cart/define': 'elements/cart/define.ts',
    });
  });

  it('names the export whose source is missing', t => {
    const root = folderWith(t, {'./server': './dist/src/server/index.js'}, []);
    assert.throws(() => packageEntries(root), /"\.\/server".*src\/server\/index\.ts does not exist/);
  });

  it('leaves files that are not modules alone', t => {
    const root = folderWith(t, {'./openapi.yaml': './dist/openapi.yaml', './package.json': './package.json'}, []);
    assert.deepEqual(packageEntries(root), {});
  });
});
