import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, it, type TestContext} from 'node:test';
import {pathToFileURL} from 'node:url';
import {rollup, type ManualChunksOption, type Plugin, type RollupOutput} from 'rollup';
import {checkOutput} from '../../scripts/build/check-output.mjs';
import {handOver} from '../../scripts/build/hand-over.mjs';
import {oneFile} from '../../scripts/build/one-file.mjs';

/** Builds these modules, the first of them the entry, into a folder of their own; answers where the entry stands. */
async function built(
  t: TestContext,
  modules: Record<string, string>,
  manualChunks: ManualChunksOption = oneFile(),
): Promise<{entry: string; output: RollupOutput}> {
  const inMemory: Plugin = {
    name: 'in-memory',
    resolveId: id => id,
    load: id => (modules[id] === undefined ? null : {code: modules[id], moduleSideEffects: true}),
  };
  const dir = mkdtempSync(join(tmpdir(), 'hand-over-'));
  t.after(() => rmSync(dir, {recursive: true}));
  const bundle = await rollup({
    input: {entry: Object.keys(modules)[0]!},
    preserveEntrySignatures: 'allow-extension',
    plugins: [inMemory, handOver() as Plugin, checkOutput() as Plugin],
    onLog: () => undefined,
  });
  const output = await bundle.write({
    dir,
    format: 'es',
    entryFileNames: '[name].mjs',
    chunkFileNames: 'chunks/[name]-[hash].mjs',
    manualChunks,
  });
  return {entry: pathToFileURL(join(dir, 'entry.mjs')).href, output};
}

/** What the modules wrote down while they ran. */
type Notes = Record<string, unknown[]>;

describe('handOver', () => {
  it('leaves the entry what it exports for the page, and nothing else', async t => {
    const {entry} = await built(t, {
      entry: `
        import {shared} from 'shared';
        export const choose = () => import('/product-choice/define.ts').then(({choice}) => choice());
        export {shared as mine};`,
      '/product-choice/define.ts': `import {hidden} from 'shared'; export const choice = () => hidden;`,
      shared: `export const shared = 1; export const hidden = 2;`,
    });
    const loaded = (await import(entry)) as {choose(): Promise<unknown>; mine: unknown};
    assert.deepEqual(Object.keys(loaded).sort(), ['choose', 'mine']);
    assert.equal(loaded.mine, 1);
    assert.equal(await loaded.choose(), 2);
  });

  it('gives a chunk what it uses of an entry that was loaded under another address, and runs it once', async t => {
    const note = `handOver${Math.random()}`;
    (globalThis as unknown as Notes)[note] = [];
    t.after(() => Reflect.deleteProperty(globalThis, note));
    const {entry} = await built(t, {
      entry: `
        import {Base, notes} from 'shared';
        notes.push('entry');
        const choose = async () => {
          const {Choice, later} = await import('/product-choice/define.ts');
          notes.push(new Choice() instanceof Base, later());
        };
        notes.push(choose().then(choose));`,
      '/product-choice/define.ts': `
        import {Base, notes} from 'shared';
        notes.push('choice');
        export class Choice extends Base {}
        export {name as later};
        function name() { return 'later'; }`,
      shared: `export const notes = globalThis[${JSON.stringify(note)}]; export class Base {}`,
    });

    await import(`${entry}?v=2`);
    const notes = (globalThis as unknown as Notes)[note]!;
    await notes[1];

    assert.deepEqual(notes.toSpliced(1, 1), ['entry', 'choice', true, 'later', true, 'later']);
  });

  it('leaves a chunk alone that needs nothing of the entry', async t => {
    const {output} = await built(t, {
      entry: "globalThis.draw = () => import('/lean-qr/nano');",
      '/lean-qr/nano': 'export const generate = () => 1;',
    });
    assert.deepEqual(
      output.output.map(file => file.type === 'chunk' && file.exports),
      [[], ['generate']],
    );
    assert.match(output.output[0].code, /import\('\.\/chunks\/nano-[^']+'\);/);
  });

  it('rejects two chunks that share what the entry does not hold', async t => {
    const modules = {
      entry: `import 'shared'; globalThis.a = () => import('/product-choice/define.ts'); globalThis.b = () => import('/lean-qr/nano');`,
      '/product-choice/define.ts': "import {a} from 'shared'; import {b} from 'both'; globalThis.c = a + b;",
      '/lean-qr/nano': "import {b} from 'both'; globalThis.d = b;",
      shared: 'export const a = Math.random();',
      both: 'export const b = Math.random();',
    };
    const inEntry = (id: string) => (['entry', 'shared'].includes(id) ? 'all' : undefined);
    await assert.rejects(
      built(t, modules, inEntry),
      /shares a module with another chunk .*import it in the entry as well/,
    );
  });
});

describe('oneFile', () => {
  it('puts what is imported on demand into the entry, but for what few pages need', async t => {
    const {output} = await built(t, {
      entry: "globalThis.a = () => import('/checkout/define.ts');",
      '/checkout/define.ts': "globalThis.b = () => import('/lean-qr/nano');",
      '/lean-qr/nano': 'export const generate = () => 1;',
    });
    assert.deepEqual(
      output.output.map(file => file.fileName.replace(/-.{8}\.mjs$/, '')),
      ['entry.mjs', 'chunks/nano'],
    );
  });

  it('puts what two of the chunks share into the entry', async t => {
    const {entry, output} = await built(t, {
      entry: `
        export const choose = () => import('/product-choice/define.ts').then(({choice}) => choice);
        export const draw = () => import('/lean-qr/nano').then(({drawn}) => drawn);`,
      '/product-choice/define.ts': "import {both} from 'both'; export const choice = both;",
      '/lean-qr/nano': "import {both} from 'both'; export const drawn = both;",
      both: 'export const both = {};',
    });
    assert.equal(output.output.filter(({type}) => type === 'chunk').length, 3);
    const loaded = (await import(entry)) as {choose(): Promise<unknown>; draw(): Promise<unknown>};
    assert.equal(await loaded.choose(), await loaded.draw());
  });
});
