import {existsSync, globSync, readFileSync} from 'node:fs';

const dist = './dist/';

/**
 * The source file of each public module, from the `exports` and `bin` of package.json: whoever adds one there has added
 * the entry. A pattern (`./elements/*`) stands for one module per folder.
 *
 * @returns {Record<string, string>} output path without extension → source path, both relative to the root
 */
export function packageEntries(root = process.cwd()) {
  const {exports, bin = {}} = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
  const entries = {};
  for (const [name, target] of Object.entries({...exports, ...bin})) {
    if (!target.startsWith(dist) || !target.endsWith('.js')) continue;
    const output = target.slice(dist.length, -'.js'.length);
    const sources = output.includes('*') ? expand(output, root) : [`${output}.ts`];
    for (const source of sources) {
      if (!existsSync(`${root}/${source}`)) {
        throw new Error(`package.json exports "${name}" from ${target}, but its source ${source} does not exist.`);
      }
      entries[source.slice(0, -'.ts'.length)] = source;
    }
  }
  return entries;
}

// Every `*` of a pattern stands for the same folder name, as Node reads it.
function expand(pattern, root) {
  const folder = pattern.slice(0, pattern.indexOf('*'));
  return globSync(`${folder}*/define.ts`, {cwd: root})
    .map(path => path.replaceAll('\\', '/').split('/').at(-2))
    .sort()
    .map(name => `${pattern.replaceAll('*', name)}.ts`);
}
