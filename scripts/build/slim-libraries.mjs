import nodeResolve from '@rollup/plugin-node-resolve';
import replace from '@rollup/plugin-replace';
import {globSync, readFileSync} from 'node:fs';
import {rollup} from 'rollup';
import {slim} from './slim.mjs';
import {slimKy} from './slim/ky.mjs';
import {slimQueryCore} from './slim/query-core.mjs';

const libraries = {ky: slimKy, '@tanstack/query-core': slimQueryCore};
const prefix = '\0slim:';

/** By library: two builds in one run share the work. */
const slimmed = new Map();

/**
 * Rollup plugin: leaves out of ky and query-core what our code does not use of them, 11 kB of the 16 that they take of a
 * page. What that is stands in slim/; the build fails where a library has changed so that it no longer fits, or where
 * our code uses what is left out. test/tooling/slim-libraries.test.ts runs the tests of client and store on the result.
 */
export function slimLibraries(root = process.cwd()) {
  return {
    name: 'slim-libraries',
    resolveId: source => (Object.hasOwn(libraries, source) ? prefix + source : null),
    async load(id) {
      if (!id.startsWith(prefix)) return null;
      const name = id.slice(prefix.length);
      const users = globSync('{src,components}/**/*.ts', {cwd: root})
        .map(path => `${root}/${path}`)
        .filter(path => importsOf(name, readFileSync(path, 'utf8')).length > 0);
      users.forEach(path => this.addWatchFile(path));
      const code = users.map(path => readFileSync(path, 'utf8')).join('\n');
      const key = `${root} ${name} ${code}`;
      if (!slimmed.has(key)) slimmed.set(key, slimLibrary(name, code, root));
      try {
        return {code: await slimmed.get(key), map: null, moduleSideEffects: false};
      } catch (error) {
        return this.error(`${name} cannot be slimmed as scripts/build/slim/ says: ${error.message}.`);
      }
    },
  };
}

async function slimLibrary(name, user, root) {
  const names = new Set(importsOf(name, user));
  const entry = {
    name: 'entry',
    resolveId: source => (source === prefix ? source : null),
    load: id => (id === prefix ? `export {${[...names].join()}} from ${JSON.stringify(name)};` : null),
  };
  const bundle = await rollup({
    input: prefix,
    plugins: [
      entry,
      nodeResolve({browser: true, exportConditions: ['browser', 'production'], rootDir: root}),
      replace({preventAssignment: true, values: {'process.env.NODE_ENV': '"production"'}}),
    ],
  });
  const {output} = await bundle.generate({format: 'es'});
  await bundle.close();
  return slim(output[0].code, libraries[name], user);
}

/** The names of the values that TypeScript code imports from a package. */
function importsOf(name, code) {
  const imports = code.matchAll(/^import (?!type )(?:(\w+),? ?)?(?:\{([^}]*)\} )?from '([^']+)';$/gm);
  return [...imports].flatMap(([, byDefault, named = '', source]) => {
    if (source !== name) return [];
    const values = named
      .split(',')
      .map(part => part.trim())
      .filter(part => part !== '' && !part.startsWith('type '));
    return byDefault === undefined ? values : ['default', ...values];
  });
}
