import assert from 'node:assert/strict';
import {rollup, type Plugin} from 'rollup';
import {describe, it} from 'node:test';
import {checkOutput} from '../../scripts/build/check-output.mjs';

/** A build of these modules, the first of them its entry. */
async function buildOf(modules: Record<string, string>): Promise<void> {
  const inMemory: Plugin = {name: 'in-memory', resolveId: id => id, load: id => modules[id] ?? null};
  const bundle = await rollup({
    input: {entry: Object.keys(modules)[0]!},
    preserveEntrySignatures: false,
    plugins: [inMemory, checkOutput() as Plugin],
    onLog: () => undefined,
  });
  await bundle.generate({format: 'es'});
}

describe('checkOutput', () => {
  it('accepts what the oldest supported browsers know', async () => {
    await buildOf({entry: 'class A { static #a = 1; static { console.log(A.#a?.c ?? 1n); } }'});
  });

  it('rejects newer syntax', async () => {
    await assert.rejects(buildOf({entry: 'console.log(/[\\p{L}--a]/v);'}), /entry\.js is not ES2022/);
  });

  it('rejects what a strict content security policy refuses', async () => {
    await assert.rejects(buildOf({entry: "console.log(new Function('return 1'));"}), /holds "Function\("/);
  });

  it('accepts words that only look like it', async () => {
    await buildOf({entry: "console.log('eval(1)', {eval: () => 1}.eval());"});
  });

  it("rejects Node's environment", async () => {
    await assert.rejects(buildOf({entry: 'console.log(process.env.NODE_ENV);'}), /holds "process\.env\.NODE_ENV"/);
  });

  it('rejects a chunk that imports the entry', async () => {
    const modules = {
      entry: "import {a} from 'shared'; console.log(a, () => import('later'));",
      later: "import {a} from 'shared'; console.log(a);",
      shared: 'export const a = Math.random();',
    };
    await assert.rejects(buildOf(modules), /imports the entry entry\.js/);
  });
});
