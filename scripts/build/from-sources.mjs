import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';

/** Rollup plugin: finds `keystall` and its entries in the sources, so that examples import what a reader will import. */
export function fromSources() {
  const {name, exports} = JSON.parse(readFileSync('package.json', 'utf8'));
  const sourceOf = target => resolve(target.replace('./dist/', '').replace(/\.js$/, '.ts'));
  return {
    name: 'from-sources',
    resolveId(id) {
      if (id !== name && !id.startsWith(`${name}/`)) return null;
      const entry = id.replace(name, '.');
      const [, folder] = /^(\.\/[a-z]+\/)([^/]+)$/.exec(entry) ?? [];
      const pattern = folder && exports[`${folder}*`];
      if (exports[entry]) return sourceOf(exports[entry]);
      return pattern ? sourceOf(pattern.replaceAll('*', entry.slice(folder.length))) : null;
    },
  };
}
