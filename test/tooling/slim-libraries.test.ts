import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {basename} from 'node:path';
import {describe, it} from 'node:test';
import {rollup} from 'rollup';
import esbuild from 'rollup-plugin-esbuild';
import {slim} from '../../scripts/build/slim.mjs';
import {slimLibraries} from '../../scripts/build/slim-libraries.mjs';

const isSlim = (id: string): boolean => id === 'ky' || id === '@tanstack/query-core';

const nothing = {expects: [], absent: [], options: [], known: {}};

describe('slim', () => {
  it('takes away what reads an option that is never given', async () => {
    const library = 'export const ask = options => { if (options.retry) wait(options.retry); return options.url; };';
    const slimmed = await slim(library, {...nothing, options: ['retry']}, 'ask({url});');
    assert.match(slimmed, /options\.url/);
    assert.doesNotMatch(slimmed, /retry|wait/);
  });

  it('puts what is known in its place: an expression by its text, a statement by its beginning', async () => {
    const library = `export function ask(url) {
      if (isOld()) {
        polyfill();
      }
      return   fetch( url );
    }`;
    const known = {'if (isOld()) {…': ';', 'fetch( url )': 'get(url)'};
    assert.match(await slim(library, {...nothing, known}, ''), /\{\s*return get\(url\);\s*\}/);
  });

  it('takes away the members that only members reach which nobody reaches', async () => {
    const library = `export class Client {
      #count = 0;
      #log = [];
      get() { return this.#count; }
      history() { return this.#entries(); }
      #entries() { return this.#log; }
      close() {}
    }
    export const end = ({close}) => close();`;
    const slimmed = await slim(library, nothing, 'client.get()');
    assert.deepEqual(slimmed.match(/#?\w+(?= ?=|\(\) \{)/g), ['#count', 'get', 'close', 'end']);
  });

  it('takes away what is put into private members that nobody reads, but not what else is done by it', async () => {
    const library = `export class Client {
      #answer;
      #asked = 0;
      #last;
      get(url) { this.#answer = fetch(url); this.#last = url; return ++this.#asked; }
    }`;
    const slimmed = await slim(library, nothing, 'get');
    assert.match(slimmed, /return fetch\(url\), \+\+this\.#asked;/);
    assert.doesNotMatch(slimmed, /#answer|#last/);
  });

  it('leaves private members alone that are named like an option', async () => {
    const library = 'export class Client { #retry = 1; get() { return this.#retry + this.options.retry; } }';
    assert.match(await slim(library, {...nothing, options: ['retry']}, 'get'), /this\.#retry/);
  });

  for (const [what, assumptions, problem] of [
    ['uses an option that is left out', {options: ['retry']}, /our code uses "retry"/],
    ['uses what would be another than it is', {absent: ['hooks']}, /our code uses "hooks"/],
    ['does no longer what allowed to leave something out', {expects: ['retry: 0']}, /our code holds no "retry: 0"/],
  ] as const) {
    it(`fails where our code ${what}`, async () => {
      const library = 'export const ask = options => options.retry;';
      await assert.rejects(slim(library, {...nothing, ...assumptions}, 'ask({retry: 1, hooks: []})'), problem);
    });
  }

  it('fails where the library has changed', async () => {
    const library = 'export const ask = options => options.url;';
    await assert.rejects(slim(library, {...nothing, options: ['retry']}, ''), /does not hold "retry" any more/);
    await assert.rejects(slim(library, {...nothing, known: {'wait()': '0'}}, ''), /does not hold "wait\(\)" any more/);
  });
});

describe('the slim libraries', () => {
  for (const path of ['test/client/client.test.ts', 'test/store/queries.test.ts', 'test/store/cart.test.ts']) {
    it(`pass ${path}`, async t => {
      // In here, so that it finds the other packages.
      mkdirSync('node_modules/.cache', {recursive: true});
      const folder = mkdtempSync('node_modules/.cache/slim-');
      t.after(() => rmSync(folder, {recursive: true}));
      const file = `${folder}/${basename(path, '.ts')}.mjs`;
      const bundle = await rollup({
        input: path,
        external: (id, importer) => importer !== undefined && /^[a-z@]/.test(id) && !isSlim(id),
        plugins: [slimLibraries(), esbuild({target: 'es2022', tsconfig: false})],
      });
      await bundle.write({file, format: 'es', inlineDynamicImports: true});

      const {NODE_TEST_CONTEXT: _, ...env} = process.env;
      const {status, stdout, stderr} = spawnSync(process.execPath, ['--test-reporter=tap', file], {
        env,
        encoding: 'utf8',
      });

      assert.equal(status, 0, stdout + stderr);
      assert.match(stdout, /^# pass [1-9]/m);
      assert.doesNotMatch(readFileSync(file, 'utf8'), /from '(ky|@tanstack\/query-core)'/);
    });
  }
});
