import {build} from 'esbuild';

const prefix = '/__common-js-packages/';

/**
 * web-test-runner plugin: serves npm packages that are no ES modules as such, their dependencies included. A bundler
 * does the same for the demo; the test server hands out files as they are.
 *
 * @param {string[]} names the packages
 */
export function commonJsPackages(names) {
  const modules = new Map();

  async function moduleOf(name) {
    const exported = Object.keys(await import(name)).filter(key => /^(?!default$)[A-Za-z_$][\w$]*$/.test(key));
    const {outputFiles} = await build({
      stdin: {contents: `export {${exported.join()}} from '${name}';`, resolveDir: process.cwd()},
      bundle: true,
      format: 'esm',
      platform: 'browser',
      write: false,
      logLevel: 'error',
    });
    return outputFiles[0].text;
  }

  return {
    name: 'common-js-packages',
    resolveImport: ({source}) => (names.includes(source) ? prefix + source : undefined),
    async serve({path}) {
      if (!path.startsWith(prefix)) return undefined;
      const name = path.slice(prefix.length);
      if (!modules.has(name)) modules.set(name, moduleOf(name));
      return {body: await modules.get(name), type: 'js'};
    },
  };
}
